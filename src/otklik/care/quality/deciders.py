"""Who decides a dispute: never the reviewer, never the person."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from otklik.core.staff.models import Role, User
from otklik.desk.tickets.errors import Invalid

if TYPE_CHECKING:
    from otklik.care.quality.models import Review

ABOVE = (Role.HEAD, Role.QUALITY, Role.ADMIN)
MOST = 50


def deciders_of(review: "Review") -> list[User]:
    """Who may decide it, the nearest first: leads of the line, the head, other controllers, administrators."""
    others = User.objects.filter(is_active=True).exclude(pk__in=(review.reviewer_id, review.agent_id)).order_by("pk")
    leads = others.filter(role=Role.LEAD, memberships__team=review.team_id)[:MOST]
    above = others.filter(role__in=ABOVE)[:MOST]
    return [*leads, *sorted(above, key=lambda person: ABOVE.index(Role(person.role)))]


def decider_for(review: "Review", other_than: User | None = None) -> User:
    """The nearest.  Raises Invalid where nobody is left."""
    found = next((one for one in deciders_of(review) if one != other_than), None)
    if found is None:
        raise Invalid(_("There is nobody else who could decide it: appoint a lead or a head first."), "reason")
    return found
