"""News of the surveys."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class SurveyAnswered(News):
    """The client rated our answer: `score_id` on the five faces, `answer_id` of what is kept as an `Answer` instead.

    On every scale of satisfaction 4 and 5 are satisfied, and up to 2 somebody is dissatisfied.
    """

    about: ClassVar[str] = "ticket"
    key: ClassVar[str] = "ticket_id"
    ticket_id: int
    score_id: int | None
    value: int
    answer_id: int | None = None


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
