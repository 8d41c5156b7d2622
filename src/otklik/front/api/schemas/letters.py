"""Letters that leave later."""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from otklik.front.api.schemas.common import PersonOut
from otklik.front.api.schemas.told import AnswerIn, Reason


class LetterIn(AnswerIn):
    """The answer, when it leaves, and what comes next then: `until` of wait and promise, `reason` of refuse.

    What belongs to another `next` is not looked at.
    """

    text: str = Field("", max_length=500_000)
    leave_at: AwareDatetime = Field(description="in a minute at the soonest, within three months")
    next: Literal["wait", "promise", "resolve", "refuse"]
    until: AwareDatetime | None = None
    promise: str = Field("", max_length=300, description="what exactly is promised")
    why: str = Field("", max_length=300, description="why the date promised earlier moves; asked for when it does")
    summary: str = Field("", max_length=10_000)
    link: str = Field("", max_length=500)
    reason: Reason | None = None
    explanation: str = Field("", max_length=10_000)
    alternatives: list[str] = Field([], max_length=20)
    consulted: bool = False


class LetterOut(Schema):
    """A letter that waits; `seen` is the last message that its author had read."""

    id: int
    by: PersonOut
    own: bool
    text: str = Field(description="of a colleague's the first 300 characters")
    leave_at: datetime
    to: list[str]
    cc: list[str]
    seen: int | None
    next: Literal["wait", "promise", "aside", "resolve", "refuse"]
    until: datetime | None
    saved_at: datetime
