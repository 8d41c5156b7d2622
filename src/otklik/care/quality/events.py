"""News of reviews: numbers alone, since whoever sees the request does not see what was said of a colleague."""

from dataclasses import dataclass
from typing import ClassVar

from otklik.core.journal.news import News


@dataclass(frozen=True)
class ReviewNews(News):
    about: ClassVar[str] = "ticket"
    key: ClassVar[str] = "ticket_id"

    ticket_id: int
    review_id: int


@dataclass(frozen=True)
class ReviewAssigned(ReviewNews):
    """Somebody is to review it."""


@dataclass(frozen=True)
class ReviewDrawn(ReviewNews):
    """It was looked at for another reason, and was drawn at random afterwards."""


@dataclass(frozen=True)
class ReviewPublished(ReviewNews):
    """The person may read it."""


@dataclass(frozen=True)
class ReviewSkipped(ReviewNews):
    """It could not be reviewed."""


@dataclass(frozen=True)
class ReviewAccepted(ReviewNews):
    """By the person, or because the time for a dispute is over."""


@dataclass(frozen=True)
class ReviewDisputed(ReviewNews):
    """The person does not agree."""


@dataclass(frozen=True)
class DisputeDecided(ReviewNews):
    """Somebody else has decided."""


@dataclass(frozen=True)
class ReviewLate(ReviewNews):
    """A date has passed."""


@dataclass(frozen=True)
class ReviewHanded(ReviewNews):
    """Somebody else has it now."""


@dataclass(frozen=True)
class StepAgreed(ReviewNews):
    """What is to be trained."""


@dataclass(frozen=True)
class StepDone(ReviewNews):
    """It was trained."""


@dataclass(frozen=True)
class ConversationCalibrated(News):
    """Several people scored it blind, and the session is over."""

    about: ClassVar[str] = "ticket"
    key: ClassVar[str] = "ticket_id"

    ticket_id: int
    calibration_id: int
