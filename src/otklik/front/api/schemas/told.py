"""What programs tell about tickets."""

from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime

from otklik.front.api.schemas.common import Addresses, Given

type Number = Annotated[int, Field(ge=1, lt=2**63)]
type Seen = Annotated[str, Field(max_length=16, description="the `stamp` that you read; 409 when it is another now")]


class TicketIn(Given):
    """A request filed in the client's name."""

    subject: str = Field("", max_length=1000)
    text: str = Field(min_length=1, max_length=500_000)
    email: str = Field(min_length=3, max_length=320)
    name: str = Field("", max_length=200)
    channel: str = Field("", description="address of the channel; the first one when empty")


class AnswerIn(Given):
    """What every letter to the client has."""

    to: Addresses = Field(default=[], max_length=50, description="addresses; the client's own when empty")
    cc: Addresses = Field(default=[], max_length=50, description="who gets a copy; not the link to the client's page")
    seen: int | None = Field(None, description="id of the last message you read; 409 when there is a newer one")
    via: str = Field(
        "", max_length=320, description="an `address` of `GET /tickets/{number}/channels`; the usual one when empty"
    )


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
    link: str = Field("", max_length=500)


Reason = Literal["outside", "no_service", "impossible", "rules", "law", "security", "conduct", "other"]


class RefuseIn(AnswerIn):
    """A motivated refusal: all of it is sent to the client."""

    reason: Reason
    explanation: str = Field(min_length=1, max_length=10_000)
    alternatives: list[str] = Field(min_length=1, max_length=20)
    consulted: bool = Field(False, description="the letter offers to talk it over and asks whether it is clear")
    text: str = Field("", max_length=500_000)


class AbuseIn(Given):
    """What happened; the client is warned, or the person stops and is protected until a lead has looked at it."""

    what: str = Field(min_length=1, max_length=2000)
    message: int | None = Field(None, ge=1, lt=2**63, description="id of the client's message that is quoted")
    stop: bool = False


class ReviewIn(Given):
    """A lead's decision on a report of abuse."""

    decision: Literal["lift", "warn", "restrict"]
    words: str = Field("", max_length=2000, description="for colleagues")
    mode: Literal["", "line", "daily", "refuse"] = Field("", description="of a restriction: what holds")
    until: AwareDatetime | None = Field(None, description="of a restriction: its end, within a year")
    line: str = Field("", max_length=80, description="of a restriction to a line: its name")
    lead: str = Field("", max_length=60, description="of a restriction to a line: who owns new requests, by login")


class ApproveIn(Given):
    """The lead's word on a refusal: it is sent."""

    words: str = Field("", max_length=2000, description="added to the letter")


class ReleaseIn(Given):
    """The curator's word on an answer: it is sent, as written or as they have edited it."""

    text: str | None = Field(None, max_length=200_000, description="the whole text instead of what was written")
    seen: int | None = Field(None, description="the last message that was read; 409 where a newer one is there")
    words: str = Field("", max_length=2000, description="for its author; the client does not read it")


class SendBackIn(Given):
    """The lead's word on a refusal: not so."""

    words: str = Field(min_length=1, max_length=2000, description="for its author")


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


class UpsetIn(Given):
    """Whether the client is upset."""

    upset: bool


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


class VisitIn(Given):
    """Where, when and who (logins); `despite` that somebody is away or elsewhere then."""

    seen: Seen = ""
    place: str = Field(min_length=1, max_length=300)
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    people: list[str] = Field(min_length=1, max_length=20)
    map_link: str = Field("", max_length=500)
    route: str = Field("", max_length=2000)
    bring: str = Field("", max_length=500)
    despite: bool = False


class VisitStepIn(Given):
    """What has become of it; `by_client` when it failed because the client called it off or was not there."""

    state: Literal["planned", "confirmed", "coming", "here", "done", "failed"]
    result: str = Field("", max_length=2000)
    by_client: bool = False


class VisitTellIn(Given):
    """The letter ("" for our usual words), and why a time that the client knows moves."""

    seen: Seen = ""
    text: str = Field("", max_length=20_000)
    why: str = Field("", max_length=300)


class ProductIn(Given):
    """Which product (id), or null for none."""

    product: int | None = Field(None, ge=1, lt=2**63)


class ChangeIn(Given):
    """A change; each of `steps` is added as a task of the ticket."""

    seen: Seen = ""
    what: str = Field(min_length=1, max_length=300)
    why: str = Field(min_length=1, max_length=2000)
    risk: Literal["low", "medium", "high"] = "low"
    way_back: str = Field("", max_length=2000)
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    steps: list[Annotated[str, Field(max_length=300)]] = Field([], max_length=100)


class ChangeTurnIn(Given):
    """`asked` asks for approval, `approved` and `rejected` decide, `done` and `rolled_back` end; `back` undoes."""

    seen: Seen = ""
    state: Literal["asked", "approved", "rejected", "done", "rolled_back", "back"]
    words: str = Field("", max_length=2000)


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


class ManyIn(Given):
    """Tickets that one act is for, 200 at most."""

    tickets: list[Number] = Field(min_length=1, max_length=200)


class AssignManyIn(ManyIn, AssignIn):
    pass


class HandOverManyIn(ManyIn, HandOverIn):
    pass


class PriorityManyIn(ManyIn, PriorityIn):
    pass


class LabelManyIn(ManyIn):
    """What changes: a topic by its id or none at all, tags that come, tags that go; the rest stays."""

    topic: int | None = Field(None, ge=1, lt=2**63)
    no_topic: bool = False
    add: list[str] = Field(default=[], max_length=100)
    remove: list[str] = Field(default=[], max_length=100)


class PartIn(Given):
    """Who works on it no more."""

    login: str = Field(min_length=1, max_length=150)


class PartnerIn(PartIn):
    """Who works on it beside the owner, and whether the client reads their name."""

    shown: bool = False


class WatchIn(Given):
    """Whether the person of the token is told what becomes of it."""

    watching: bool = True


class ListPut(Given):
    """What a list is from now on; its view stays."""

    name: str = Field(min_length=1, max_length=80)
    query: str = Field(min_length=1, max_length=200)
    order: Literal["", "due", "newest", "oldest"] = Field("", description="empty: as each reader has it")
    line: str = Field("", max_length=80, description="name of a line whose people all have it; leads only")
    everybody: bool = Field(False, description="all people have it; heads only")


class ListIn(ListPut):
    """A standing view and what it is narrowed to: words such as `topic:`, `product:`, `tag:`, `priority:`, `field:`."""

    view: Literal["mine", "line", "all", "unowned", "third", "joint", "watched"] = "line"
