"""A missed date: a letter that says so, with a new date that can be kept, begun for the agent to finish."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from otklik.core.journal import clock
from otklik.desk.conversations.models import Draft
from otklik.desk.tickets import letters, presets
from otklik.desk.tickets.models import Promise, Ticket
from otklik.desk.tickets.presets import Hours
from otklik.front.workspace.acts import state
from otklik.front.workspace.acts.doors import act
from otklik.front.workspace.acts.going import lead_to, ticket_page
from otklik.front.workspace.door import person


@act("POST")
def apologise(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Begin the letter: regret, a place for the reason, the new date; what was typed already stands below."""
    user, draft = person(request), {"next": "promise", "until": _safe_date(ticket)}
    promise = Promise.objects.current_of(ticket.pk)
    with translation.override(letters.language_of(ticket)):
        text = letters.apology_of(ticket, promise.until if promise else None)
    kept = Draft.objects.filter(conversation=ticket.conversation_id, author=user, mode=Draft.Mode.REPLY).first()
    if kept is None or not kept.text.startswith(text):
        Draft.objects.bring_back(ticket.conversation, user, Draft.Mode.REPLY, text, draft)
    return lead_to(request, ticket_page(ticket, request.POST.get("view", "")))


def is_broken(promised: datetime | None) -> bool:
    """The date of the open promise has passed: the client heard nothing, whatever else is due before."""
    return promised is not None and promised < clock.now()


def _safe_date(ticket: Ticket) -> str:
    """Not the nearest of the dates offered: the second time it must be kept."""
    hours = Hours(state.working_time(ticket.team_id), letters.zone_of(ticket))
    offered = presets.for_promise(clock.now(), hours)
    return offered[min(1, len(offered) - 1)].isoformat() if offered else ""
