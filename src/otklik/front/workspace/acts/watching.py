"""Following a request without answering for it; whoever may read it may."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Watch
from otklik.front.workspace.acts.doors import done, failed, ticket_for
from otklik.front.workspace.door import person


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
