"""Who takes part beside the client: let in, or kept out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from otklik.core.ui.show import wants_part
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.acts.composing import Composer
from otklik.front.workspace.acts.doors import act, announce, changed, failed
from otklik.front.workspace.acts.going import ticket_page
from otklik.front.workspace.door import person


@act("POST")
def settle(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """`address` is let in (`let_in=on`) or kept out; the row of people and the addressees are drawn anew."""
    let_in = request.POST.get("let_in") == "on"
    try:
        decided = ticket.settle(request.POST.get("address", ""), let_in=let_in, by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    view = request.POST.get("view", "")
    if not wants_part(request):
        return redirect(ticket_page(ticket, view))
    composer = Composer.begin(ticket, person(request), view)
    if let_in:  # also where a draft was begun without them
        people = composer.people
        composer.people = people.chosen(people.to, list(dict.fromkeys([*people.cc, decided.address])))
    answer = render(request, "workspace/composer/company_news.html", {"ticket": ticket, "composer": composer})
    return announce(answer, changed(ticket))
