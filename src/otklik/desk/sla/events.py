"""News of commitments."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News
from otklik.desk.tickets.events import TicketNews


@dataclass(frozen=True)
class TargetNews(TicketNews):
    """About one clock: its kind, when it is due, and whom it concerns: the owner, or the leads of the line."""

    clock_id: int
    commitment: str
    due: str
    people: list[int]


@dataclass(frozen=True)
class TargetAtRisk(TargetNews):
    """Most of the time has passed: the owner is told, or the leads where nobody has taken it."""


@dataclass(frozen=True)
class TargetBreached(TargetNews):
    """The moment has passed: the leads of the line are told."""


@dataclass(frozen=True)
class ClassNews(News):
    about: ClassVar[str] = "service_class"
    key: ClassVar[str] = "class_id"

    class_id: int


@dataclass(frozen=True)
class VersionInForce(ClassNews):
    """A version was promised: what the check found, and why it was promised all the same."""

    number: int
    valid_from: str
    colour: str
    accepted: str
    override: str


@dataclass(frozen=True)
class AgreementMade(ClassNews):
    agreement_id: int
    holder: str
    starts_on: str
    ends_on: str


@dataclass(frozen=True)
class AgreementEnded(ClassNews):
    agreement_id: int
    holder: str
    ends_on: str
