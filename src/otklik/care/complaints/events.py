"""News of complaints: numbers and codes alone, the words stand in the complaint."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class ComplaintNews(News):
    about: ClassVar[str] = "complaint"
    key: ClassVar[str] = "complaint_id"

    complaint_id: int


@dataclass(frozen=True)
class ComplaintFiled(ComplaintNews):
    """It came; `owner_id` manages it."""

    owner_id: int


@dataclass(frozen=True)
class ComplaintTurned(ComplaintNews):
    """From one stage to the next."""

    state: str
    was: str


@dataclass(frozen=True)
class ComplaintGiven(ComplaintNews):
    """Somebody else works on it, as its "owner" or its "investigator"."""

    role: str
    person_id: int
    was: int | None


@dataclass(frozen=True)
class ComplaintDecided(ComplaintNews):
    decision: str
    level: int


@dataclass(frozen=True)
class ComplainantHeard(ComplaintNews):
    """What the complainant says of the answer."""

    reaction: str


@dataclass(frozen=True)
class ComplainantInformed(ComplaintNews):
    """They heard from us; `message_id` is None where it was not by the request."""

    message_id: int | None


@dataclass(frozen=True)
class CauseFound(ComplaintNews):
    """How deep the chain of whys is, and where in the tree it ends."""

    cause: str
    whys: int


@dataclass(frozen=True)
class FactAdded(ComplaintNews):
    fact_id: int


@dataclass(frozen=True)
class MeasurePlanned(ComplaintNews):
    measure_id: int
    owner_id: int


@dataclass(frozen=True)
class MeasureDone(ComplaintNews):
    measure_id: int


@dataclass(frozen=True)
class EffectChecked(ComplaintNews):
    """`check` counts from one; a check that proved nothing is made once more."""

    verdict: str
    check: int


@dataclass(frozen=True)
class ComplaintLate(ComplaintNews):
    """A date has passed."""

    due: str


@dataclass(frozen=True)
class ComplaintsLinked(ComplaintNews):
    other_id: int
