"""Letters that wait for a moment of their author's choice: planned, read, changed, taken back."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.core.staff.models import User
from otklik.core.ui.middleware import zone
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, Refuse, Resolve, Step, Wait
from otklik.front.api import present
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers, writable
from otklik.front.api.holders import LARGEST
from otklik.front.api.leaving import way_of
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.letters import LetterIn, LetterOut

of_ticket = Router(tags=["tickets"])
SHOWN = 300
"""So much of a colleague's letter is read before it has left, as beside the composer."""


@of_ticket.get("/{int:number}/letters", auth=reading, response=answers(list[LetterOut]), operation_id="list_letters")
def list_letters(request: HttpRequest, number: int) -> Any:
    """Those that wait, the soonest first: one of each person at most.  Nothing of them is said to the client yet."""
    ticket, user = writable(request, number), person(request)
    return [_row(one, user) for one in _waiting(ticket).order_by("leave_at", "pk")]


@of_ticket.post("/{int:number}/letters", auth=writing, response=answers(LetterOut, 201), operation_id="plan_letter")
def plan_letter(request: HttpRequest, number: int, body: LetterIn, key: Key = "") -> Any:
    """It leaves at `leave_at` unless somebody writes after `seen` before; 409 where one of the person's waits here.

    Without `seen` it answers what is there now.  What the person has begun to write in the composer stays.

    What may be wrong is said now; a refusal that a lead has to see first cannot be planned.
    """

    def act() -> Any:
        ticket, user = writable(request, number), person(request)
        step = _step(body)
        letter: dict[str, Any] = {"then": step, "form": _form(body, user), "cc": body.cc}
        letter |= way_of(ticket, user, body)
        made = ticket.send_later(body.text, body.leave_at, by=user, seen=body.seen, **letter)
        Draft.objects.forget_said(ticket.conversation_id, user, body.text)
        return _row(made, user)

    return Status(201, once(request, key, {"letter": number, **body.dict()}, act))


@of_ticket.put(
    "/{int:number}/letters/{int:pk}", auth=writing, response=answers(LetterOut), operation_id="change_letter"
)
def change_letter(request: HttpRequest, number: int, pk: int, body: LetterIn, key: Key = "") -> Any:
    """Other words, another moment, for a letter of one's own; its files stay.  Others can only take it back (403).

    Without `seen` it still answers what its author had read when it was planned: 409 where the client wrote since.
    """

    def act() -> Any:
        ticket, user = writable(request, number), person(request)
        if _one(ticket, pk).author_id != user.pk:
            raise HttpError(403, "its author changes a letter; others take it back")
        if body.via:
            raise Invalid("a letter that waits keeps its way out: take it back and plan it anew", "via")
        letter: dict[str, Any] = {"then": _step(body), "form": _form(body, user), "to": body.to, "cc": body.cc}
        return _row(ticket.change_later(pk, body.text, body.leave_at, by=user, seen=body.seen, **letter), user)

    return once(request, key, {"letter": pk, "of": number, **body.dict()}, act)


@of_ticket.post(
    "/{int:number}/letters/{int:pk}/take-back",
    auth=writing,
    response=answers(list[LetterOut]),
    operation_id="take_letter_back",
)
def take_letter_back(request: HttpRequest, number: int, pk: int, key: Key = "") -> Any:
    """It is its author's draft again, who hears of it where somebody else did it.  Answers with those that wait."""

    def act() -> Any:
        ticket, user = writable(request, number), person(request)
        _one(ticket, pk)
        ticket.call_off(pk, by=user)
        return [_row(one, user) for one in _waiting(ticket).order_by("leave_at", "pk")]

    return once(request, key, {"no letter": pk, "of": number}, act)


def _waiting(ticket: Ticket) -> QuerySet[Draft]:
    later = Draft.objects.filter(conversation=ticket.conversation_id, mode=Draft.Mode.LATER)
    return later.select_related("author")


def _one(ticket: Ticket, pk: int) -> Draft:
    found = _waiting(ticket).filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _step(body: LetterIn) -> Step:
    """Raises Invalid for a date or a reason that the step needs and the body has not."""
    if body.next in ("wait", "promise") and body.until is None:
        raise Invalid(_("Choose a date."), "until")
    if body.next == "refuse" and body.reason is None:
        raise Invalid("a refusal has a reason", "reason")
    match body.next:
        case "wait":
            assert body.until is not None
            return Wait(body.until)
        case "promise":
            assert body.until is not None
            return PromiseDate(body.until, body.promise, body.why)
        case "resolve":
            return Resolve(body.summary, body.link)
    return Refuse(body.reason or "", body.explanation, body.alternatives, body.consulted)


def _form(body: LetterIn, author: User) -> dict[str, Any]:
    """What the composer shows when the letter is a draft again: the same choice, on the clock of its author."""
    told: dict[str, Any] = {"next": body.next}
    if body.next in ("wait", "promise") and body.until is not None:
        local = timezone.localtime(body.until, zone(author.time_zone))
        told |= {"until": "other", "other": f"{local:%Y-%m-%dT%H:%M}"}
    match body.next:
        case "promise":
            told |= {"what": body.promise, "why": body.why}
        case "resolve":
            told |= {"summary": body.summary, "link": body.link}
        case "refuse":
            names = ("reason", "explanation", "alternatives", "consulted")
            told |= {name: getattr(body, name) for name in names}
    return told


def _row(one: Draft, user: User) -> dict[str, Any]:
    form, own = one.form, one.author_id == user.pk
    step = form["step"]
    return {
        "id": one.pk,
        "by": present.person_row(one.author),
        "own": own,
        "text": one.text if own else one.text[:SHOWN],
        "leave_at": one.leave_at,
        "to": form["to"],
        "cc": form["cc"],
        "seen": form.get("seen"),
        "next": step["next"],
        "until": step.get("until"),
        "saved_at": one.saved_at,
    }
