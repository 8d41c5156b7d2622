"""Who decides on a change: a lead of the line, the head, or who stands in for one of them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from otklik.core.journal import clock
from otklik.core.staff.deputies import may_decide_for
from otklik.core.staff.models import Absence, Role, User
from otklik.desk.tickets import approving

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Change


@dataclass(frozen=True)
class Right:
    """To decide; `lead` is for whom a deputy does."""

    lead: User | None = None


def right_of(user: User, change: "Change") -> Right | None:
    """None for everybody else, and for who wrote the change or asked for it."""
    from otklik.desk.tickets.access import can_answer

    if user.pk in (change.by_id, change.asked_by_id) or not can_answer(user, change.ticket):
        return None
    line = change.ticket.team_id
    if approving.decides_at(user, line):
        return Right()
    asked_by = change.asked_by or change.by
    leads = Q(user__role=Role.LEAD, user__memberships__team=line) | Q(user__role=Role.HEAD)
    away = Absence.objects.at(clock.now()).filter(leads, user__is_active=True).distinct().select_related("user")
    found = (one.user for one in away if one.user_id not in (change.by_id, change.asked_by_id))
    return next((Right(lead) for lead in found if may_decide_for(user, lead, asked_by=asked_by)), None)
