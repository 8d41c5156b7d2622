"""Colleagues and lines that can be named in a note."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from otklik.core.staff.models import Team
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act
from otklik.front.workspace.door import person


@act("GET")
def names(request: HttpRequest, ticket: Ticket) -> JsonResponse:
    """Everybody else who may see the request, then the lines: of each of them those hear who may see it."""
    people = ticket.readers().exclude(pk=person(request).pk).values_list("pk", "name", "title")
    lines = Team.objects.active().values_list("pk", "name")
    told = [{"id": pk, "name": name, "title": title} for pk, name, title in people]
    told += [{"id": f"line-{pk}", "name": name, "title": _("the whole line")} for pk, name in lines]
    return JsonResponse({"people": told})
