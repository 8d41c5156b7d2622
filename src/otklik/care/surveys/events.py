"""News of the surveys."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class SurveyAnswered(News):
    """The client rated our answer."""

    about: ClassVar[str] = "ticket"
    key: ClassVar[str] = "ticket_id"
    ticket_id: int
    score_id: int
    value: int


@dataclass(frozen=True)
class SurveySent(News):
    """The client was asked."""

    about: ClassVar[str] = "ticket"
    key: ClassVar[str] = "ticket_id"
    ticket_id: int
    invitation_id: int


@dataclass(frozen=True)
class SurveyNotSent(News):
    """A survey that was due is not asked; the invitation says why."""

    about: ClassVar[str] = "ticket"
    key: ClassVar[str] = "ticket_id"
    ticket_id: int
    invitation_id: int


@dataclass(frozen=True)
class SurveyCompleted(News):
    """The client answered questions of a survey, all or some of them."""

    about: ClassVar[str] = "ticket"
    key: ClassVar[str] = "ticket_id"
    ticket_id: int
    invitation_id: int


@dataclass(frozen=True)
class FollowUpChanged(News):
    """A dissatisfied client is to be called, was called, or was not called in time."""

    about: ClassVar[str] = "ticket"
    key: ClassVar[str] = "ticket_id"
    ticket_id: int
    follow_up_id: int
