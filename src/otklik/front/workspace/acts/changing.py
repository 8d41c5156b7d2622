"""Changes that a request needs: drafted, asked for, decided, carried out."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.desk.tickets.change_plan import ChangePlan
from otklik.desk.tickets.errors import Invalid, Refused
from otklik.desk.tickets.models import Change, Ticket
from otklik.front.workspace.acts.doors import act, done, failed
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person

PLAN, WORDS = "workspace/dialogs/change.html", "workspace/dialogs/change_words.html"
FIELDS = ("what", "why", "risk", "way_back", "starts", "ends", "steps")


@act("GET", "POST")
def draft(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """A new change; it is asked for at once where that is ticked."""
    if request.method == "GET":
        return _ask(request, ticket, {"risk": Change.Risk.LOW})
    try:
        with transaction.atomic():
            change = ticket.draft_change(_plan(request), by=person(request))
            if request.POST.get("ask") == "on":
                ticket.ask_change(change, by=person(request))
    except Refused as error:
        return _ask(request, ticket, _typed(request), error)
    return done(request, ticket, _said(change), about=True)


@act("GET", "POST")
def redraft(request: HttpRequest, ticket: Ticket, pk: int) -> HttpResponse:
    """Other words, another window; it has to be asked for again."""
    change = _change(ticket, pk)
    if request.method == "GET":
        return _ask(request, ticket, {**_stored(change), "change": change})
    try:
        ticket.redraft_change(change, _plan(request), by=person(request), seen=request.POST.get("seen", ""))
    except Refused as error:
        return _ask(request, ticket, {**_typed(request), "change": change}, error)
    return done(request, ticket, _said(change), about=True)


@act("POST")
def ask(request: HttpRequest, ticket: Ticket, pk: int) -> HttpResponse:
    change = _change(ticket, pk)
    try:
        ticket.ask_change(change, by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    return done(request, ticket, _said(change), about=True)


@act("POST")
def take_up(request: HttpRequest, ticket: Ticket, pk: int) -> HttpResponse:
    """Not asked for any more, or not ended after all."""
    change = _change(ticket, pk)
    try:
        ticket.take_up_change(change, by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    return done(request, ticket, _said(change), about=True)


@act("GET", "POST")
def turn(request: HttpRequest, ticket: Ticket, pk: int, state: str) -> HttpResponse:
    """A decision, or the end: each with a word."""
    change, by = _change(ticket, pk), person(request)
    if state not in ("approved", "rejected", "done", "rolled_back"):
        raise Http404
    if request.method == "GET":
        return dialog(request, ticket, WORDS, {"change": change, "state": state})
    words, seen = request.POST.get("words", ""), request.POST.get("seen", "")
    try:
        if state in ("approved", "rejected"):
            ticket.decide_change(change, approved=state == "approved", by=by, remark=words, seen=seen)
        else:
            ticket.end_change(change, rolled_back=state == "rolled_back", by=by, result=words)
    except Refused as error:
        return dialog(request, ticket, WORDS, {"change": change, "state": state, "words": words, "error": error}, 422)
    return done(request, ticket, _said(change), about=True)


def _said(change: Change) -> str:
    return _("Change: %(state)s") % {"state": change.get_state_display()}


def _change(ticket: Ticket, pk: int) -> Change:
    found = ticket.changes.filter(pk=min(pk, 2**63 - 1)).first()
    if found is None:
        raise Http404
    return found


def _plan(request: HttpRequest) -> ChangePlan:
    words = {name: request.POST.get(name, "") for name in ("what", "why", "risk", "way_back")}
    steps = request.POST.get("steps", "").splitlines()
    return ChangePlan(**words, starts_at=_moment(request, "starts"), ends_at=_moment(request, "ends"), steps=steps)


def _moment(request: HttpRequest, name: str) -> datetime | None:
    """Of the agent's own clock; nothing is nothing."""
    if not (text := request.POST.get(name, "").strip()):
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise Invalid(_("Choose a date and a time."), name)
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _stored(change: Change) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(change, name) for name in ("what", "why", "risk", "way_back")}
    for name, moment in (("starts", change.starts_at), ("ends", change.ends_at)):
        told[name] = f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}" if moment else ""
    return told


def _typed(request: HttpRequest) -> dict[str, Any]:
    return {name: request.POST.get(name, "") for name in FIELDS} | {"ask": request.POST.get("ask") == "on"}


def _ask(request: HttpRequest, ticket: Ticket, told: dict[str, Any], error: Refused | None = None) -> HttpResponse:
    earliest = f"{timezone.localtime(clock.now()):%Y-%m-%dT%H:%M}"
    context = {"risks": Change.Risk.choices, "earliest": earliest, **told, "error": error}
    return dialog(request, ticket, PLAN, context, 422 if error else 200)
