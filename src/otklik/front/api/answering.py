"""What is said to the client, to colleagues and to third parties, and what comes next."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from otklik.desk.conversations.models import Attachment, Draft
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, PutAside, Refuse, Resolve, Step, Wait
from otklik.front.api.auth import person, writing
from otklik.front.api.doors import answers, changed
from otklik.front.api.leaving import way_of
from otklik.front.api.repeating import Key
from otklik.front.api.schemas.shown import TicketFull
from otklik.front.api.schemas.told import ForwardIn, NoteIn, RefuseIn, ReplyIn, ResolveIn, ScheduleIn

router = Router(tags=["tickets"])


@router.post("/{int:number}/reply", auth=writing, response=answers(TicketFull), operation_id="reply")
def reply(request: HttpRequest, number: int, body: ReplyIn, key: Key = "") -> Any:
    """Answer the client: then we wait for them, or promise a date.

    Of somebody in training nothing is sent: `held_answer` of the answer says what waits for their curator.
    """
    step: Step = Wait(body.until) if body.next == "wait" else PromiseDate(body.until, body.promise, body.why)
    return _answer(request, number, body, step, key)


@router.post("/{int:number}/resolve", auth=writing, response=answers(TicketFull), operation_id="resolve")
def resolve(request: HttpRequest, number: int, body: ResolveIn, key: Key = "") -> Any:
    """Send the last answer; the matter is solved."""
    return _answer(request, number, body, Resolve(body.summary, body.link), key)


@router.post("/{int:number}/refuse", auth=writing, response=answers(TicketFull), operation_id="refuse")
def refuse(request: HttpRequest, number: int, body: RefuseIn, key: Key = "") -> Any:
    """Refuse with a reason, its explanation and ways round; the client gets all of it.

    Where the line wants a lead to see it first, nothing is sent and `refusal_asked` of the answer says what waits.
    """
    step = Refuse(body.reason, body.explanation, body.alternatives, body.consulted)
    return _answer(request, number, body, step, key)


@router.post("/{int:number}/schedule", auth=writing, response=answers(TicketFull), operation_id="schedule")
def schedule(request: HttpRequest, number: int, body: ScheduleIn, key: Key = "") -> Any:
    """Put the ticket aside until a date."""
    step = PutAside(body.until, body.what, body.agreed, body.whom)
    told = {"schedule": number, **body.dict()}
    return changed(request, number, key, told, lambda ticket: ticket.put_aside(step, by=person(request)))


@router.post("/{int:number}/note", auth=writing, response=answers(TicketFull), operation_id="note")
def note(request: HttpRequest, number: int, body: NoteIn, key: Key = "") -> Any:
    """Leave a remark for colleagues."""
    told = {"note": number, **body.dict()}
    return changed(request, number, key, told, lambda ticket: ticket.note(body.text, by=person(request)))


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

    return changed(request, number, key, {"forward": number, **body.dict()}, change)


def _of_messages(ticket: Ticket, body: ForwardIn) -> list[Attachment]:
    """The named files; 422 for one that would not go along, rather than a letter without it."""
    among = Attachment.objects.filter(conversation=ticket.conversation_id, message__in=body.messages)
    found = [file for file in among.filter(key__in=body.files) if file.is_for_clients]
    if len(found) < len(set(body.files)):
        raise Invalid(_("A file is not among those of the chosen messages, or was not found clean."), "files")
    return found


def _answer(request: HttpRequest, number: int, body: ReplyIn | ResolveIn | RefuseIn, step: Step, key: str) -> Any:
    user = person(request)

    def change(ticket: Ticket) -> object:
        letter: dict[str, Any] = {"by": user, "seen": body.seen, "cc": body.cc, **way_of(ticket, user, body)}
        if isinstance(step, Refuse) and ticket.needs_approval(step):
            done: object = ticket.ask_to_refuse(body.text, step=step, **letter)
        else:
            done = ticket.hand_in(body.text, then=step, **letter)
        Draft.objects.forget_said(ticket.conversation_id, user, body.text)
        return done

    return changed(request, number, key, {"answer": number, "step": repr(step), **body.dict()}, change)
