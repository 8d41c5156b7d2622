"""A missed date: a letter that says so, with a new date that can be kept, begun for the agent to finish."""

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from otklik.core.journal import clock
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets import letters, presets
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.states import NextStep
from otklik.desk.tickets.presets import Hours
from otklik.front.workspace.acts import state
from otklik.front.workspace.acts.doors import act
from otklik.front.workspace.acts.going import lead_to, ticket_page
from otklik.front.workspace.door import person


@act("POST")
def apologise(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Begin the letter: regret, a place for the reason, the new date; what was typed already stands below."""
    user, draft = person(request), {"next": "promise", "until": _safe_date(ticket)}
    with translation.override(letters.language_of(ticket)):
        text = letters.apology_of(ticket)
    kept = Draft.objects.filter(conversation=ticket.conversation_id, author=user, mode=Draft.Mode.REPLY).first()
    if kept is None or not kept.text.startswith(text):
        Draft.objects.bring_back(ticket.conversation, user, Draft.Mode.REPLY, text, draft)
    return lead_to(request, ticket_page(ticket, request.POST.get("view", "")))


def is_broken(ticket: Ticket) -> bool:
    """The promised date has passed and the client heard nothing."""
    return ticket.next_step == NextStep.KEEP_PROMISE and ticket.due_at is not None and ticket.due_at < clock.now()


def _safe_date(ticket: Ticket) -> str:
    """Not the nearest of the dates offered: the second time it must be kept."""
    hours = Hours(state.working_time(ticket.team_id), letters.zone_of(ticket))
    offered = presets.for_promise(clock.now(), hours)
    return offered[min(1, len(offered) - 1)].isoformat() if offered else ""
