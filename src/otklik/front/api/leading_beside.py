"""Beside an incident: what changes after it, and whom it concerns without a ticket."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.care.incidents import access
from otklik.care.incidents.models import Action, Concerned, Finding, Incident
from otklik.care.incidents.models.finding import How
from otklik.desk.clients.models import Product
from otklik.desk.tickets.access import clients_known_to, contacts_known_to
from otklik.desk.tickets.errors import Invalid
from otklik.front.api import present
from otklik.front.api.auth import leading, person, seeing_into
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST
from otklik.front.api.leading import led_by, named, seen
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.incidents import (
    ActionEndIn,
    ActionIn,
    ActionOut,
    ConcernedOut,
    ConcernIn,
    FindingOut,
)

router = Router(tags=["incidents"])


@router.get("/{int:pk}/actions", auth=seeing_into, response=answers(list[ActionOut]), operation_id="list_actions")
def list_actions(request: HttpRequest, pk: int, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """What changes after it, in the order in which it was planned."""
    rows = Action.objects.filter(incident=seen(request, pk)).select_related("owner")
    return [_action(one) for one in page(request, rows, ("id",), cursor, limit)[0]]


@router.post("/{int:pk}/actions", auth=leading, response=answers(ActionOut, 201), operation_id="plan_action")
def plan_action(request: HttpRequest, pk: int, body: ActionIn, key: Key = "") -> Any:
    """With somebody and a day, which stays."""

    def act() -> Any:
        incident, owner = led_by(request, pk), named(body.owner, "owner")
        assert owner is not None
        made = Action.objects.plan(incident, text=body.text, owner=owner, due_on=body.due_on, by=person(request))
        return _action(made)

    return Status(201, once(request, key, {"action of": pk, **body.dict()}, act))


@router.post("/{int:pk}/actions/{int:action}/end", auth=leading, response=answers(ActionOut), operation_id="end_action")
def end_action(request: HttpRequest, pk: int, action: int, body: ActionEndIn, key: Key = "") -> Any:
    """Done, or given up with a reason, by who does it and who leads the incident."""

    def act() -> Any:
        rows = Action.objects.filter(incident=seen(request, pk), pk=min(action, LARGEST))
        found = rows.select_related("incident", "owner").first()
        if found is None:
            raise HttpError(404, "not found")
        if not access.may_end(person(request), found):
            raise HttpError(403, "only who does it and who leads the incident may")
        found.end(body.result, dropped=body.dropped, by=person(request))
        return _action(found)

    return once(request, key, {"end action": action, "of": pk, **body.dict()}, act)


@router.get("/{int:pk}/findings", auth=seeing_into, response=answers(list[FindingOut]), operation_id="list_findings")
def list_findings(request: HttpRequest, pk: int, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """How clients without a ticket in it were found, the newest first; who they are: `GET …/clients`."""
    rows = Finding.objects.filter(incident=seen(request, pk)).select_related("by").annotate(count=Count("concerned"))
    return [_finding(one) for one in page(request, rows, ("-id",), cursor, limit)[0]]


@router.post("/{int:pk}/findings", auth=leading, response=answers(FindingOut, 201), operation_id="add_finding")
def add_finding(request: HttpRequest, pk: int, body: ConcernIn, key: Key = "") -> Any:
    """These are affected, too, and hear the next update; 422 where nobody is found."""

    def act() -> Any:
        made, count = _concerned(request, led_by(request, pk), body)
        made.count = count  # type: ignore[attr-defined]
        return _finding(made)

    return Status(201, once(request, key, {"finding of": pk, **body.dict()}, act))


@router.post(
    "/{int:pk}/findings/{int:finding}/remove",
    auth=leading,
    response=answers(list[FindingOut]),
    operation_id="remove_finding",
)
def remove_finding(request: HttpRequest, pk: int, finding: int, key: Key = "") -> Any:
    """It was a mistake; what they were told stays told.  Answers with the findings that are left."""

    def act() -> Any:
        incident = led_by(request, pk)
        found = Finding.objects.filter(incident=incident, pk=min(finding, LARGEST)).first()
        if found is None:
            raise HttpError(404, "not found")
        incident.leave_out(found, by=person(request))
        left = Finding.objects.filter(incident=incident).select_related("by").annotate(count=Count("concerned"))
        return [_finding(one) for one in left.order_by("-id")]

    return once(request, key, {"no finding": finding, "of": pk}, act)


@router.get("/{int:pk}/clients", auth=seeing_into, response=answers(list[ConcernedOut]), operation_id="list_concerned")
def list_concerned(request: HttpRequest, pk: int, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Whom it concerns without a ticket in it, of those whom the person knows."""
    user, rows = person(request), seen(request, pk).concerned
    if not user.sees_everything:
        people, wholes = contacts_known_to(user).values("pk"), clients_known_to(user).values("pk")
        rows = rows.filter(Q(contact__in=people) | Q(client__in=wholes))
    shown, _next = page(request, rows.select_related("contact", "client"), ("id",), cursor, limit)
    return [_whom(one) for one in shown]


def _concerned(request: HttpRequest, incident: Incident, body: ConcernIn) -> tuple[Finding, int]:
    user: Any = person(request)
    said = {"by": user, "why": body.why}
    if [bool(body.product), bool(body.tag), bool(body.contacts or body.organisations)].count(True) != 1:
        raise Invalid("name exactly one of product, tag, and contacts with organisations", "product")
    if body.product:
        product = Product.objects.filter(name=body.product, is_active=True).first()
        if product is None:
            raise Invalid("there is no such product in use", "product")
        return incident.concern_by_product(product, **said)
    if body.tag:
        return incident.concern_by_tag(body.tag, **said)
    people = set(contacts_known_to(user).filter(pk__in=body.contacts).values_list("pk", flat=True))
    wholes = set(clients_known_to(user).filter(pk__in=body.organisations).values_list("pk", flat=True))
    for field, asked, known in (("contacts", body.contacts, people), ("organisations", body.organisations, wholes)):
        if set(asked) - known:
            raise Invalid("not all of them are known to this person", field)
    return incident.concern(How.HAND, people=people, organisations=wholes, **said)


def _action(one: Action) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("id", "text", "due_on", "ended_at", "dropped", "result")}
    return told | {"owner": present.person_row(one.owner), "late": one.is_late}


def _finding(one: Any) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("id", "how", "source", "why", "at", "count")}
    return told | {"by": present.person_row(one.by)}


def _whom(one: Concerned) -> dict[str, Any]:
    whom = one.contact or one.client
    told = {"id": one.pk, "finding_id": one.finding_id, "name": whom.name if whom else ""}
    return told | {"contact_id": one.contact_id, "organisation_id": one.client_id}
