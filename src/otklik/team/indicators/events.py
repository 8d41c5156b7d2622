"""News about indicators, closed months and bonuses; none of them repeats an amount or a word of a dispute."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class IndicatorPlanned(News):
    """An indicator is new or has another plan: its version and the day from which it holds."""

    about: ClassVar[str] = "indicator"
    key: ClassVar[str] = "indicator_id"
    indicator_id: int
    version: int
    starts_on: str


@dataclass(frozen=True)
class IndicatorEnded(News):
    """It counts no more from this day on."""

    about: ClassVar[str] = "indicator"
    key: ClassVar[str] = "indicator_id"
    indicator_id: int
    ends_on: str


@dataclass(frozen=True)
class MonthClosed(News):
    """The figures of a month were frozen: so many."""

    about: ClassVar[str] = "month_close"
    key: ClassVar[str] = "close_id"
    close_id: int
    month: str
    rows: int


@dataclass(frozen=True)
class MonthReopened(News):
    about: ClassVar[str] = "month_close"
    key: ClassVar[str] = "close_id"
    close_id: int
    month: str
    why: str


@dataclass(frozen=True)
class SchemeMade(News):
    about: ClassVar[str] = "scheme"
    key: ClassVar[str] = "scheme_id"
    scheme_id: int
    starts_on: str


@dataclass(frozen=True)
class SchemeEnded(News):
    about: ClassVar[str] = "scheme"
    key: ClassVar[str] = "scheme_id"
    scheme_id: int
    ends_on: str


@dataclass(frozen=True)
class StatementNews(News):
    about: ClassVar[str] = "statement"
    key: ClassVar[str] = "statement_id"
    statement_id: int
    user_id: int


@dataclass(frozen=True)
class StatementLowered(StatementNews):
    """Before it was approved: a confirmed critical error, or a cut within the limit of the law."""


@dataclass(frozen=True)
class StatementApproved(StatementNews):
    """The person may read it."""


@dataclass(frozen=True)
class StatementSeen(StatementNews):
    """The person has read it, for the first time."""


@dataclass(frozen=True)
class StatementDisputed(StatementNews):
    """The person does not agree."""


@dataclass(frozen=True)
class DisputeAnswered(StatementNews):
    """By a correction, or by a reason why it stays."""

    outcome: str
