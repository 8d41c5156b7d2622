"""Where a ticket stands, what became of a letter, who takes part, and a call that was held elsewhere."""

from typing import Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from otklik.front.api.schemas.common import Given


class CloseIn(Given):
    """Why nobody waits for an answer."""

    reason: Literal["no_answer", "spam", "duplicate"]


class SettleIn(Given):
    """Somebody who wrote along or was named: let into the talk, or kept out."""

    address: str = Field(min_length=3, max_length=320)
    let_in: bool = Field(description="the next answer goes to them, too; false: nothing does")


class CallIn(Given):
    """A call about the ticket that has just ended."""

    direction: Literal["in", "out"] = Field("in", description="out: we called")
    minutes: int = Field(ge=0, le=600)
    result: Literal["answered", "promised", "passed_on", "no_one", "wrong"]
    note: str = Field("", max_length=10_000, description="what was said, for colleagues")
    until: AwareDatetime | None = Field(None, description="of promised: by when")


class WhoseIn(Given):
    """Of a letter that a colleague passed on: whether the request is of its author, or of who sent it."""

    client: Literal["author", "sender"]


class InvitedIn(Given):
    """Our answer to the event of a letter."""

    answer: Literal["accepted", "tentative", "declined"]


class WayOut(Schema):
    """A mailbox or a chat of ours from which an answer may leave."""

    kind: str
    address: str
    name: str
    usual: bool


class InvitationOut(Schema):
    """The event of a letter; moments are as its calendar writes them, a day without a clock is a whole day."""

    summary: str
    organizer: str = Field(description="an address; empty where there is none to answer")
    place: str
    starts: str
    ends: str
    answer: Literal["", "accepted", "tentative", "declined"]
    open: bool = Field(description="it can be answered: no later letter speaks of the same event")
