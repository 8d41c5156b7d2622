"""ETag, If-None-Match, If-Match: what a reader saw last (docs/decisions/0033)."""

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags

from otklik.care.complaints.models import Complaint
from otklik.care.incidents.models import Incident, Told, Update
from otklik.care.knowledge.models import Article, Section
from otklik.care.problems.models import Problem
from otklik.core.journal.once import Once
from otklik.core.staff.models import Absence, User
from otklik.desk.automation.models import Endpoint, Macro, Panel, Rule
from otklik.desk.calls.models import Call
from otklik.desk.channels.models import Inbound
from otklik.desk.clients.models import Client, Contact
from otklik.desk.conversations.models import SavedReply
from otklik.desk.imports.models import Import
from otklik.desk.tickets.models import Layout, SavedList, Sweep, Ticket
from otklik.front.api.auth import person
from otklik.front.api.problems import Trouble
from otklik.team.alerts.models import Alert
from otklik.team.boards.models import Board
from otklik.team.reports.models import Report
from otklik.team.shifts.models import ShiftTemplate

JSON = "application/json"
HELD: dict[str, tuple[type[models.Model], str]] = {
    "/tickets/{number}": (Ticket, "number"),
    "/rules/{pk}": (Rule, "pk"),
    "/macros/{pk}": (Macro, "pk"),
    "/lists/{pk}": (SavedList, "pk"),
    "/layouts/{code}": (Layout, "code"),
    "/webhooks/{pk}": (Endpoint, "pk"),
    "/panels/{pk}": (Panel, "pk"),
    "/people/absences/{pk}": (Absence, "pk"),
    "/people/me/availability": (User, ""),
    "/quarantine/{pk}": (Inbound, "pk"),
    "/contacts/{pk}": (Contact, "pk"),
    "/organisations/{pk}": (Client, "pk"),
    "/imports/{pk}": (Import, "pk"),
    "/saved-replies/{pk}": (SavedReply, "pk"),
    "/articles/{pk}": (Article, "pk"),
    "/articles/sections/{pk}": (Section, "pk"),
    "/roster/templates/{pk}": (ShiftTemplate, "pk"),
    "/tickets/many/answers/{pk}": (Sweep, "pk"),
    "/calls/{pk}": (Call, "pk"),
    "/incidents/{pk}": (Incident, "pk"),
    "/problems/{pk}": (Problem, "pk"),
    "/complaints/{pk}": (Complaint, "pk"),
    "/boards/{pk}": (Board, "pk"),
    "/alerts/{pk}": (Alert, "pk"),
    "/reports/{pk}": (Report, "pk"),
}
"""The row that is held while an object is compared and changed, and the parameter with its number; "" is oneself."""
NOT_READ = ("/boards/{pk}/back",)
"""Acts on what nobody can read before them."""


def tag_of(content: bytes, *, weak: bool = False) -> str:
    """Of the bytes themselves, so it changes with whatever this reader could see."""
    return f'{"W/" if weak else ""}"{blake2b(content, digest_size=16).hexdigest()}"'


def mark(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """An answer that was read carries its tag; 304 where the program has it."""
    if not isinstance(response, HttpResponse) or not response["Content-Type"].startswith(JSON):
        return response
    tag = tag_of(response.content, weak=getattr(request, "is_sparse", False))
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if known and (known == ["*"] or tag.removeprefix("W/") in {one.removeprefix("W/") for one in known}):
        response = HttpResponse(status=304)
        del response["Content-Type"]
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


def changing[T](
    request: HttpRequest, place: str, values: dict[str, Any], present: Callable[[], bytes] | None, act: Callable[[], T]
) -> T:
    """Act only if the object is still what `If-Match` names; nobody changes it in between.  Raises Trouble.

    What was done under its key before is not done again, so it is answered whatever the object is now.
    """
    asked = parse_etags(request.headers["If-Match"])
    if present is None:
        raise Trouble(412, "If-Match: nothing is read at this address that could be compared", "changed")
    with transaction.atomic():
        _hold(request, place, values)
        if not _was_done(request):
            tag = tag_of(present())
            if asked != ["*"] and tag not in asked:
                raise Trouble(412, "it is not what you read any more: read it again", "changed", head={"ETag": tag})
        return act()


def place_of(place: str) -> str:
    """The object to which an address belongs, as HELD names it; "" where nothing of it is read."""
    return next((one for one in HELD if place not in NOT_READ and (place == one or place.startswith(f"{one}/"))), "")


def _hold(request: HttpRequest, place: str, values: dict[str, Any]) -> None:
    """The rows, in the order in which the act itself holds them: in another one two would wait for each other."""
    held = place_of(place)
    model, name = HELD[held]
    number = values[name] if name else person(request).pk
    if first := BEFORE.get(place) or BEFORE.get(held):
        first(request, number, values)
        return
    no_key = model in (User, Incident, Problem)  # as their own acts do; others may be named by new rows meanwhile
    model._default_manager.select_for_update(of=("self",), no_key=no_key).filter(pk=number).first()


def _hold_complaint(request: HttpRequest, number: int, values: dict[str, Any]) -> None:
    """The talk with its client before it, also where that goes on in another ticket."""
    if found := Complaint.objects.filter(pk=number).first():
        found.lock_with_talk()


def _hold_call(request: HttpRequest, number: int, values: dict[str, Any]) -> None:
    """Its ticket before it, and that under which it is filed with this one."""
    if found := Call.objects.filter(pk=number).first():
        wanted = getattr(values.get("body"), "ticket", None)
        found.hold(*Ticket.objects.visible_to(person(request)).filter(pk=wanted or 0))


def _hold_update(request: HttpRequest, number: int, values: dict[str, Any]) -> None:
    """Its letters, the update, the incident: so a letter that leaves holds them."""
    of_it = Update.objects.filter(pk=values["update"], incident=number)
    waiting = Told.objects.filter(update__in=of_it.values("pk"), state=Told.State.WAITING)
    list(waiting.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    of_it.select_for_update(no_key=True).first()
    if found := Incident.objects.filter(pk=number).first():
        found.lock()


BEFORE: dict[str, Callable[[HttpRequest, int, dict[str, Any]], None]] = {
    "/complaints/{pk}": _hold_complaint,
    "/calls/{pk}": _hold_call,
    "/incidents/{pk}/updates/{update}/stop": _hold_update,
}
"""What is held in an order of its own, by the object or by the act."""


def _was_done(request: HttpRequest) -> bool:
    key = request.headers.get("Idempotency-Key", "")
    return bool(key) and Once.objects.filter(person=person(request), key=key).exists()
