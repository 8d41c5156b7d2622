"""A missed date: a letter that says so, begun for the agent to finish."""

from django.http import HttpRequest, HttpResponse

from otklik.desk.tickets import apologising
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts import state
from otklik.front.workspace.acts.doors import act
from otklik.front.workspace.acts.going import lead_to, ticket_page
from otklik.front.workspace.door import person


@act("POST")
def apologise(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Begin the letter: the page opens with it."""
    apologising.begin(ticket, by=person(request), work=state.working_time(ticket.team_id))
    return lead_to(request, ticket_page(ticket, request.POST.get("view", "")))
