"""News of problems, and what they are to a request."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class ProblemNews(News):
    about: ClassVar[str] = "problem"
    key: ClassVar[str] = "problem_id"

    problem_id: int


@dataclass(frozen=True)
class ProblemBegun(ProblemNews):
    owner_id: int
    candidate_id: int | None = None


@dataclass(frozen=True)
class ProblemMoved(ProblemNews):
    """Another state; `said` is what was done, the reason, or how it is known."""

    state: str
    was: str
    said: str = ""


@dataclass(frozen=True)
class ProblemCorrected(ProblemNews):
    """`field` said something else; `was` are words of ours."""

    field: str
    was: str


@dataclass(frozen=True)
class ProblemGiven(ProblemNews):
    owner_id: int
    was: int


@dataclass(frozen=True)
class ProblemPutOff(ProblemNews):
    """It is looked at again on another day, as `YYYY-MM-DD`."""

    until: str
    was: str


@dataclass(frozen=True)
class ProblemChecked(ProblemNews):
    """Somebody looked at what came of it: it is over."""

    said: str


@dataclass(frozen=True)
class OwnersTold(ProblemNews):
    """Those of waiting requests heard that it is removed: so many of them, of so many requests."""

    people: int
    requests: int


@dataclass(frozen=True)
class CandidateRefused(News):
    about: ClassVar[str] = "candidate"
    key: ClassVar[str] = "candidate_id"

    candidate_id: int
    why: str
    until: str


@dataclass(frozen=True)
class ProblemOfTicket(News):
    about: ClassVar[str] = "ticket"
    key: ClassVar[str] = "ticket_id"

    ticket_id: int
    problem_id: int


@dataclass(frozen=True)
class LinkedToProblem(ProblemOfTicket):
    pass


@dataclass(frozen=True)
class UnlinkedFromProblem(ProblemOfTicket):
    pass
