"""What the person of a token has begun to write in a ticket: read, kept, thrown away; nobody else's."""

from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.desk.conversations.models import Draft
from otklik.desk.conversations.models.draft import HELD
from otklik.desk.tickets import apologising
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Promise, Ticket
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers, writable
from otklik.front.api.problems import Trouble
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.texts import DraftIn, DraftOut

of_ticket = Router(tags=["tickets"])
Mode = Literal["reply", "note"]


@of_ticket.get("/{int:number}/drafts", auth=reading, response=answers(list[DraftOut]), operation_id="list_drafts")
def list_drafts(request: HttpRequest, number: int) -> Any:
    """At most a reply, a note and a letter to a third party."""
    return [_row(each) for each in _mine(request, writable(request, number)).order_by("mode")]


@of_ticket.put("/{int:number}/drafts/{mode}", auth=writing, response=answers(DraftOut), operation_id="keep_draft")
def keep_draft(request: HttpRequest, number: int, mode: Mode, body: DraftIn) -> Any:
    """As it stands in the composer next; what else was chosen there stays.  409 where another text is there."""
    ticket, user = writable(request, number), person(request)
    if not body.text.strip():
        raise Invalid("an empty draft is no draft: remove it", "text")
    with transaction.atomic():
        ticket.lock()
        kept = _mine(request, ticket).filter(mode=mode).first()
        if kept and kept.text != body.text and body.base != _told(kept.saved_at):
            said = f"{kept.saved_at.isoformat()} another text was saved: read it, and name that moment as base"
            raise Trouble(409, said, "newer-draft", field="base")
        form = dict(kept.form) if kept else {}
        if mode == "reply":
            form = {"next": "promise", **form} | ({} if body.to is None else {"to": body.to, "cc": body.cc})
        ticket.keep_draft(body.text, by=user, mode=mode, form=form)
        return _row(_mine(request, ticket).get(mode=mode))


@of_ticket.delete(
    "/{int:number}/drafts/{mode}", auth=writing, response=answers(list[DraftOut]), operation_id="drop_draft"
)
def drop_draft(request: HttpRequest, number: int, mode: Mode) -> Any:
    """Thrown away; 404 where there is none.  Answers with those that are left."""
    ticket = writable(request, number)
    with transaction.atomic():
        ticket.lock()
        if not _mine(request, ticket).filter(mode=mode).exists():
            raise HttpError(404, "not found")
        Draft.objects.forget(ticket.conversation_id, person(request), mode)
    return [_row(each) for each in _mine(request, ticket).order_by("mode")]


@of_ticket.post("/{int:number}/apologise", auth=writing, response=answers(DraftOut), operation_id="apologise")
def apologise(request: HttpRequest, number: int, key: Key = "") -> Any:
    """Begin the letter about a date that was missed: regret, places to fill in, and a new date in the composer.

    It is the person's draft of an answer; what they had written stands below.  409 where no date was missed.
    """

    def act() -> Any:
        ticket, user = writable(request, number), person(request)
        promise = Promise.objects.current_of(ticket.pk)
        if not apologising.is_broken(promise.until if promise else None):
            raise Conflict("no date that was told to the client was missed")
        apologising.begin(ticket, by=user, work=ticket.team.calendar.working_time())
        return _row(_mine(request, ticket).get(mode=Draft.Mode.REPLY))

    return once(request, key, {"apologise": number}, act)


def _told(at: datetime) -> datetime:
    """As a program reads a moment: to the millisecond."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _mine(request: HttpRequest, ticket: Ticket) -> QuerySet[Draft]:
    theirs = Draft.objects.filter(conversation=ticket.conversation_id, author=person(request))
    return theirs.exclude(mode=HELD)


def _row(one: Draft) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("mode", "text", "saved_at")}
    return told | {"to": one.form.get("to", []), "cc": one.form.get("cc", [])}
