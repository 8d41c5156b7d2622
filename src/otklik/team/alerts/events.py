"""News about alerts."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class AlertNews(News):
    about: ClassVar[str] = "alert"
    key: ClassVar[str] = "alert_id"
    alert_id: int


@dataclass(frozen=True)
class AlertMade(AlertNews):
    metric: str


@dataclass(frozen=True)
class AlertChanged(AlertNews):
    """It looks at something else or tells others; what it rang for is over without a word."""


@dataclass(frozen=True)
class AlertPaused(AlertNews):
    """Nobody is told until it is resumed."""


@dataclass(frozen=True)
class AlertResumed(AlertNews):
    pass


@dataclass(frozen=True)
class AlertRetired(AlertNews):
    """It looks no more; its history stays."""


@dataclass(frozen=True)
class AlertRang(AlertNews):
    """Its condition began to hold; of what not everybody may know the value is not told."""

    ringing_id: int
    value: float | None


@dataclass(frozen=True)
class AlertOver(AlertNews):
    """Its condition holds no more."""

    ringing_id: int
