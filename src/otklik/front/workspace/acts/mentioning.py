"""Colleagues who can be named in a note."""

from django.http import HttpRequest, JsonResponse

from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.doors import act
from otklik.front.workspace.door import person


@act("GET")
def names(request: HttpRequest, ticket: Ticket) -> JsonResponse:
    """Everybody else who may see the request."""
    people = ticket.readers().exclude(pk=person(request).pk).values_list("pk", "name", "title")
    return JsonResponse({"people": [{"id": pk, "name": name, "title": title} for pk, name, title in people]})
