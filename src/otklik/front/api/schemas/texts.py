"""What a person has begun to write, writes again and again, and is told."""

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from otklik.front.api.schemas.common import Addresses, Given, PersonOut


class DraftOut(Schema):
    """Unsent text of the person of the token in one ticket; `to` and `cc` where they were chosen."""

    mode: Literal["reply", "note", "forward"]
    text: str
    to: list[str]
    cc: list[str]
    saved_at: datetime


class DraftIn(Given):
    """The text as it is to stand; one that is there is written over only by who names its `saved_at` as `base`."""

    text: str = Field(min_length=1, max_length=200_000)
    to: Addresses | None = Field(None, max_length=100, description="of a reply; as the composer has it when null")
    cc: Addresses = Field([], max_length=100)
    base: AwareDatetime | None = None


class NoticeOut(Schema):
    """One line that the desk told the person; `about` names what it is of, as ticket 4817."""

    id: int
    kind: str
    text: str
    urgent: bool
    about: str
    about_id: int | None
    at: datetime
    seen_at: datetime | None
    hushed: bool = Field(description="the person wants it by other ways only; it stands out nowhere")


class SeenIn(Given):
    """All notices up to this one, itself too: what came later was not looked at."""

    up_to: int = Field(ge=1, lt=2**63)


class SeenOut(Schema):
    seen: int = Field(description="how many were not looked at before")


Purpose = Literal["", "boundary", "warning", "stop", "rule"]


class Wording(Given):
    """The same said on one channel, or to whom one speaks in one way; "" is any, but not both."""

    channel: Literal["", "email", "telegram", "chat"] = ""
    tone: Literal["", "formal", "informal"] = Field("", description="formal: вы, informal: ты")
    text: str = Field(min_length=1, max_length=20_000)
    text_en: str = Field("", max_length=20_000)


class WordingOut(Schema):
    """The same said on one channel, or to whom one speaks in one way; "" is any."""

    channel: Literal["", "email", "telegram", "chat"]
    tone: Literal["", "formal", "informal"]
    text: str
    text_en: str


class OfferedOut(Schema):
    """A text of one's own that its author would share with a line, or with everybody (`line` is null)."""

    at: datetime
    line: str | None


class OfferIn(Given):
    """With whom the author would share it."""

    line: str = Field("", max_length=80, description="name of a line")
    everybody: bool = False


class SavedReplyOut(Schema):
    """A text with places to fill in, of the person, of a line, or of everybody."""

    id: int
    name: str
    shortcut: str
    text: str
    text_en: str
    purpose: Purpose
    wordings: list[WordingOut] = Field(description="said instead of `text` where they fit, the channel before the tone")
    line: str | None
    everybody: bool
    author: PersonOut | None = Field(description="whose own it is; null for what is shared")
    offered: OfferedOut | None = Field(description="its author would share it, and nobody has decided yet")
    keeper: PersonOut | None = Field(description="who answers for it")
    review_on: date | None = Field(description="when the keeper is asked whether it is still good")
    can_change: bool
    changed_at: datetime


class SavedReplyIn(Given):
    """Of the person alone, unless a line or everybody is named; leads write those."""

    name: str = Field(min_length=1, max_length=120)
    shortcut: str = Field("", max_length=40, description="typed after :: in an answer")
    text: str = Field(min_length=1, max_length=20_000)
    text_en: str = Field("", max_length=20_000, description="for clients who read English")
    purpose: Purpose = ""
    line: str = Field("", max_length=80)
    everybody: bool = False
    wordings: list[Wording] = Field([], max_length=8, description="all of them; left out, those that there are stay")
    keeper: str = Field("", max_length=60, description="login; leads say it, left out it stays as it is")
    review_on: date | None = Field(None, description="left out it stays as it is")
