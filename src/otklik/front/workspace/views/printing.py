"""What somebody put on paper: the trail says who, when and which request or card; the page tells as it is printed."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from otklik.core.audit.writing import note
from otklik.front.workspace.door import ticket_of
from otklik.front.workspace.known import client_of, contact_of

KIND = "audit.printed"


@require_POST
def ticket(request: HttpRequest, number: int) -> HttpResponse:
    note(KIND, "tickets.Ticket", ticket_of(request, number).pk)
    return HttpResponse(status=204)


@require_POST
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    note(KIND, "clients.Contact", contact_of(request, pk).pk)
    return HttpResponse(status=204)


@require_POST
def client(request: HttpRequest, pk: int) -> HttpResponse:
    note(KIND, "clients.Client", client_of(request, pk).pk)
    return HttpResponse(status=204)
