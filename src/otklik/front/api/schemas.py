"""What the interface gives and takes; the names are those of the screens."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime, field_validator

Due = Literal["answer", "keep_promise", "remind", "continue", "close", "inform", ""]


class Given(Schema):
    """What programs send: only text that can be stored."""

    @field_validator("*")
    @classmethod
    def _storable(cls, value: Any) -> Any:
        texts = value if isinstance(value, list) else [value]
        if any(isinstance(text, str) and "\x00" in text for text in texts):
            raise ValueError("a text cannot hold the character U+0000")
        return value


class PersonOut(Schema):
    """A person of the staff."""

    login: str
    name: str


class ContactOut(Schema):
    """The client's person; `email` is "" when we know no address."""

    id: int
    name: str
    email: str
    organisation: str


class TicketOut(Schema):
    """One ticket as a row: times are UTC, `due_at` is null once it has ended."""

    number: int
    subject: str
    status: str
    line: str
    owner: PersonOut | None
    contact: ContactOut
    channel: str
    next_step: Due
    next_note: str
    due_at: datetime | None
    waits_for: str = Field("", description="the third party for whom we wait")
    opened_at: datetime
    last_at: datetime
    waiting_since: datetime | None
    first_answer_at: datetime | None
    ended_at: datetime | None
    delivery_trouble: bool
    version: int
    merged_into: int | None = Field(None, description="number of the ticket in which this one goes on")


class FileOut(Schema):
    """An attachment; its content is at `url` (same authorisation)."""

    name: str
    media_type: str
    size: int
    inline: bool
    url: str


class MessageOut(Schema):
    """One utterance.  `automatic` is "" for people, else bounce, auto_reply, list and the like.

    `authenticity` says whether it comes from whom it names: verified, failed, unknown, or "" where the channel vouches.
    """

    id: int
    direction: Literal["in", "out", "note"]
    at: datetime
    author: str
    author_address: str
    channel: str
    subject: str
    text: str
    new_text: str
    to: list[str]
    cc: list[str]
    automatic: str
    message_id: str
    delivery: str
    forwarded: bool = Field(description="went to a third party; the client does not see it")
    remarks: list[str]
    authenticity: Literal["", "verified", "failed", "unknown"]
    authenticity_reason: str
    attachments: list[FileOut]


class RelocationOut(Schema):
    """Messages that changed their ticket; it can be undone for 30 days by its `id`."""

    id: int
    kind: Literal["merge", "split", "move"]
    source: int
    target: int
    messages: list[int]
    at: datetime
    by: PersonOut
    undone_at: datetime | None


class ParticipantOut(Schema):
    """Somebody beside the client: let in by an agent, kept out, or only named by a letter."""

    address: str
    name: str
    role: Literal["colleague", "outside", "copy"]
    standing: Literal["in", "out", "proposed"]


class TicketFull(TicketOut):
    """A ticket with its timeline and its relocations, oldest first, and who takes part beside the client."""

    timeline: list[MessageOut]
    relocations: list[RelocationOut]
    participants: list[ParticipantOut]


class TicketPage(Schema):
    """Up to `limit` tickets, newest first; `next` is the `before` of the next page or null."""

    items: list[TicketOut]
    next: int | None


class HangingOut(TicketOut):
    """A ticket that hangs since `hangs_from`, for these reasons."""

    hangs_from: datetime
    why: list[Literal["promise", "answer", "dark", "step", "asleep", "nobody"]]


class HangingPage(Schema):
    """The longest first; `total` counts all that hang."""

    total: int
    items: list[HangingOut]


class TicketIn(Given):
    """A request filed in the client's name."""

    subject: str = Field("", max_length=1000)
    text: str = Field(min_length=1, max_length=500_000)
    email: str = Field(min_length=3, max_length=320)
    name: str = Field("", max_length=200)
    channel: str = Field("", description="address of the channel; the first one when empty")


def _addresses(value: list[str]) -> list[str]:
    try:
        for address in value:
            validate_email(address)
    except ValidationError as error:
        raise ValueError("not an e-mail address") from error
    return value


Addresses = Annotated[list[str], AfterValidator(_addresses)]


class AnswerIn(Given):
    """What every letter to the client has."""

    to: Addresses = Field(default=[], max_length=50, description="addresses; the client's own when empty")
    seen: int | None = Field(None, description="id of the last message you read; 409 when there is a newer one")


class ReplyIn(AnswerIn):
    """An answer to the client and what comes next: wait for them or promise a date."""

    text: str = Field(min_length=1, max_length=500_000)
    next: Literal["wait", "promise"]
    until: AwareDatetime
    promise: str = Field("", max_length=300, description="what exactly is promised")
    why: str = Field("", max_length=300, description="why the date promised earlier moves; asked for when it does")


class ResolveIn(AnswerIn):
    """The last answer: how it was solved."""

    text: str = Field(min_length=1, max_length=500_000)
    summary: str = Field("", max_length=10_000)


class RefuseIn(AnswerIn):
    """A motivated refusal: all of it is sent to the client."""

    reason: Literal["outside", "no_service", "impossible", "rules", "law", "security", "other"]
    explanation: str = Field(min_length=1, max_length=10_000)
    alternatives: list[str] = Field(min_length=1, max_length=20)
    text: str = Field("", max_length=500_000)


class ScheduleIn(Given):
    """Put aside until a date, on which the ticket wakes up by itself."""

    until: AwareDatetime
    what: str = Field(min_length=1, max_length=300)
    agreed: bool = Field(False, description="the client agreed to this date")
    whom: str = Field("", max_length=120, description="a third party for whom we wait; the client still hears from us")


class NoteIn(Given):
    """A remark that the client does not see."""

    text: str = Field(min_length=1, max_length=500_000)


class MergeIn(Given):
    """Which ticket goes on with everything that was said in this one."""

    into: int = Field(ge=1, lt=2**63)
    disclose: bool = Field(False, description="the client of the other ticket may see letters of another person")


class ChosenIn(Given):
    """Messages of this ticket, by their ids."""

    messages: list[int] = Field(min_length=1, max_length=1000)


class ForwardIn(ChosenIn):
    """A letter to a third party: only the messages and files named here go along, and never a note."""

    text: str = Field(min_length=1, max_length=500_000)
    to: Addresses = Field(min_length=1, max_length=50)
    cc: Addresses = Field(default=[], max_length=50)
    subject: str = Field("", max_length=1000, description="that of the ticket with Fwd: when empty")
    files: list[UUID] = Field(
        default=[], max_length=1000, description="attachments of the messages, by the last part of their url"
    )
    until: AwareDatetime | None = Field(None, description="put the ticket aside until they answer, or until then")
    what: str = Field("", max_length=300, description="what happens on that date")


class SplitIn(ChosenIn):
    """They are another matter; `subject` is that of the first letter when empty."""

    subject: str = Field("", max_length=1000)


class MoveIn(ChosenIn):
    """They belong to another open ticket."""

    to: int = Field(ge=1, lt=2**63)
    disclose: bool = Field(False, description="the client of the other ticket may see letters of another person")


class QuarantinedOut(Schema):
    """A message that could not be read, kept as it came."""

    id: int
    received_at: datetime
    channel: str
    envelope_from: str
    message_id: str
    size: int
    tries: int
    reason: str
    source: str


class QuarantinePage(Schema):
    items: list[QuarantinedOut]
    next: int | None


class Problem(Schema):
    """Why a request was refused; `field` names the value to mend."""

    detail: str
    field: str = ""


BYTES = {
    "responses": {
        200: {
            "description": "OK",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}
"""For the schema of an operation that answers with a file."""
