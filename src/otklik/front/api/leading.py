"""Incidents by who declares and leads them, by the rights of their pages."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Status
from ninja.errors import HttpError

from otklik.care.incidents import access
from otklik.care.incidents.models import Affected, Incident
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.models import Ticket
from otklik.front.api import matters
from otklik.front.api.auth import leading, person, seeing_into
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.incidents import (
    IncidentChangeIn,
    IncidentCloseIn,
    IncidentDetails,
    IncidentIn,
    IncidentStateIn,
    OfMatter,
    SeverityIn,
)
from otklik.front.api.schemas.matters import IncidentRow

router = matters.incidents
ROW = answers(IncidentRow)


@router.post("", auth=leading, response=answers(IncidentRow, 201), operation_id="declare_incident")
def declare_incident(request: HttpRequest, body: IncidentIn, key: Key = "") -> Any:
    """From now on it has a leader and a moment of its next update; `POST /tickets/many/incident` adds its tickets."""

    def act() -> Any:
        by = person(request)
        if not access.may_declare(by):
            raise HttpError(403, "this person does not answer clients")
        told: dict[str, Any] = body.dict(exclude={"leader"})
        return matters.incident_row(Incident.objects.declare(by=by, leader=named(body.leader, "leader"), **told).pk)

    return Status(201, once(request, key, {"incident": body.dict()}, act))


@router.patch("/{int:pk}", auth=leading, response=ROW, operation_id="change_incident")
def change_incident(request: HttpRequest, pk: int, body: IncidentChangeIn, key: Key = "") -> Any:
    """Words, moments and its leader, by its leader and leads."""

    def change(found: Incident) -> None:
        by, told = person(request), named_only(body.dict(exclude_unset=True))
        leader = named(str(told.pop("leader", "") or ""), "leader")
        if "ended_at" in told and found.goes_on:
            raise Conflict("it goes on: an update with `resolved` says that it is over", "ended_at")
        found.correct(told, by=by)
        if leader:
            found.hand_to(leader, by=by)  # who gives it away may correct nothing any more

    return led(request, pk, key, {"change incident": pk, **body.dict(exclude_unset=True)}, change)


@router.post("/{int:pk}/severity", auth=leading, response=ROW, operation_id="change_severity")
def change_severity(request: HttpRequest, pk: int, body: SeverityIn, key: Key = "") -> Any:
    """Worse by who answers clients; less severe by its leader and leads, with a `reason`."""

    def act() -> Any:
        by = person(request)
        if not access.may_declare(by):
            raise HttpError(403, "this person does not answer clients")
        seen(request, pk).change_severity(body.severity, by=by, reason=body.reason)
        return matters.incident_row(pk)

    return once(request, key, {"severity of": pk, **body.dict()}, act)


@router.post("/{int:pk}/state", auth=leading, response=ROW, operation_id="move_incident")
def move_incident(request: HttpRequest, pk: int, body: IncidentStateIn, key: Key = "") -> Any:
    """How far it is, or that it is not over after all."""
    told = {"state of incident": pk, **body.dict()}
    return led(request, pk, key, told, lambda one: one.move(body.state, by=person(request)))


@router.post("/{int:pk}/close", auth=leading, response=ROW, operation_id="close_incident")
def close_incident(request: HttpRequest, pk: int, body: IncidentCloseIn, key: Key = "") -> Any:
    """With what was learned; 409 while it goes on."""
    told = {"close incident": pk, **body.dict()}
    return led(request, pk, key, told, lambda one: one.close(by=person(request), **body.dict()))


@router.get("/{int:pk}/details", auth=seeing_into, response=answers(IncidentDetails), operation_id="read_incident_more")
def read_incident_more(request: HttpRequest, pk: int) -> Any:
    """Its moments, what was learned, and how many clients it concerns."""
    one = seen(request, pk)
    names = ("id", "worst", "detected_at", "declared_at", "told_at", "closed_at", "post_mortem_due", "learned")
    return {name: getattr(one, name) for name in (*names, "post_mortem")} | {
        "overdue": one.is_overdue,
        "causes": list(one.causes.order_by("name").values_list("name", flat=True)),
        "clients": one.clients_affected(),
        "may_lead": access.may_lead(person(request), one),
    }


@router.get(
    "/{int:pk}/tickets", auth=seeing_into, response=answers(list[OfMatter]), operation_id="list_tickets_of_incident"
)
def list_tickets(request: HttpRequest, pk: int, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Those that are part of it now and that the person sees, the newest first."""
    affected = Affected.objects.filter(incident=seen(request, pk), stands=True)
    return of_matter(request, Ticket.objects.visible_to(person(request)).filter(pk__in=affected.values("ticket")),
                     cursor, limit)  # fmt: skip


def of_matter(request: HttpRequest, rows: Any, cursor: str, limit: int) -> list[dict[str, Any]]:
    shown, _next = page(request, rows, ("-id",), cursor, limit)
    return [
        {"number": one.number, "subject": one.subject, "status": one.status, "client": one.contact_name}
        for one in shown
    ]


def named_only(told: Mapping[str, Any]) -> dict[str, Any]:
    """Of a body that changes only what it names: null changes nothing."""
    return {name: value for name, value in told.items() if value is not None}


def named(login: str, field: str) -> User | None:
    """Somebody who works here; None where nobody is named.  Raises Invalid."""
    if not login:
        return None
    found = User.objects.filter(login=login.lower(), is_active=True).first()
    if found is None:
        raise Invalid("nobody of this login works here", field)
    return found


def seen(request: HttpRequest, pk: int) -> Incident:
    if not access.may_see(person(request)):
        raise HttpError(403, "not for this person to see")
    found: Incident | None = Incident.objects.select_related("leader").filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def led_by(request: HttpRequest, pk: int) -> Incident:
    """The same, for its leader and leads."""
    found = seen(request, pk)
    if not access.may_lead(person(request), found):
        raise HttpError(403, "only its leader and leads may")
    return found


def led(request: HttpRequest, pk: int, key: str, told: object, change: Callable[[Incident], object]) -> Any:
    """The incident after a change that happens once for each key, wholly or not at all."""

    @transaction.atomic
    def act() -> Any:
        change(led_by(request, pk))
        return matters.incident_row(pk)

    return once(request, key, told, act)
