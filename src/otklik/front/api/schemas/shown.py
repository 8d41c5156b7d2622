"""What is shown of tickets."""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from otklik.front.api.schemas.appeals import AppealOut
from otklik.front.api.schemas.common import PersonOut
from otklik.front.api.schemas.deciding import HeldAnswerOut, RefusalAsked
from otklik.front.api.schemas.standing import InvitationOut

Due = Literal["answer", "keep_promise", "remind", "continue", "close", "update", "solve", ""]


class TicketContact(Schema):
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


class NamedProduct(Schema):
    id: int
    name: str


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
    contact: TicketContact
    channel: str
    next_step: Due
    next_note: str
    priority: Literal[1, 2, 3, 4] = Field(description="1 low, 2 normal, 3 high, 4 urgent")
    service_class: str = Field(description='name of the service class, "" for the own times of the line')
    due_at: datetime | None
    waits_for: str = Field("", description="the third party for whom we wait")
    inform_by: datetime | None = Field(None, description="when the client hears from us while it is put aside")
    opened_at: datetime
    last_at: datetime
    waiting_since: datetime | None
    upset_since: datetime | None = Field(description="when the client's words, or a person, said that they are upset")
    first_answer_at: datetime | None
    ended_at: datetime | None
    delivery_trouble: bool
    version: int
    merged_into: int | None = Field(None, description="number of the ticket in which this one goes on")
    topic: NamedTopic | None
    product: NamedProduct | None
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
    passed_on_from: str = Field(description="address of the author of what the sender passed on; else empty")
    invitation: InvitationOut | None
    attachments: list[FileOut]


class RelocationOut(Schema):
    """Messages that changed their ticket; it can be undone for 30 days by its `id`."""

    id: int
    kind: Literal["merge", "split", "move"]
    source: int | None = Field(description="null for a ticket that the person may not see; `target` likewise")
    target: int | None
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


class PartnerOut(Schema):
    """Somebody who works on it beside the owner; the client reads their name where it is `shown`."""

    person: PersonOut
    shown: bool
    since: datetime


class HandoverOut(Schema):
    """One line passed it to another: with which words, whether it was accepted in time, or returned and why."""

    source: str
    target: str
    question: str
    tried: str
    expected: str
    by: PersonOut | None
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


class ProductOut(Schema):
    id: int
    name: str
    in_use: bool


class VisitOut(Schema):
    """`told` is true when the client knows this time, `agreed` their word on it; `stamp` changes with the plan."""

    id: int
    ticket: int
    place: str
    map_link: str
    starts_at: datetime
    ends_at: datetime
    people: list[PersonOut]
    route: str
    bring: str
    state: Literal["planned", "confirmed", "coming", "here", "done", "failed"]
    result: str
    told: bool
    agreed: bool | None
    came_at: datetime | None
    missed_at: datetime | None
    stamp: str


class ChangeOut(Schema):
    """`lead_time` are seconds from the first question until it was carried out; `stamp` changes with the words."""

    id: int
    ticket: int
    what: str
    why: str
    risk: Literal["low", "medium", "high"]
    way_back: str
    starts_at: datetime | None
    ends_at: datetime | None
    state: Literal["draft", "asked", "approved", "rejected", "done", "rolled_back"]
    by: PersonOut
    asked_at: datetime | None
    decided_by: PersonOut | None
    decided_for: PersonOut | None
    decided_at: datetime | None
    remark: str
    ended_at: datetime | None
    result: str
    lead_time: float | None
    stamp: str


class TicketFull(TicketOut):
    """A ticket with its timeline, relocations and hand-overs, oldest first, and who takes part beside the client."""

    commitments: list[CommitmentOut]
    details: list[FilledOut]
    ties: list[TieOut]
    tasks: list[TaskOut]
    visits: list[VisitOut]
    changes: list[ChangeOut]
    timeline: list[MessageOut]
    relocations: list[RelocationOut]
    handovers: list[HandoverOut]
    participants: list[ParticipantOut]
    partners: list[PartnerOut]
    watching: bool = Field(description="whether the person of the token watches it")
    watchers: list[PersonOut]
    refusal_asked: RefusalAsked | None = Field(description="a refusal that waits for a lead's word")
    held_answer: HeldAnswerOut | None = Field(description="an answer of a trainee that waits for their curator")
    appeal: AppealOut | None = Field(description="an appeal against the refusal that is open")


class TicketPage(Schema):
    """Up to `limit` tickets, newest first; `next` is the `cursor` of the next page or null."""

    items: list[TicketOut]
    next: str | None


class HangingOut(TicketOut):
    """A ticket that hangs since `hangs_from`, for these reasons."""

    hangs_from: datetime
    why: list[Literal["promise", "answer", "dark", "step", "asleep", "nobody"]]


class HangingPage(Schema):
    """The longest first; `total` counts all that hang."""

    total: int
    items: list[HangingOut]
    next: str | None


class RefusedOf(Schema):
    """Why some of many were not changed."""

    reason: str
    tickets: list[int]


class ManyOut(Schema):
    """What became of an act on many tickets; `undo` is the number by which all of it is taken back for ten minutes."""

    done: list[int]
    same: list[int] = Field(description="they were so already")
    refused: list[RefusedOf]
    gone: int = Field(description="not there, or not for this person")
    undo: int | None


class ListOut(Schema):
    """A list under a name; of a `line` where all its people have it, or for `everybody`."""

    id: int
    name: str
    view: str
    query: str
    order: str = Field(description="`due`, `newest`, `oldest`, or empty: as its reader has it")
    line: str | None
    everybody: bool
