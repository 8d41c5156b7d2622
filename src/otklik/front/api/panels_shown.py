"""What data panels tell beside a ticket, on a card, on an organisation's page: for the person, as they would see it.

What comes is of another program and is kept nowhere; so it has a scope of its own (docs/decisions/0136).
"""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.core.staff.models import User
from otklik.desk.automation.models import Panel
from otklik.desk.automation.panels import access, asking
from otklik.desk.automation.panels.access import Beside
from otklik.desk.automation.panels.vocabulary import Cell, Content
from otklik.desk.clients.sight import Place, looked
from otklik.desk.conversations.pages import Busy
from otklik.front.api.auth import looking_beside, person
from otklik.front.api.doors import answers, visible
from otklik.front.api.holders import LARGEST, contact_of, organisation_of
from otklik.front.api.schemas.data_panels import PanelHere, PanelShown

of_ticket = Router(tags=["panels"])
of_contacts, of_organisations = Router(tags=["panels"]), Router(tags=["panels"])
HERE, SHOWN = answers(list[PanelHere]), answers(PanelShown)


@of_ticket.get("/{int:number}/panels", auth=looking_beside, response=HERE, operation_id="list_panels_of_ticket")
def of_a_ticket(request: HttpRequest, number: int) -> Any:
    """Those that stand beside it for the person, by name; nothing is asked of their programs."""
    return _here(person(request), _at_ticket(request, number))


@of_ticket.get(
    "/{int:number}/panels/{int:pk}", auth=looking_beside, response=SHOWN, operation_id="read_panel_of_ticket"
)
def read_of_ticket(request: HttpRequest, number: int, pk: int, again: bool = False) -> Any:
    """What the program says now, or said some seconds ago; `again` asks it anew.  Two seconds at most."""
    return _shown(person(request), _at_ticket(request, number), pk, again=again)


@of_contacts.get("/{int:pk}/panels", auth=looking_beside, response=HERE, operation_id="list_panels_of_contact")
def of_a_contact(request: HttpRequest, pk: int) -> Any:
    """Those of the card of a person."""
    return _here(person(request), Beside.at(contact_of(request, pk), None))


@of_contacts.get(
    "/{int:pk}/panels/{int:panel}", auth=looking_beside, response=SHOWN, operation_id="read_panel_of_contact"
)
def read_of_contact(request: HttpRequest, pk: int, panel: int, again: bool = False) -> Any:
    """What the program says of a person."""
    return _shown(person(request), Beside.at(contact_of(request, pk), None), panel, again=again)


@of_organisations.get(
    "/{int:pk}/panels", auth=looking_beside, response=HERE, operation_id="list_panels_of_organisation"
)
def of_an_organisation(request: HttpRequest, pk: int) -> Any:
    """Those of an organisation's own page."""
    return _here(person(request), Beside.at_organisation(organisation_of(request, pk)))


@of_organisations.get(
    "/{int:pk}/panels/{int:panel}", auth=looking_beside, response=SHOWN, operation_id="read_panel_of_organisation"
)
def read_of_organisation(request: HttpRequest, pk: int, panel: int, again: bool = False) -> Any:
    """What the program says of an organisation."""
    return _shown(person(request), Beside.at_organisation(organisation_of(request, pk)), panel, again=again)


def _at_ticket(request: HttpRequest, number: int) -> Beside:
    ticket = visible(request, number)
    looked(ticket.contact, Place.API, by=person(request))
    return Beside.at(ticket.contact, ticket)


def _here(user: User, beside: Beside) -> list[dict[str, Any]]:
    return [_row(panel) for panel in access.shown(user, beside)]


def _shown(user: User, beside: Beside, pk: int, *, again: bool) -> dict[str, Any]:
    """404 for one that does not stand here for this person, before anything is asked."""
    panel = Panel.objects.filter(pk=min(pk, LARGEST)).first()
    if panel is None or not access.sees(user, panel, beside):
        raise HttpError(404, "not found")
    told = {**_row(panel), "content": None, "address": "", "trouble": "", "rest_until": None}
    try:
        if panel.kind == Panel.Kind.FRAME:
            return told | {"address": asking.page_address(panel, beside)}
        return told | {"content": content_row(asking.ask(panel, beside, again=again))}
    except asking.Resting as resting:
        return told | {"trouble": "resting", "rest_until": resting.until}
    except asking.Failed as failed:
        return told | {"trouble": failed.trouble.value}
    except Busy:
        raise HttpError(503, "too many panels are being asked at this moment: try again") from None


def _row(panel: Panel) -> dict[str, Any]:
    return {"id": panel.pk, **{name: getattr(panel, name) for name in ("name", "kind", "opens")}}


def content_row(content: Content) -> dict[str, Any]:
    return {
        **{name: getattr(content, name) for name in ("title", "notice", "tone")},
        "rows": [{"label": row.label, "value": _cell(row.cell)} for row in content.rows],
        "tables": [
            {"title": one.title, "heads": list(one.heads), "rows": [list(map(_cell, line)) for line in one.lines]}
            for one in content.tables
        ],
        "actions": [{"label": one.label, "href": one.href} for one in content.actions],
    }


def _cell(one: Cell) -> dict[str, Any]:
    names = ("kind", "text", "tone", "href", "currency", "day", "moment")
    amount = None if one.amount is None else format(one.amount, "f")
    return {**{name: getattr(one, name) for name in names}, "amount": amount}
