"""News about the roster."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class RosterNews(News):
    about: ClassVar[str] = "roster"
    key: ClassVar[str] = "line_id"
    line_id: int


@dataclass(frozen=True)
class WeekPublished(RosterNews):
    """`accepted` rules were broken when it was, and whoever published it knew."""

    monday: str
    count: int
    accepted: int


@dataclass(frozen=True)
class ShiftChanged(RosterNews):
    """One that was published is another now; `how` is "put", "changed" or "removed"."""

    person_id: int
    day: str
    how: str


@dataclass(frozen=True)
class SwapDecided(RosterNews):
    swap_id: int
    outcome: str


@dataclass(frozen=True)
class ExceptionDecided(News):
    """Time that is taken out of somebody's schedule, or is not."""

    about: ClassVar[str] = "shift_exception"
    key: ClassVar[str] = "exception_id"
    exception_id: int
    person_id: int
    outcome: str
