"""What other programs know of a client: fetched when the panel is seen, so that no page waits for anybody else.

Whoever may not see the request, the card or the panel gets a 404 before anything is asked of the program.
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.csp import CSP, build_policy
from django.views.decorators.http import require_safe

from otklik.core.egress import Refused
from otklik.core.egress.targets import target_of
from otklik.core.journal import clock
from otklik.desk.automation.models import Panel
from otklik.desk.automation.panels import access, asking, drawing
from otklik.desk.automation.panels.access import Beside
from otklik.desk.clients.sight import Place, looked
from otklik.desk.conversations.pages import Busy
from otklik.front.workspace.data_panels import address_of, beside_of
from otklik.front.workspace.door import person, ticket_of
from otklik.front.workspace.known import client_of, contact_of

LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Spot:
    """A panel and beside what it is looked at."""

    panel: Panel
    beside: Beside

    def address(self, what: str = "data_panel") -> str:
        return address_of(self.panel, self.beside, what)


@require_safe
def of_ticket(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    return _shown(request, _at_ticket(request, number, pk))


@require_safe
def of_contact(request: HttpRequest, pk: int, panel: int) -> HttpResponse:
    return _shown(request, _at_contact(request, pk, panel))


@require_safe
def of_client(request: HttpRequest, pk: int, panel: int) -> HttpResponse:
    return _shown(request, _at_client(request, pk, panel))


@require_safe
def frame_of_ticket(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    return _framed(request, _at_ticket(request, number, pk))


@require_safe
def frame_of_contact(request: HttpRequest, pk: int, panel: int) -> HttpResponse:
    return _framed(request, _at_contact(request, pk, panel))


@require_safe
def frame_of_client(request: HttpRequest, pk: int, panel: int) -> HttpResponse:
    return _framed(request, _at_client(request, pk, panel))


@require_safe
def page_of_ticket(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    return _opened(_at_ticket(request, number, pk))


@require_safe
def page_of_contact(request: HttpRequest, pk: int, panel: int) -> HttpResponse:
    return _opened(_at_contact(request, pk, panel))


@require_safe
def page_of_client(request: HttpRequest, pk: int, panel: int) -> HttpResponse:
    return _opened(_at_client(request, pk, panel))


def _at_ticket(request: HttpRequest, number: int, pk: int) -> Spot:
    found = ticket_of(request, number)
    place = _place(request, pk, beside_of(found.contact, found))
    if request.method != "HEAD":
        looked(found.contact, Place.TICKET, by=person(request))
    return place


def _at_contact(request: HttpRequest, pk: int, panel: int) -> Spot:
    return _place(request, panel, beside_of(contact_of(request, pk), None))


def _at_client(request: HttpRequest, pk: int, panel: int) -> Spot:
    return _place(request, panel, Beside.at_organisation(client_of(request, pk)))


def _place(request: HttpRequest, pk: int, beside: Beside) -> Spot:
    panel = get_object_or_404(Panel, pk=min(pk, LARGEST))
    if not access.sees(person(request), panel, beside):
        raise Http404
    return Spot(panel, beside)


def _shown(request: HttpRequest, place: Spot) -> HttpResponse:
    """The panel filled, or one calm line why it is not."""
    panel, again = place.panel, "again" in request.GET
    context = {"panel": panel, "address": place.address(), "again": again, "now": clock.now()}
    if panel.kind == Panel.Kind.FRAME:
        context |= {"frame": place.address("data_panel_frame"), "page": place.address("data_panel_page")}
        return render(request, "workspace/card/data_panel.html", context)
    try:
        context["shown"] = drawing.drawn(asking.ask(panel, place.beside, again=again))
    except asking.Resting as resting:
        context |= {"trouble": "resting", "until": resting.until}
    except asking.Failed as failed:
        context["trouble"] = failed.trouble
    except Busy:
        context["trouble"] = "busy"
    return render(request, "workspace/card/data_panel.html", context)


def _framed(request: HttpRequest, place: Spot) -> HttpResponse:
    """A page of ours with nothing but the window of theirs: its policy lets in this one site, our pages none."""
    panel = place.panel
    if panel.kind != Panel.Kind.FRAME:
        raise Http404
    try:
        origin = target_of(panel.url).origin
    except Refused:
        raise Http404 from None
    policy: dict[str, list[str]] = {
        "default-src": [CSP.NONE],
        "style-src": [CSP.SELF],
        "frame-src": [origin],
        "frame-ancestors": [CSP.SELF],
        "form-action": [CSP.NONE],
        "base-uri": [CSP.NONE],
    }
    try:
        context = {"panel": panel, "page": asking.page_address(panel, place.beside)}
    except asking.Failed:
        raise Http404 from None
    response = render(request, "workspace/card/data_panel_frame.html", context)
    response.headers["Content-Security-Policy"] = build_policy(policy)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.xframe_options_exempt = True  # that header says no to ourselves, too; the policy above does not
    return response


def _opened(place: Spot) -> HttpResponse:
    """To the page itself, in a tab of its own, with an address that is fresh."""
    if place.panel.kind != Panel.Kind.FRAME:
        raise Http404
    try:
        address = asking.page_address(place.panel, place.beside)
    except asking.Failed:
        raise Http404 from None
    return HttpResponseRedirect(address, headers={"Referrer-Policy": "no-referrer"})
