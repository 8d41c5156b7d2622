"""Two requests become one, and the way back from that and from everything that was moved."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Relocation, Ticket
from otklik.front.workspace.acts import others
from otklik.front.workspace.acts.doors import act, failed
from otklik.front.workspace.acts.going import lead_to, ticket_page
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person

TEMPLATE = "workspace/dialogs/join.html"


@act("GET", "POST")
def join(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """With another request: by its number or one that is offered; `?with=` chooses one of these beforehand.

    With `quick`, the press of one button, a refusal is a line at the foot of the page.
    """
    if request.method == "GET":
        return _ask(request, ticket, {"chosen": request.GET.get("with", "")})
    told: dict[str, Any] = {"chosen": request.POST.get("other", ""), "number": request.POST.get("number", "")}
    try:
        other = others.meant(request, ticket)
        told["other"] = other
        gone, stays = _which(ticket, other, request.POST.get("stays", ""))
        done = gone.merge_into(stays, by=person(request), disclose=request.POST.get("disclose") == "on")
    except Refused as error:
        if request.POST.get("quick"):
            return failed(request, ticket, error)
        return _ask(request, ticket, {**told, "stays": request.POST.get("stays", ""), "error": error}, 422)
    return relocated(request, done, stays, _("№ %(number)s is joined to this request") % {"number": gone.number})


@act("POST")
def bring_back(request: HttpRequest, ticket: Ticket, pk: int) -> HttpResponse:
    """Undo: whoever may answer both requests."""
    relocation = Relocation.objects.of(ticket).select_related("target", "source").filter(pk=pk).first()
    if relocation is None:
        raise Http404
    visible = Ticket.objects.visible_to(person(request)).select_related("conversation", "contact", "team", "owner")
    both = visible.in_bulk([relocation.source_id, relocation.target_id])
    if len(both) < 2:
        raise Http404
    source = both[relocation.source_id]
    relocation.target = both[relocation.target_id]
    try:
        source.bring_back(relocation, by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    messages.success(request, _("Undone: everything is where it was"))
    return lead_to(request, ticket_page(source, request.POST.get("view", "")))


def relocated(request: HttpRequest, done: Relocation, onto: Ticket, text: str) -> HttpResponse:
    """On to the page where the messages are read now; one press takes it back."""
    undo = reverse("workspace:bring_back", args=[onto.number, done.pk])
    messages.success(request, text, extra_tags=undo)
    return lead_to(request, ticket_page(onto, request.POST.get("view", "")))


def _which(ticket: Ticket, other: Ticket, stays: str) -> tuple[Ticket, Ticket]:
    """(what ends, what goes on): as it was chosen, else as the desk would choose."""
    older, newer = sorted((ticket, other), key=lambda one: one.pk)
    if stays == "newer":
        return older, newer
    return (other, ticket) if ticket.outlives(other) else (ticket, other)


def _ask(request: HttpRequest, ticket: Ticket, told: dict[str, Any], status: int = 200) -> HttpResponse:
    near = others.offered(ticket, person(request))
    chosen = told["chosen"] if told["chosen"].isdecimal() else ""
    first = str(near[0].pk) if near and not told.get("number") else ""
    context = {"others": near, "stays": "", **told, "chosen": chosen or first}
    return dialog(request, ticket, TEMPLATE, context, status)
