"""Somebody goes to the client: planning a visit, telling the client, and what comes of it."""

import secrets
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets import letters
from otklik.desk.tickets.errors import Invalid, Refused
from otklik.desk.tickets.models import Ticket, Visit
from otklik.desk.tickets.visit_plan import Overlaps, VisitPlan
from otklik.front.workspace.acts.doors import act, done, failed
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person

PLAN, TELL, RESULT = (f"workspace/dialogs/visit{name}.html" for name in ("", "_tell", "_result"))
WORDS = ("place", "map_link", "route", "bring")


@act("GET", "POST")
def plan(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """A new visit; the client is told at once where that is ticked."""
    people = list(ticket.executors())
    if request.method == "GET":
        return _ask(request, ticket, people, {"people_chosen": [person(request).pk], "tell": True})
    try:
        with transaction.atomic():
            visit = ticket.plan_visit(_plan(request, ticket, people), by=person(request))
            if told := request.POST.get("tell") == "on":
                ticket.tell_visit(visit, by=person(request), why=request.POST.get("why", ""))
    except Refused as error:
        return _ask(request, ticket, people, _typed(request), error)
    said = _("The visit is planned and told to the client") if told else _("The visit is planned")
    return done(request, ticket, said, about=True)


@act("GET", "POST")
def replan(request: HttpRequest, ticket: Ticket, pk: int) -> HttpResponse:
    """Another place, window or people."""
    visit, people = _visit(ticket, pk), list(ticket.executors())
    people += [one for one in visit.people.all() if one not in people]
    if request.method == "GET":
        return _ask(request, ticket, people, {**_stored(visit), "visit": visit})
    try:
        plan = _plan(request, ticket, people, visit)
        ticket.replan_visit(visit, plan, by=person(request), seen=request.POST.get("seen", ""))
    except Refused as error:
        return _ask(request, ticket, people, {**_typed(request), "visit": visit}, error)
    said = _("Saved; the client still knows another time: tell them") if visit.is_told_otherwise else _("Saved")
    return done(request, ticket, said, about=True)


@act("GET", "POST")
def tell(request: HttpRequest, ticket: Ticket, pk: int) -> HttpResponse:
    """The letter about it, for a person to read before it goes."""
    visit = _visit(ticket, pk)
    if request.method == "GET":
        with translation.override(letters.language_of(ticket)):
            text = letters.visit_of(visit)
        return dialog(request, ticket, TELL, {"visit": visit, "text": text, "key": secrets.token_hex(8)})
    told = {name: request.POST.get(name, "") for name in ("text", "why", "key")}
    try:
        ticket.tell_visit(visit, by=person(request), seen=request.POST.get("seen", ""), **told)
    except Refused as error:
        return dialog(request, ticket, TELL, {"visit": visit, **told, "error": error}, 422)
    return done(request, ticket, _("The client is told of the visit"), about=True)


@act("GET", "POST")
def step(request: HttpRequest, ticket: Ticket, pk: int, state: str) -> HttpResponse:
    """On the way and there at once; what came of it is asked for."""
    visit = _visit(ticket, pk)
    if state not in Visit.State.values:
        raise Http404
    asks = state in (Visit.State.DONE, Visit.State.FAILED)
    if request.method == "GET":
        if not asks:
            raise Http404
        return dialog(request, ticket, RESULT, {"visit": visit, "state": state})
    result, by_client = request.POST.get("result", ""), request.POST.get("by_client") == "on"
    try:
        ticket.step_visit(visit, state, by=person(request), result=result, by_client=by_client)
    except Refused as error:
        if not asks:
            return failed(request, ticket, error)
        told = {"visit": visit, "state": state, "result": result, "by_client": by_client, "error": error}
        return dialog(request, ticket, RESULT, told, 422)
    undo = reverse("workspace:visit_step", args=[ticket.number, pk, Visit.State.PLANNED]) if visit.is_over else ""
    return done(request, ticket, _("Visit: %(state)s") % {"state": visit.get_state_display()}, about=True, undo=undo)


def _visit(ticket: Ticket, pk: int) -> Visit:
    found = ticket.visits.prefetch_related("people").filter(pk=min(pk, 2**63 - 1)).first()
    if found is None:
        raise Http404
    found.ticket = ticket
    return found


def _plan(request: HttpRequest, ticket: Ticket, people: list[User], visit: Visit | None = None) -> VisitPlan:
    chosen = _people(request)
    zone = letters.zone_of(ticket)
    return VisitPlan(
        starts_at=_moment(request, "starts", zone, visit.starts_at if visit else None),
        ends_at=_moment(request, "ends", zone, visit.ends_at if visit else None),
        people=[one for one in people if one.pk in chosen],
        despite=request.POST.get("despite") == "on",
        **{name: request.POST.get(name, "") for name in WORDS},
    )


def _people(request: HttpRequest) -> list[int]:
    return [int(one) for one in request.POST.getlist("people") if one.isdecimal() and len(one) < 19]


def _moment(request: HttpRequest, name: str, zone: ZoneInfo, before: datetime | None) -> datetime:
    """Of the client's clock; a moment that was not touched stays to the second."""
    try:
        moment = parse_datetime(request.POST.get(name, "").strip())
    except ValueError:
        moment = None
    if moment is None:
        raise Invalid(_("Choose a date and a time."), name)
    moment = timezone.make_aware(moment, zone) if timezone.is_naive(moment) else moment
    return before if before and before.replace(second=0, microsecond=0) == moment else moment


def _stored(visit: Visit) -> dict[str, Any]:
    zone = letters.zone_of(visit.ticket)
    told: dict[str, Any] = {name: getattr(visit, name) for name in WORDS}
    for name, moment in (("starts", visit.starts_at), ("ends", visit.ends_at)):
        told[name] = f"{timezone.localtime(moment, zone):%Y-%m-%dT%H:%M}"
    return {**told, "people_chosen": [one.pk for one in visit.people.all()]}


def _typed(request: HttpRequest) -> dict[str, Any]:
    told: dict[str, Any] = {name: request.POST.get(name, "") for name in (*WORDS, "starts", "ends", "why")}
    return {**told, "people_chosen": _people(request), "tell": request.POST.get("tell") == "on"}


def _ask(
    request: HttpRequest, ticket: Ticket, people: list[User], told: dict[str, Any], error: Refused | None = None
) -> HttpResponse:
    zone = letters.zone_of(ticket)
    now = timezone.localtime(clock.now(), zone)
    context = {
        "people": people,
        "zone": letters.zone_name(now),
        "theirs": f"{now:%H:%M}",
        "earliest": f"{now:%Y-%m-%dT%H:%M}",
        "overlaps": isinstance(error, Overlaps),
        **told,
        "error": error,
    }
    return dialog(request, ticket, PLAN, context, 422 if error else 200)
