"""News of the surveys."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class SurveyAsked(News):
    """The client was asked what they think of our answer."""

    about: ClassVar[str] = "ticket"
    key: ClassVar[str] = "ticket_id"
    ticket_id: int


@dataclass(frozen=True)
class SurveyAnswered(News):
    """The client rated our answer."""

    about: ClassVar[str] = "ticket"
    key: ClassVar[str] = "ticket_id"
    ticket_id: int
    score_id: int
    value: int
