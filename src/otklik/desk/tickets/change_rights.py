"""Who decides on a change: a lead who may see the request, the head, or who stands in for one of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from otklik.core.journal import clock
from otklik.core.staff.deputies import may_decide_for
from otklik.core.staff.models import Absence, Role, User

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Change, Ticket


@dataclass(frozen=True)
class Right:
    """To decide; `lead` is for whom a deputy does."""

    lead: User | None = None


def deciders(ticket: "Ticket") -> QuerySet[User]:
    """Leads of the line and the heads."""
    lead = Q(role=Role.LEAD, memberships__team=ticket.team_id)
    return User.objects.filter(lead | Q(role=Role.HEAD), is_active=True).distinct()


def right_of(user: User, change: "Change") -> Right | None:
    """None for everybody else, and for who wrote the change or asked for it."""
    from otklik.desk.tickets.access import can_answer

    if user.pk in (change.by_id, change.asked_by_id) or not can_answer(user, change.ticket):
        return None
    if user.leads:
        return Right()
    asked_by = change.asked_by or change.by
    away = Absence.objects.at(clock.now()).filter(user__in=deciders(change.ticket)).select_related("user")
    found = (one.user for one in away if one.user_id not in (change.by_id, change.asked_by_id))
    return next((Right(lead) for lead in found if may_decide_for(user, lead, asked_by=asked_by)), None)
