"""Calls, and what came of them."""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from otklik.front.api.schemas.common import Given, PersonOut
from otklik.front.api.schemas.told import Number

Outcome = Literal["answered", "promised", "passed_on", "no_one", "wrong"]


class CallerOut(Schema):
    id: int
    name: str


class PhoneCallOut(Schema):
    """A call of the telephone exchange, or one that a colleague wrote down (`by_hand`); durations are seconds."""

    id: int
    state: Literal["ringing", "talking", "held", "over", "missed", "concluded"] = Field(
        description="`over`: it has ended and its result is owed"
    )
    by_hand: bool
    direction: Literal["in", "out"]
    number: str = Field(description='of the client; "" where the client hides it, and where the card hides it')
    number_hidden: bool = Field(description="the role of the person does not see it")
    line: str
    queue: str
    contact: CallerOut | None
    ticket: int | None = Field(description="its number, where the person sees it")
    begun_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    waited: int
    talked: int
    held: int
    transfers: int
    holder: PersonOut | None = Field(description="who has it or had it last, and owes the result")
    result: str = Field(description='one of those of `POST …/result`, "" while it is owed')
    recording: str = Field(description='its address for who may hear it, else ""')
    can_act: bool = Field(description="whether the person says whose it is and what came of it")


class PhoneCallFull(PhoneCallOut):
    """With the words that were written of it, and who it may be."""

    note: str = Field(description='what was written of it, "" where its ticket is not the person\'s to see')
    several: list[CallerOut] = Field(description="people of that number, while nobody said which of them it is")


class PhoneCallPage(Schema):
    items: list[PhoneCallOut]
    next: str | None


class CallerIn(Given):
    contact_id: Number = Field(description="somebody of that number, or whom the person knows")


class CallTicketIn(Given):
    """`ticket`: one that is there; without it a new one is opened, of `contact_id` or of somebody by `name`, which are
    422 beside `ticket`.
    """

    ticket: Number | None = None
    contact_id: Number | None = None
    name: str = Field("", max_length=200, description="of somebody who is not known by the number")


class CallResultIn(Given):
    """What came of a call that was answered and has ended: once."""

    result: Outcome
    note: str = Field("", max_length=4000, description="stays inside")
    until: AwareDatetime | None = Field(None, description="of `promised`: by when we answer")
    base: str | None = Field(None, max_length=40, description="`saved_at` of the draft that you know; 409 if newer")


class CallDraftIn(Given):
    """What stands in the card of the call; a field that is not named stays."""

    note: str | None = Field(None, max_length=4000)
    result: Outcome | Literal[""] | None = None
    until: str | None = Field(None, max_length=32, description="as typed")
    name: str | None = Field(None, max_length=200)
    base: str | None = Field(None, max_length=40, description='`saved_at` of the draft that you know, "" for none')


class CallDraftOut(Schema):
    """What the person has typed and not written as the result; `saved_at` is "" where nothing is kept."""

    note: str
    result: str
    until: str
    name: str
    saved_at: str
