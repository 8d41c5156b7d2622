"""How long a client may be left without a word, and a request without an owner.

A date that the client was told is word enough; what this counts is the silence that nobody announced.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from otklik.desk.tickets import terms
from otklik.desk.tickets.models.states import NextStep

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket

PACE = 4
"""Next answers of the line in one update: two hours of the first line make a working day (METRICS V22)."""
WARNING = 0.75
"""The share of a time that may pass before its end is near."""


def word_due(ticket: "Ticket", since: datetime) -> datetime:
    """When the client must hear from us again: by their class, else at the pace of the line, in working time."""
    if promised := terms.current().update_due(ticket, since):
        return promised
    return _pace(ticket, since)


def owner_due(ticket: "Ticket", since: datetime) -> datetime:
    """By when a request in the queue must have an owner: the line has the time of a first answer for it."""
    return terms.current().first_answer_due(ticket, since)


def silence_ends(ticket: "Ticket", now: datetime) -> datetime:
    """Until when a request may be put aside without telling the client.

    An answer that is owed comes back while there is time to give it.
    """
    usual = word_due(ticket, now)
    if not ticket.waiting_since or not ticket.is_our_move or not ticket.due_at or not ticket.due_from:
        return usual
    if ticket.due_at <= now:  # a word that a class asks for brings it back by itself; an answer that is late does not
        is_answer = ticket.next_step == NextStep.ANSWER
        return now if is_answer or terms.current().update_every(ticket) is None else _pace(ticket, now)
    near = ticket.due_from + WARNING * (ticket.due_at - ticket.due_from)
    return min((moment for moment in (usual, near, ticket.due_at) if moment > now), default=now)


def _pace(ticket: "Ticket", since: datetime) -> datetime:
    within = PACE * ticket.team.next_answer.total_seconds()
    return ticket.team.calendar.working_time().due(since, within)
