"""Following a request without answering for it; whoever may read it may."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from otklik.core.staff.models import User
from otklik.desk.routing import watchers
from otklik.desk.tickets.errors import Conflict, Invalid, Refused
from otklik.desk.tickets.models import Ticket, Watch
from otklik.front.workspace.acts.doors import done, failed, ticket_for
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person

TEMPLATE = "workspace/dialogs/watchers.html"


@login_required
@require_POST
def watch(request: HttpRequest, number: int) -> HttpResponse:
    """`on` watches, anything else leaves."""
    ticket = ticket_for(request, number)
    if request.POST.get("watch") != "on":
        Watch.objects.drop(ticket, person(request))
        return done(request, ticket, _("You are told of it no more"))
    try:
        Watch.objects.put(ticket, person(request))
    except Refused as error:
        return failed(request, ticket, error)
    return done(request, ticket, _("You are told what becomes of it"))


@login_required
@require_http_methods(["GET", "POST"])
def others(request: HttpRequest, number: int) -> HttpResponse:
    """Colleagues who may see the request and do not watch it yet are asked to; one press takes it back."""
    ticket = ticket_for(request, number)
    watching = list(Watch.objects.filter(ticket=ticket).order_by("pk").values_list("user", "user__name"))
    known = {pk for pk, _name in watching}
    people = list(ticket.readers().exclude(pk__in=[*known, person(request).pk]))
    context = {"people": people, "watching": [name for _pk, name in watching]}
    if request.method == "GET":
        return dialog(request, ticket, TEMPLATE, context)
    chosen = [one for one in people if str(one.pk) in request.POST.getlist("people")]
    try:
        return _asked(request, ticket, chosen)
    except Refused as error:
        return dialog(request, ticket, TEMPLATE, {**context, "error": error}, 422)


def _asked(request: HttpRequest, ticket: Ticket, people: list[User]) -> HttpResponse:
    if not people:
        raise Invalid(_("Choose a colleague."), "people")
    outcome = watchers.ask([ticket], people, by=person(request))
    if outcome.refused:
        raise Conflict(next(iter(outcome.refused)))
    undo = reverse("workspace:bulk_undo", args=[outcome.batch.pk]) if outcome.batch else ""
    names = ", ".join(one.name for one in people)
    return done(request, ticket, _("Asked to watch: %(names)s") % {"names": names}, undo=undo)
