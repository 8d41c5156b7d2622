"""Who may do what with a ticket: the one place that decides."""

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket


def can_answer(user: User, ticket: Ticket) -> bool:
    """Write to the client, note, assign, end: everybody who answers clients and may see the ticket."""
    return user.is_active and user.answers and can_see(user, ticket)


def can_see(user: User, ticket: Ticket) -> bool:
    return user.is_active and (user.sees_everything or ticket.team_id in user.team_ids or ticket.owner_id == user.pk)


def can_assign_others(user: User) -> bool:
    """Leads and above take a ticket from one person and give it to another."""
    return user.leads


def can_release_quarantine(user: User) -> bool:
    return user.administers or user.leads
