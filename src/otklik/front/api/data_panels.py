"""Data panels: set up, tried and removed by programs; what they tell is read in `panels_shown`."""

import json
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.core.journal import clock
from otklik.core.staff.models import Team
from otklik.desk.automation.addresses import check_address
from otklik.desk.automation.models import Panel
from otklik.desk.automation.panels import access, asking
from otklik.desk.automation.panels.access import Beside
from otklik.desk.clients.sight import Place, looked
from otklik.desk.conversations.pages import Busy
from otklik.desk.tickets.models import Ticket, Topic
from otklik.front.api.auth import automating, person
from otklik.front.api.doors import answers
from otklik.front.api.keeping import administrator, found, named, renewed, told
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas import data_panels as shapes

router = Router(tags=["panels"])


@router.get("", auth=automating, response=answers(list[shapes.PanelOut]), operation_id="list_panels")
def list_panels(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    administrator(request)
    shown, _next = page(request, Panel.objects.all(), ("name", "id"), cursor, limit)
    lines = _lines()
    return [panel_row(one, lines) for one in shown]


@router.get("/{int:pk}", auth=automating, response=answers(shapes.PanelOut), operation_id="read_panel")
def read_panel(request: HttpRequest, pk: int) -> Any:
    """One of them with how its program is, without its secret."""
    administrator(request)
    return panel_row(found(Panel, pk), _lines())


@router.post("", auth=automating, response=answers(shapes.PanelSecretOut, 201), operation_id="create_panel")
def create_panel(request: HttpRequest, body: shapes.PanelIn, key: Key = "") -> Any:
    """Its secret is told in this answer and never again."""
    administrator(request)

    def act() -> int:
        panel = Panel()
        with transaction.atomic():
            _set(request, panel, body)
            panel.renew_secret()
            panel.keep(person(request))
        return panel.pk

    return Status(201, _with_secret(once(request, key, {"panel": body.dict()}, act)))


@router.put("/{int:pk}", auth=automating, response=answers(shapes.PanelOut), operation_id="replace_panel")
def replace_panel(request: HttpRequest, pk: int, body: shapes.PanelIn) -> Any:
    administrator(request)
    panel = found(Panel, pk)
    with transaction.atomic():
        _set(request, panel, body)
        panel.keep(person(request))
    return panel_row(panel, _lines())


@router.post(
    "/{int:pk}/secret", auth=automating, response=answers(shapes.PanelSecretOut), operation_id="renew_panel_secret"
)
def renew_panel_secret(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """A new secret; the one of before signs beside it for three days.

    Send a key: renewed twice because an answer was lost, the secret that your program knows would be gone.
    """
    administrator(request)
    return _with_secret(renewed(request, found(Panel, pk), "data panel", key, {"secret of panel": pk}))


@router.post("/{int:pk}/remove", auth=automating, response=answers(list[shapes.PanelOut]), operation_id="remove_panel")
def remove_panel(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Nobody sees it any more, and its secret is gone.  Answers with those that are left."""
    administrator(request)

    def act() -> Any:
        with transaction.atomic():
            panel = found(Panel, pk)
            told(request, "data panel", panel.name)
            panel.delete()
        lines = _lines()
        return [panel_row(one, lines) for one in Panel.objects.all()]

    return once(request, key, {"no panel": pk}, act)


@router.post("/{int:pk}/test", auth=automating, response=answers(shapes.TrialOut), operation_id="test_panel")
def test_panel(request: HttpRequest, pk: int, body: shapes.TrialIn) -> Any:
    """Ask the program about one request, at once and whatever it did before."""
    administrator(request)
    panel, user = found(Panel, pk), person(request)
    rows = Ticket.objects.visible_to(user).select_related("team", "contact__client")
    ticket = rows.filter(pk=body.ticket).first()
    if ticket is None:
        raise HttpError(422, "ticket: there is none of this number")
    looked(ticket.contact, Place.API, by=user)
    try:
        return _tried(panel, Beside.at(ticket.contact, ticket))
    except Busy:
        raise HttpError(503, "too many panels are being asked at this moment: try again") from None


def _tried(panel: Panel, beside: Beside) -> dict[str, Any]:
    plain: dict[str, Any] = {"fits": access.fits(panel, beside), "address": "", "head": {}, "body": "", "status": None}
    plain |= {"took_ms": 0, "trouble": "", "said": "", "content": None}
    if panel.kind == Panel.Kind.FRAME:
        try:
            return plain | {"address": asking.page_address(panel, beside)}
        except asking.Failed as failed:
            return plain | {"trouble": failed.trouble}
    talk = asking.try_out(panel, beside)
    plain |= {"head": dict(talk.head), "body": talk.body.decode(), "status": talk.status, "took_ms": talk.took_ms}
    if talk.failed:
        return plain | {"trouble": talk.failed.trouble, "said": str(talk.failed.said)}
    return plain | {"content": json.loads(talk.came.decode("utf-8-sig")) if talk.came else {}}


def _set(request: HttpRequest, panel: Panel, body: shapes.PanelIn) -> None:
    lines = {name: pk for pk, name in _lines().items()}
    if strange := next((name for name in body.lines if name not in lines), None):
        raise HttpError(422, f"lines: there is no {strange[:40]}")
    if body.topic is not None and not Topic.objects.filter(pk=body.topic).exists():
        raise HttpError(422, "topic: there is none with this id")
    panel.name, panel.url, panel.is_active = named(body.name), check_address(body.url), body.on
    panel.lines = list(dict.fromkeys(lines[name] for name in body.lines))
    panel.tells, panel.roles = list(dict.fromkeys(body.tells)), list(dict.fromkeys(body.roles))
    panel.kind, panel.topic_id, panel.clients = body.kind, body.topic, body.clients
    panel.on_cards, panel.opens, panel.height = body.on_cards, body.opens, body.height
    panel.on_organisations = body.on_organisations
    told(request, "data panel", panel.name)


def _with_secret(pk: int) -> dict[str, Any]:
    """Under its key the number alone is kept: the secret stands nowhere but sealed."""
    panel = found(Panel, pk)
    return {**panel_row(panel, _lines()), "secret": panel.secrets_at(clock.now())[0]}


def _lines() -> dict[int, str]:
    return dict(Team.objects.values_list("pk", "name"))


def panel_row(panel: Panel, lines: dict[int, str]) -> dict[str, Any]:
    """`lines` names every line of the house; one that is gone is told by nothing."""
    names = (
        *("name", "kind", "url", "tells", "roles", "clients", "on_cards", "on_organisations", "opens", "height"),
        *("state", "answered_at", "failing_since", "trouble", "rest_until"),
    )
    plain = {**{name: getattr(panel, name) for name in names}, "trouble_said": str(panel.trouble_said)}
    return {**plain, "id": panel.pk, "topic": panel.topic_id, "lines": [lines[pk] for pk in panel.lines if pk in lines]}
