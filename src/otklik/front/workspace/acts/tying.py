"""Requests that belong together and stay two, and taking that back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Ticket, Tie
from otklik.front.workspace.acts import others
from otklik.front.workspace.acts.doors import act, done, failed
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person

TEMPLATE = "workspace/dialogs/tie.html"


@act("GET", "POST")
def tie(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """With another request, by its number or one that is offered."""
    near, told = others.offered(ticket, person(request)), request.POST
    kind = told.get("kind", Tie.Kind.DUPLICATE.value)
    context = {
        "others": near,
        "chosen": told.get("other", ""),
        "number": told.get("number", ""),
        "kinds": Tie.Kind.choices,
        "kind": kind,
    }
    if request.method == "GET":
        return dialog(request, ticket, TEMPLATE, context)
    try:
        other = others.meant(request, ticket)
        ticket.tie(kind, other, by=person(request))
    except Refused as error:
        return dialog(request, ticket, TEMPLATE, {**context, "error": error}, 422)
    return done(request, ticket, _("Linked with № %(number)s") % {"number": other.number}, about=True)


@act("POST")
def untie(request: HttpRequest, ticket: Ticket, pk: int) -> HttpResponse:
    """Take the link away; whoever may not see the other request does not know of it."""
    found = Tie.objects.of(ticket).seen_by(person(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    try:
        ticket.untie(found, by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    return done(request, ticket, _("The link is taken away"), about=True)
