"""Two specialists on one request: ask a colleague in, let them go, and take either back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from otklik.core.staff.models import Team, User
from otklik.desk.routing import colleagues
from otklik.desk.routing.colleagues import Colleague
from otklik.desk.tickets.errors import Invalid, Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act, done, failed
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person

TEMPLATE = "workspace/dialogs/together.html"


@act("GET", "POST")
def invite(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """A colleague of any line; those who work on it already stand above, with a way out."""
    people = _people(ticket)
    context = {
        "people": people,
        "partners": ticket.partners.now().select_related("user", "by").order_by("id"),
        "chosen": request.POST.get("user", ""),
        "shown": "shown" in request.POST,
    }
    if request.method == "GET":
        return dialog(request, ticket, TEMPLATE, context)
    try:
        user = next((one.person for one in people if str(one.person.pk) == request.POST.get("user")), None)
        if user is None:
            raise Invalid(_("Choose a colleague."), "user")
        ticket.invite(user, by=person(request), shown="shown" in request.POST)
    except Refused as error:
        return dialog(request, ticket, TEMPLATE, {**context, "error": error}, 422)
    undo = reverse("workspace:part", args=[ticket.number, user.pk])
    return done(request, ticket, _("%(name)s works on it as well") % {"name": user.name}, undo=undo)


@act("POST")
def part(request: HttpRequest, ticket: Ticket, pk: int) -> HttpResponse:
    """They work on it no more; they themselves may say so, and every colleague who may answer here."""
    user = _known(ticket, pk)
    try:
        ticket.part(user, by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    undo = reverse("workspace:partner_back", args=[ticket.number, pk])
    return done(request, ticket, _("%(name)s works on it no more") % {"name": user.name}, undo=undo)


@act("POST")
def back(request: HttpRequest, ticket: Ticket, pk: int) -> HttpResponse:
    """The leaving was a slip: as it was before."""
    user, last = _known(ticket, pk), ticket.partners.filter(user=pk).order_by("-id").first()
    try:
        ticket.invite(user, by=person(request), shown=bool(last and last.shown))
    except Refused as error:
        return failed(request, ticket, error)
    return done(request, ticket, _("%(name)s works on it as well") % {"name": user.name})


def _people(ticket: Ticket) -> list[Colleague]:
    """Everybody who answers clients, those of the ticket's line first; neither the owner nor who is asked already."""
    known = colleagues.of_lines(Team.objects.active().values_list("pk", flat=True))
    others = [one for one in known if one.person.pk not in (ticket.owner_id, *ticket.works_with)]
    return sorted(others, key=lambda one: (bool(one.away), ticket.team_id not in one.lines))


def _known(ticket: Ticket, pk: int) -> User:
    """Somebody who works or worked on it; nobody else is told to exist."""
    found = ticket.partners.select_related("user").filter(user=pk).order_by("-id").first()
    if found is None:
        raise Http404
    return found.user
