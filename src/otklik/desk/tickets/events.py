"""News of the tickets: what timelines show, and what surveys and metrics are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from otklik.core.journal.news import News

if TYPE_CHECKING:
    from otklik.desk.tickets.brief import Brief


@dataclass(frozen=True)
class TicketNews(News):
    about: ClassVar[str] = "ticket"
    key: ClassVar[str] = "ticket_id"

    ticket_id: int


@dataclass(frozen=True)
class TicketOpened(TicketNews):
    team_id: int
    automatic: str = ""


@dataclass(frozen=True)
class ClientWrote(TicketNews):
    message_id: int


@dataclass(frozen=True)
class MachineWrote(TicketNews):
    """A bounce, an auto-reply, a mailing list: kept, but nobody waits for an answer."""

    message_id: int
    automatic: str


@dataclass(frozen=True)
class Answered(TicketNews):
    """A person answered the client; `first` when nobody had before."""

    message_id: int
    first: bool


@dataclass(frozen=True)
class AnswerTakenBack(TicketNews):
    """The reply was undone before it left: as if it had not been."""

    message_id: int


@dataclass(frozen=True)
class Noted(TicketNews):
    message_id: int


@dataclass(frozen=True)
class Mentioned(TicketNews):
    """A note names these people."""

    message_id: int
    people: Sequence[int]


@dataclass(frozen=True)
class Acknowledged(TicketNews):
    message_id: int


@dataclass(frozen=True)
class StatusChanged(TicketNews):
    status: str
    was: str


@dataclass(frozen=True)
class TicketAssigned(TicketNews):
    owner_id: int | None
    was: int | None
    team_id: int
    team_was: int


@dataclass(frozen=True)
class TicketHandedOver(TicketNews):
    """With which words it went to another line: a hand-over between rooms, the entry is that of the assignment."""

    recorded: ClassVar[bool] = False
    team_id: int
    team_was: int
    owner_was: int | None
    brief: "Brief"
    by: Any


@dataclass(frozen=True)
class HandOverTakenBack(TicketNews):
    """A hand-over to another line was undone before anybody there took it."""

    team_id: int
    team_was: int


@dataclass(frozen=True)
class TicketSentBack(TicketNews):
    """The line that got it returned it."""

    owner_id: int | None
    was: int | None
    team_id: int
    team_was: int
    reason: str


@dataclass(frozen=True)
class ClassChanged(TicketNews):
    """A lead put the request under another service class; "" is the line's own times."""

    name: str
    was: str
    reason: str


@dataclass(frozen=True)
class HandoverWaits(TicketNews):
    """Nobody of the line has accepted it for this many minutes of its hours; `late` when that is the limit."""

    handover_id: int
    minutes: int
    late: bool


@dataclass(frozen=True)
class TicketDelegated(TicketNews):
    """The owner `was` is away by this absence: the deputy answers, or the queue of the line (None)."""

    owner_id: int | None
    was: int
    team_id: int
    absence_id: int
    until: str


@dataclass(frozen=True)
class TicketGivenBack(TicketNews):
    """The absence is over: the owner of before answers again; `was` stood in."""

    owner_id: int
    was: int | None
    team_id: int
    absence_id: int


@dataclass(frozen=True)
class ClientChanged(TicketNews):
    """The request is somebody else's matter; both names are those of the moment."""

    contact_id: int
    name: str
    was_id: int
    was: str


@dataclass(frozen=True)
class Forwarded(TicketNews):
    """Letters of the request went to a third party; the client does not see it.

    `messages` are those that were disclosed, `files` how many of their files; the addresses stand in the message.
    """

    message_id: int
    count: int
    messages: Sequence[int] = ()
    files: int = 0


@dataclass(frozen=True)
class DatePromised(TicketNews):
    promise_id: int
    until: str
    moved: bool
    why: str = ""


@dataclass(frozen=True)
class PromiseNear(TicketNews):
    """A warning: so many seconds are left before the promised date."""

    promise_id: int
    left: int


@dataclass(frozen=True)
class PromiseBroken(TicketNews):
    """The promised date has passed and the client heard nothing; told once."""

    promise_id: int
    until: str


@dataclass(frozen=True)
class DateAnswered(TicketNews):
    """The client said whether a moved date suits them."""

    promise_id: int
    agreed: bool


@dataclass(frozen=True)
class PromiseFulfilled(TicketNews):
    promise_id: int
    kept: bool


@dataclass(frozen=True)
class TicketPutAside(TicketNews):
    """Until a date; `whom` is the third party for whom we wait, then the client hears from us as ever."""

    schedule_id: int
    until: str
    what: str
    whom: str = ""


@dataclass(frozen=True)
class TicketWoke(TicketNews):
    """The moment came: `reason` is "date", "silence", "news" or "class".

    "news" when the client must hear from us of what they were not told, "class" when the service class asks for
    something before the date.
    """

    reason: str


@dataclass(frozen=True)
class ClientReminded(TicketNews):
    """The client was reminded of our question, for the `number`-th time."""

    message_id: int
    number: int


@dataclass(frozen=True)
class TicketResolved(TicketNews):
    resolution_id: int


@dataclass(frozen=True)
class TicketRefused(TicketNews):
    refusal_id: int
    reason: str


@dataclass(frozen=True)
class RefusalAsked(TicketNews):
    """A refusal is written and waits for the word of one of these people; nothing has left."""

    request_id: int
    reason: str
    until: str
    people: Sequence[int]


@dataclass(frozen=True)
class RefusalApproved(TicketNews):
    """The refusal leaves in the name of its author; `words` are those that the lead has added."""

    request_id: int
    words: str


@dataclass(frozen=True)
class RefusalReturned(TicketNews):
    """The lead does not refuse so, and says why to its author."""

    request_id: int
    words: str
    people: Sequence[int]


@dataclass(frozen=True)
class RefusalOvertaken(TicketNews):
    """Nobody decides on it any more: see `RefusalRequest.Overtaken`."""

    request_id: int
    why: str
    people: Sequence[int]


@dataclass(frozen=True)
class AbuseReported(TicketNews):
    """The client was abusive: they were warned, or who reported it stopped; these people look at it."""

    report_id: int
    step: str
    what: str
    people: Sequence[int]


@dataclass(frozen=True)
class AbuseReviewed(TicketNews):
    """A lead has looked at it: see `AbuseReport.Decision` and `Restriction.Mode`."""

    report_id: int
    decision: str
    mode: str
    until: str
    words: str


@dataclass(frozen=True)
class TicketReopened(TicketNews):
    after: str


@dataclass(frozen=True)
class SolutionRejected(TicketNews):
    """The client said with one click that what we called solved is not."""


@dataclass(frozen=True)
class TicketClosed(TicketNews):
    """Closed without an answer: nobody waits for one."""

    reason: str


@dataclass(frozen=True)
class RelocationNews(TicketNews):
    """Messages changed their ticket: `what` is "merge", "split" or "move"; told about the source and the target."""

    relocation_id: int
    what: str
    source_id: int
    target_id: int
    count: int


@dataclass(frozen=True)
class MessagesRelocated(RelocationNews):
    pass


@dataclass(frozen=True)
class RelocationUndone(RelocationNews):
    pass


@dataclass(frozen=True)
class ParticipantSettled(TicketNews):
    """An agent let a person into the talk, or keeps them out of it."""

    participant_id: int
    let_in: bool


@dataclass(frozen=True)
class TopicChanged(TicketNews):
    """What the request is about; names are those of the moment, "" for none."""

    topic_id: int | None
    name: str
    was_id: int | None
    was: str


@dataclass(frozen=True)
class ProductChanged(TicketNews):
    """Which product it is about, by its name of the moment; "" for none."""

    product_id: int | None
    name: str
    was: str


@dataclass(frozen=True)
class PriorityChanged(TicketNews):
    priority: int
    was: int


@dataclass(frozen=True)
class ClientUpset(TicketNews):
    """The client is upset from now on: "words" of theirs say so, a "person" or a rule does, or it was so in a request
    that was "joined" to this one."""

    why: str = "person"
    words: Sequence[str] = ()
    message_id: int | None = None


@dataclass(frozen=True)
class ClientCalm(TicketNews):
    """Somebody says that the client is not upset, or not any more."""


@dataclass(frozen=True)
class FieldFilled(TicketNews):
    """An answer in the form, in words; "" for none."""

    field_id: int
    name: str
    value: str
    was: str


@dataclass(frozen=True)
class TagsChanged(TicketNews):
    added: list[str]
    removed: list[str]


@dataclass(frozen=True)
class TieNews(TicketNews):
    """Told about both; `back` when the story is that of the other one: it has a duplicate, a result, a part."""

    other_id: int
    what: str
    back: bool


@dataclass(frozen=True)
class Tied(TieNews):
    pass


@dataclass(frozen=True)
class Untied(TieNews):
    pass


@dataclass(frozen=True)
class TaskNews(TicketNews):
    """A task as it was at the moment; `until` is "" without a date."""

    task_id: int
    text: str
    executor_id: int | None
    until: str


@dataclass(frozen=True)
class TaskPlanned(TaskNews):
    pass


@dataclass(frozen=True)
class TaskReplanned(TaskNews):
    pass


@dataclass(frozen=True)
class TaskDone(TaskNews):
    pass


@dataclass(frozen=True)
class TaskReopened(TaskNews):
    pass


@dataclass(frozen=True)
class TaskDropped(TaskNews):
    pass


@dataclass(frozen=True)
class VisitNews(TicketNews):
    """A visit as it was planned at the moment; `people` are those who go."""

    visit_id: int
    place: str
    starts: str
    ends: str
    people: list[int]


@dataclass(frozen=True)
class VisitPlanned(VisitNews):
    pass


@dataclass(frozen=True)
class VisitReplanned(VisitNews):
    pass


@dataclass(frozen=True)
class VisitAnswered(TicketNews):
    """The client said whether the time suits them."""

    visit_id: int
    agreed: bool


@dataclass(frozen=True)
class VisitTurned(TicketNews):
    """On the way, there, done, or not."""

    visit_id: int
    state: str
    place: str
    result: str


@dataclass(frozen=True)
class VisitNear(TicketNews):
    """It begins in `left` seconds."""

    visit_id: int
    place: str
    left: int


@dataclass(frozen=True)
class VisitMissed(TicketNews):
    """Its time is over, and nobody wrote what came of it."""

    visit_id: int
    place: str


@dataclass(frozen=True)
class VisitDoubted(TicketNews):
    """Somebody who was to go there will be away then, or has left."""

    visit_id: int
    place: str
    person_id: int


@dataclass(frozen=True)
class ChangeTurned(TicketNews):
    """A change is drafted, asked for, decided, ended; `lead_id` is for whom a deputy decided."""

    change_id: int
    state: str
    what: str
    note: str
    lead_id: int | None


@dataclass(frozen=True)
class PartnerInvited(TicketNews):
    """Somebody works on it beside the owner; `people` hear of it at once."""

    user_id: int
    shown: bool
    people: list[int]


@dataclass(frozen=True)
class PartnerLeft(TicketNews):
    user_id: int


@dataclass(frozen=True)
class SelfChecked(News):
    """The whole database was walked through: how many tickets, how many of them open, hanging, and faulty."""

    about: ClassVar[str] = "self-check"
    key: ClassVar[str] = "check_id"

    check_id: int
    tickets: int
    open: int
    hanging: int
    faults: int
