"""Operations on tickets."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Status
from ninja.errors import HttpError

from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.conversations.models import Attachment
from otklik.desk.routing.models import Handover
from otklik.desk.sla.covering import cover_by_name
from otklik.desk.tickets import access
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Relocation, Task, Ticket, Tie, Topic
from otklik.desk.tickets.search import found_by
from otklik.desk.tickets.steps import PromiseDate, PutAside, Refuse, Resolve, Step, Wait
from otklik.front.api import present
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas import (
    BYTES,
    AssignIn,
    ClassIn,
    DetailsIn,
    DoneIn,
    ForwardIn,
    HandOverIn,
    MergeIn,
    MoveIn,
    NoteIn,
    PriorityIn,
    Problem,
    RefuseIn,
    ReplyIn,
    ResolveIn,
    ReturnIn,
    ScheduleIn,
    SplitIn,
    TagsIn,
    TaskIn,
    TicketFull,
    TicketIn,
    TicketOut,
    TicketPage,
    TieIn,
    TopicIn,
)

router = Router(tags=["tickets"])
REFUSALS: dict[Any, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422), Problem)


def answers(shape: Any, code: int = 200) -> dict[Any, Any]:
    return {code: shape, **REFUSALS}


@router.get("", auth=reading, response=answers(TicketPage), operation_id="list_tickets")
def list_tickets(
    request: HttpRequest,
    query: str = Query(
        "", max_length=200, description="words, a number, an address; `status:open`, `owner:me`, `topic:12`, `tag:…`"
    ),
    before: int | None = Query(None, ge=1, description="only tickets with a smaller number"),
    limit: int = Query(50, ge=1, le=200),
) -> Any:
    """The tickets that the person may see, newest first."""
    user = person(request)
    tickets = found_by(Ticket.objects.visible_to(user), query, user)
    if before:
        tickets = tickets.filter(pk__lt=before)
    tickets = tickets.select_related("team", "owner", "contact").prefetch_related("contact__identities")
    rows = list(tickets.order_by("-id")[: limit + 1])
    more = rows[limit - 1].number if len(rows) > limit else None
    tree = Topic.objects.tree()
    return {"items": [present.ticket_row(ticket, tree) for ticket in rows[:limit]], "next": more}


@router.post("", auth=writing, response=answers(TicketFull, 201), operation_id="create_ticket")
def create_ticket(request: HttpRequest, body: TicketIn, key: Key = "") -> Any:
    """File a request in the client's name; repeated with the same Idempotency-Key it makes one ticket."""
    user = person(request)
    if not user.answers:
        raise HttpError(403, "this person does not answer clients")
    channel = _channel(body.channel)

    def act() -> Any:
        ticket = Ticket.open_by(
            user,
            channel=channel,
            address=_address(body.email),
            name=body.name,
            subject=body.subject,
            text=body.text,
        )
        return present.ticket_full(_visible(request, ticket.pk), person(request))

    return Status(201, once(request, key, body.dict(), act))


@router.get("/{int:number}", auth=reading, response=answers(TicketFull), operation_id="read_ticket")
def read_ticket(request: HttpRequest, number: int) -> Any:
    """One ticket with its timeline."""
    return present.ticket_full(_visible(request, number), person(request))


@router.get(
    "/{int:number}/files/{uuid:key}", auth=reading, response=REFUSALS, operation_id="read_file", openapi_extra=BYTES
)
def read_file(request: HttpRequest, number: int, key: UUID) -> Any:
    """The bytes of an attachment; what the scanner found infected is for eyes that were warned, on its page alone."""
    ticket = _visible(request, number)
    file = Attachment.objects.filter(conversation=ticket.conversation_id, key=key).exclude(message=None).first()
    if file is None or file.is_infected:
        raise HttpError(404, "not found")
    return FileResponse(
        file.file.open("rb"), as_attachment=True, filename=file.name, content_type="application/octet-stream"
    )


@router.post("/{int:number}/reply", auth=writing, response=answers(TicketFull), operation_id="reply")
def reply(request: HttpRequest, number: int, body: ReplyIn, key: Key = "") -> Any:
    """Answer the client: then we wait for them, or promise a date."""
    step: Step = Wait(body.until) if body.next == "wait" else PromiseDate(body.until, body.promise, body.why)
    return _answer(request, number, body, step, key)


@router.post("/{int:number}/resolve", auth=writing, response=answers(TicketFull), operation_id="resolve")
def resolve(request: HttpRequest, number: int, body: ResolveIn, key: Key = "") -> Any:
    """Send the last answer; the matter is solved."""
    return _answer(request, number, body, Resolve(body.summary), key)


@router.post("/{int:number}/refuse", auth=writing, response=answers(TicketFull), operation_id="refuse")
def refuse(request: HttpRequest, number: int, body: RefuseIn, key: Key = "") -> Any:
    """Refuse with a reason, its explanation and ways round; the client gets all of it."""
    step = Refuse(body.reason, body.explanation, body.alternatives)
    return _answer(request, number, body, step, key)


@router.post("/{int:number}/schedule", auth=writing, response=answers(TicketFull), operation_id="schedule")
def schedule(request: HttpRequest, number: int, body: ScheduleIn, key: Key = "") -> Any:
    """Put the ticket aside until a date."""
    step = PutAside(body.until, body.what, body.agreed, body.whom)
    told = {"schedule": number, **body.dict()}
    return _changed(request, number, key, told, lambda ticket: ticket.put_aside(step, by=person(request)))


@router.post("/{int:number}/class", auth=writing, response=answers(TicketFull), operation_id="change_class")
def change_class(request: HttpRequest, number: int, body: ClassIn, key: Key = "") -> Any:
    """Serve this ticket under another class than the agreement of its client says; leads only."""
    if not access.can_change_class(person(request), _writable(request, number)):
        raise HttpError(403, "only a lead changes the class of a ticket")
    cover = cover_by_name(body.service_class)
    if cover is None:
        raise HttpError(422, f"no service class {body.service_class} is in force")

    def change(ticket: Ticket) -> object:
        return ticket.serve_under(cover, body.reason, by=person(request))

    return _changed(request, number, key, {"class": number, **body.dict()}, change)


@router.post("/{int:number}/note", auth=writing, response=answers(TicketFull), operation_id="note")
def note(request: HttpRequest, number: int, body: NoteIn, key: Key = "") -> Any:
    """Leave a remark for colleagues."""
    told = {"note": number, **body.dict()}
    return _changed(request, number, key, told, lambda ticket: ticket.note(body.text, by=person(request)))


@router.post("/{int:number}/take", auth=writing, response=answers(TicketFull), operation_id="take")
def take(request: HttpRequest, number: int, key: Key = "") -> Any:
    """Become the owner of a ticket that has none; 409 when somebody was quicker."""
    return _changed(request, number, key, {"take": number}, lambda ticket: ticket.take(by=person(request)))


@router.post("/{int:number}/assign", auth=writing, response=answers(TicketFull), operation_id="assign")
def assign(request: HttpRequest, number: int, body: AssignIn, key: Key = "") -> Any:
    """Give the ticket to somebody of its line, or back to the queue; what another works on only a lead gives away."""

    def change(ticket: Ticket) -> object:
        user = person(request)
        if not access.can_give(user, ticket):
            raise Conflict(_("%(name)s works on it. Only a lead gives it to somebody else.") % {"name": ticket.owner})
        return ticket.assign(_of_line(ticket, body.owner) if body.owner else None, by=user)

    return _changed(request, number, key, {"assign": number, **body.dict()}, change)


def _of_line(ticket: Ticket, login: str) -> User:
    found = User.objects.filter(memberships__team=ticket.team_id, is_active=True, login=login.lower()).first()
    if found is None:
        raise Invalid(_("Choose somebody of this line."), "owner")
    return found


@router.post("/{int:number}/hand-over", auth=writing, response=answers(TicketOut), operation_id="hand_over")
def hand_over(request: HttpRequest, number: int, body: HandOverIn, key: Key = "") -> Any:
    """Pass to another line with the client's question, what was tried and what is expected.

    The answer is the ticket as a row: the person may not see it any more.
    """

    def change(ticket: Ticket) -> object:
        line = Team.objects.active().filter(name=body.line).first()
        if line is None:
            raise Invalid(_("Choose a line."), "line")
        return ticket.hand_over(line, Brief.of(body.question, body.tried, body.expected), by=person(request))

    return _moved(request, number, key, {"hand-over": number, **body.dict()}, change)


@router.post("/{int:number}/hand-over/return", auth=writing, response=answers(TicketOut), operation_id="send_back")
def send_back(request: HttpRequest, number: int, body: ReturnIn, key: Key = "") -> Any:
    """Return a ticket that another line passed here, with a reason; 409 where there is nothing to return."""

    def change(ticket: Ticket) -> object:
        handover = Handover.objects.latest_of(ticket.pk)
        if handover is None:
            raise Conflict(_("There is no hand-over to return any more."))
        return handover.send_back(body.reason, by=person(request))

    return _moved(request, number, key, {"return": number, **body.dict()}, change)


def _moved(request: HttpRequest, number: int, key: str, told: object, change: Callable[[Ticket], object]) -> Any:
    """The row of a ticket that has gone to another line; once for each key."""

    def act() -> Any:
        change(_writable(request, number))
        return present.ticket_row(Ticket.objects.select_related("team", "owner", "contact").get(pk=number))

    return once(request, key, told, act)


@router.post("/{int:number}/topic", auth=writing, response=answers(TicketFull), operation_id="set_topic")
def set_topic(request: HttpRequest, number: int, body: TopicIn, key: Key = "") -> Any:
    """Say what the ticket is about."""

    def change(ticket: Ticket) -> object:
        topic = Topic.objects.filter(pk=body.topic).first() if body.topic else None
        if body.topic and topic is None:
            raise HttpError(422, "topic: there is none with this id")
        return ticket.classify(topic, by=person(request))

    return _changed(request, number, key, {"topic": number, **body.dict()}, change)


@router.post("/{int:number}/priority", auth=writing, response=answers(TicketFull), operation_id="set_priority")
def set_priority(request: HttpRequest, number: int, body: PriorityIn, key: Key = "") -> Any:
    """Say how urgent an open ticket is; its times are counted anew."""
    told = {"priority of": number, **body.dict()}
    return _changed(request, number, key, told, lambda ticket: ticket.prioritise(body.priority, by=person(request)))


@router.post("/{int:number}/details", auth=writing, response=answers(TicketFull), operation_id="fill")
def fill(request: HttpRequest, number: int, body: DetailsIn, key: Key = "") -> Any:
    """Answer fields of the ticket's form; all of them or none."""
    told = {"details of": number, **body.dict()}
    return _changed(request, number, key, told, lambda ticket: ticket.fill(body.values, by=person(request)))


@router.post("/{int:number}/tasks", auth=writing, response=answers(TicketFull), operation_id="plan_task")
def plan_task(request: HttpRequest, number: int, body: TaskIn, key: Key = "") -> Any:
    """A new task of an open ticket."""

    def change(ticket: Ticket) -> object:
        executor = _colleague(body.executor)
        return ticket.plan([body.text], executor=executor, due_at=body.due_at, by=person(request))

    return _changed(request, number, key, {"task": number, **body.dict()}, change)


@router.post("/{int:number}/tasks/{int:pk}", auth=writing, response=answers(TicketFull), operation_id="change_task")
def change_task(request: HttpRequest, number: int, pk: int, body: TaskIn, key: Key = "") -> Any:
    """Text, executor and date of a task that is not done: all three are set."""

    def change(ticket: Ticket) -> object:
        task, executor = _task(ticket, pk), _colleague(body.executor)
        return ticket.replan(task, text=body.text, executor=executor, due_at=body.due_at, by=person(request))

    return _changed(request, number, key, {"task": pk, **body.dict()}, change)


@router.post("/{int:number}/tasks/{int:pk}/done", auth=writing, response=answers(TicketFull), operation_id="tick_task")
def tick_task(request: HttpRequest, number: int, pk: int, body: DoneIn, key: Key = "") -> Any:
    """Done, or not done after all."""

    def change(ticket: Ticket) -> object:
        return ticket.tick(_task(ticket, pk), done=body.done, by=person(request))

    return _changed(request, number, key, {"tick": pk, **body.dict()}, change)


@router.post(
    "/{int:number}/tasks/{int:pk}/remove", auth=writing, response=answers(TicketFull), operation_id="remove_task"
)
def remove_task(request: HttpRequest, number: int, pk: int, key: Key = "") -> Any:
    """Take a task away."""
    told = {"drop": pk, "of": number}
    return _changed(request, number, key, told, lambda ticket: ticket.drop(_task(ticket, pk), by=person(request)))


@router.post("/{int:number}/ties", auth=writing, response=answers(TicketFull), operation_id="tie")
def tie(request: HttpRequest, number: int, body: TieIn, key: Key = "") -> Any:
    """Say that the ticket belongs to another one; both stay as they are."""

    def change(ticket: Ticket) -> object:
        return ticket.tie(body.kind, _writable(request, body.other), by=person(request))

    return _changed(request, number, key, {"tie": number, **body.dict()}, change)


@router.post("/{int:number}/ties/{int:pk}/remove", auth=writing, response=answers(TicketFull), operation_id="untie")
def untie(request: HttpRequest, number: int, pk: int, key: Key = "") -> Any:
    """Take a tie away, from either of the two tickets."""

    def change(ticket: Ticket) -> object:
        found = Tie.objects.of(ticket).seen_by(person(request)).filter(pk=pk).first()
        if found is None:
            raise HttpError(404, "not found")
        return ticket.untie(found, by=person(request))

    return _changed(request, number, key, {"untie": pk, "from": number}, change)


@router.post("/{int:number}/tags", auth=writing, response=answers(TicketFull), operation_id="set_tags")
def set_tags(request: HttpRequest, number: int, body: TagsIn, key: Key = "") -> Any:
    """These tags and no others, in one spelling."""
    told = {"tags of": number, **body.dict()}
    return _changed(request, number, key, told, lambda ticket: ticket.tag(body.tags, by=person(request)))


@router.post("/{int:number}/forward", auth=writing, response=answers(TicketFull), operation_id="forward")
def forward(request: HttpRequest, number: int, body: ForwardIn, key: Key = "") -> Any:
    """Show chosen messages to a third party.  The client sees neither that nor the answer, and still waits for ours."""

    def change(ticket: Ticket) -> object:
        return ticket.forward(
            body.text,
            by=person(request),
            to=[address.lower() for address in body.to],
            cc=[address.lower() for address in body.cc],
            messages=body.messages,
            files=_of_messages(ticket, body),
            subject=body.subject,
            then=PutAside(body.until, body.what) if body.until else None,
        )

    return _changed(request, number, key, {"forward": number, **body.dict()}, change)


def _of_messages(ticket: Ticket, body: ForwardIn) -> list[Attachment]:
    """The named files; 422 for one that would not go along, rather than a letter without it."""
    among = Attachment.objects.filter(conversation=ticket.conversation_id, message__in=body.messages)
    found = [file for file in among.filter(key__in=body.files) if file.is_for_clients]
    if len(found) < len(set(body.files)):
        raise Invalid(_("A file is not among those of the chosen messages, or was not found clean."), "files")
    return found


@router.post("/{int:number}/merge", auth=writing, response=answers(TicketFull), operation_id="merge")
def merge(request: HttpRequest, number: int, body: MergeIn, key: Key = "") -> Any:
    """Everything said here stands in the other ticket; this one ends.  Nothing is sent to the client."""

    def change(ticket: Ticket) -> object:
        return ticket.merge_into(_writable(request, body.into), by=person(request), disclose=body.disclose)

    return _changed(request, number, key, {"merge": number, **body.dict()}, change)


@router.post("/{int:number}/split", auth=writing, response=answers(TicketFull, 201), operation_id="split")
def split(request: HttpRequest, number: int, body: SplitIn, key: Key = "") -> Any:
    """Make a new ticket of some messages; the answer is the new one."""
    ticket = _writable(request, number)

    def act() -> Any:
        begun = ticket.split_off(body.messages, by=person(request), subject=body.subject)
        return present.ticket_full(_visible(request, begun.pk), person(request))

    return Status(201, once(request, key, {"split": number, **body.dict()}, act))


@router.post("/{int:number}/move", auth=writing, response=answers(TicketFull), operation_id="move")
def move(request: HttpRequest, number: int, body: MoveIn, key: Key = "") -> Any:
    """Messages go to another ticket that is open."""

    def change(ticket: Ticket) -> object:
        other = _writable(request, body.to)
        return ticket.move_messages(body.messages, other, by=person(request), disclose=body.disclose)

    return _changed(request, number, key, {"move": number, **body.dict()}, change)


@router.post(
    "/{int:number}/relocations/{int:pk}/undo",
    auth=writing,
    response=answers(TicketFull),
    operation_id="undo_relocation",
)
def undo_relocation(request: HttpRequest, number: int, pk: int, key: Key = "") -> Any:
    """Undo a merge, a split or a move, from either of the two tickets; the answer is the one the messages return to."""
    act = Relocation.objects.of(_writable(request, number)).filter(pk=pk).first()
    if act is None:
        raise HttpError(404, "not found")
    act.target = _writable(request, act.target_id)
    told = {"undo": pk}
    return _changed(request, act.source_id, key, told, lambda source: source.bring_back(act, by=person(request)))


def _answer(request: HttpRequest, number: int, body: ReplyIn | ResolveIn | RefuseIn, step: Step, key: str) -> Any:
    user = person(request)

    def change(ticket: Ticket) -> object:
        return ticket.reply(body.text, by=user, then=step, seen=body.seen, to=body.to)

    return _changed(request, number, key, {"answer": number, "step": repr(step), **body.dict()}, change)


def _changed(request: HttpRequest, number: int, key: str, told: object, change: Callable[[Ticket], object]) -> Any:
    """The ticket after a change that happens once for each key."""
    ticket = _writable(request, number)

    def act() -> Any:
        change(ticket)
        return present.ticket_full(_visible(request, number), person(request))

    return once(request, key, told, act)


def _visible(request: HttpRequest, number: int) -> Ticket:
    tickets = Ticket.objects.visible_to(person(request)).select_related("team", "owner", "contact", "conversation")
    ticket = tickets.filter(pk=number).first()
    if ticket is None:
        raise HttpError(404, "not found")
    return ticket


def _writable(request: HttpRequest, number: int) -> Ticket:
    ticket = _visible(request, number)
    if not access.can_answer(person(request), ticket):
        raise HttpError(403, "this person does not answer clients")
    return ticket


def _task(ticket: Ticket, pk: int) -> Task:
    found = ticket.tasks.select_related("executor").filter(pk=pk).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _colleague(login: str) -> User | None:
    if not login:
        return None
    found = User.objects.filter(login=login).first()
    if found is None:
        raise HttpError(422, "executor: there is nobody with this login")
    return found


def _channel(address: str) -> Channel:
    channels = Channel.objects.open().order_by("id")
    found = (channels.filter(address__iexact=address) if address else channels).first()
    if found is None:
        raise HttpError(422, f"no channel {address or 'is set up'}")
    return found


def _address(email: str) -> str:
    try:
        validate_email(email)
    except ValidationError as error:
        raise HttpError(422, "email: not an e-mail address") from error
    return email
