"""What the interface gives and takes; the names are those of the screens."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime, field_validator

Due = Literal["answer", "keep_promise", "remind", "continue", "close", "update", "solve", ""]


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


class TopicOut(Schema):
    """What tickets are about; `path` names it with everything above it."""

    id: int
    name: str
    path: str
    parent: int | None
    in_use: bool


class NamedTopic(Schema):
    """The topic of a ticket."""

    id: int
    path: str


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
    priority: Literal[1, 2, 3, 4] = Field(description="1 low, 2 normal, 3 high, 4 urgent")
    service_class: str = Field(description='name of the service class, "" for the own times of the line')
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
    topic: NamedTopic | None
    tags: list[str]


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


class HandoverOut(Schema):
    """One line passed it to another: with which words, whether it was accepted in time, or returned and why."""

    source: str
    target: str
    question: str
    tried: str
    expected: str
    by: PersonOut
    at: datetime
    accept_by: datetime
    accepted_at: datetime | None
    returned_at: datetime | None
    return_reason: str


class FieldOut(Schema):
    """A field of the form; asked for with `topic` and what is below, or with any."""

    id: int
    name: str
    kind: Literal["text", "number", "date", "choice", "flag", "link"]
    topic: int | None
    options: list[str]
    required: bool = Field(description="a ticket is not solved without it")
    in_use: bool


class FilledOut(Schema):
    """A field of the ticket's form: null is no answer, a date is a text such as 2026-11-28."""

    id: int
    name: str
    kind: Literal["text", "number", "date", "choice", "flag", "link"]
    required: bool
    value: str | bool | int | float | None


class TieOut(Schema):
    """How the ticket belongs to another one that the person may see; `back` when it is said from the other side."""

    id: int
    kind: Literal["duplicate", "cause", "part"]
    other: int
    back: bool
    at: datetime
    by: PersonOut


class TaskOut(Schema):
    """A thing to do; without an executor and a date an item of the checklist."""

    id: int
    ticket: int
    text: str
    executor: PersonOut | None
    due_at: datetime | None
    done_at: datetime | None
    done_by: PersonOut | None


class MovedOut(Schema):
    """A due moment that was counted anew, and why."""

    at: datetime
    was: datetime
    due: datetime
    why: str


class CommitmentOut(Schema):
    """What was promised of a ticket by its class or line; `done_at` after `due_at`, or null past it, is a breach.

    A clock that pauses is due when all that it may pause is used up.
    """

    kind: Literal["first_answer", "next_answer", "update", "resolution"]
    started_at: datetime
    due_at: datetime
    done_at: datetime | None
    is_paused: bool
    paused_seconds: float = Field(description="business time that pauses have added so far")
    moved: list[MovedOut]


class TicketFull(TicketOut):
    """A ticket with its timeline, relocations and hand-overs, oldest first, and who takes part beside the client."""

    commitments: list[CommitmentOut]
    details: list[FilledOut]
    ties: list[TieOut]
    tasks: list[TaskOut]
    timeline: list[MessageOut]
    relocations: list[RelocationOut]
    handovers: list[HandoverOut]
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


class AssignIn(Given):
    """Who answers from now on."""

    owner: str | None = Field(None, max_length=60, description="login of somebody of the line; null: its queue")


class HandOverIn(Given):
    """What goes along to another line, so that the client never says it twice."""

    line: str = Field(min_length=1, max_length=80, description="name of the line")
    question: str = Field(min_length=1, max_length=2000)
    tried: str = Field("", max_length=2000, description="nothing yet when empty")
    expected: str = Field(min_length=1, max_length=2000)


class ReturnIn(Given):
    """Why it goes back to the line it came from."""

    reason: str = Field(min_length=1, max_length=2000)


class TopicIn(Given):
    """The id of a topic in use, or null for none."""

    topic: int | None = Field(ge=1, lt=2**63)


class PriorityIn(Given):
    """1 low, 2 normal, 3 high, 4 urgent."""

    priority: Literal[1, 2, 3, 4]


class TagsIn(Given):
    """All tags of the ticket: others are taken away."""

    tags: list[str] = Field(max_length=100)


class DetailsIn(Schema):
    """Answers by the ids of fields; null takes one away, fields that are not named stay as they are."""

    values: dict[int, str | bool | int | float | None] = Field(max_length=200)


class TieIn(Given):
    """This ticket is a duplicate of, caused by, or a part of the other one."""

    kind: Literal["duplicate", "cause", "part"]
    other: int = Field(ge=1, lt=2**63)


class TaskIn(Given):
    """What is to be done, by whom (login), until when."""

    text: str = Field(min_length=1, max_length=300)
    executor: str = Field("", max_length=150)
    due_at: AwareDatetime | None = None


class DoneIn(Schema):
    done: bool = True


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


class ClassIn(Given):
    """Another class for one ticket; "" is the own times of the line."""

    service_class: str = Field(max_length=80)
    reason: str = Field(min_length=1, max_length=300)


class AbsenceOut(Schema):
    """From when until when a person is away; without a deputy the queues of their lines have the requests."""

    id: int
    person: PersonOut
    deputy: PersonOut | None
    since: datetime
    until: datetime
    sudden: bool
    reason: str
    begun_at: datetime | None
    given_back_at: datetime | None = Field(description="over: the time has passed, or it was ended before")


class ColleagueOut(PersonOut):
    """A person, what they say of themselves, and the absence of this moment."""

    role: str
    availability: Literal["ready", "busy", "break", "away", "off"]
    absence: AbsenceOut | None


class AvailabilityIn(Given):
    """Whether the person can be given work."""

    availability: Literal["ready", "busy", "break", "away", "off"]


class AbsenceIn(Given):
    """A time in which somebody else answers."""

    person: str = Field("", max_length=60, description="login; the person of the token when empty")
    since: AwareDatetime | None = Field(None, description="from now on when null")
    until: AwareDatetime
    deputy: str = Field("", max_length=60, description="login of who stands in; the queues of the lines when empty")
    sudden: bool = False
    reason: str = Field("", max_length=300)


class AbsenceMoveIn(Given):
    """When the person is back."""

    until: AwareDatetime


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
