"""Who decides a dispute: never the reviewer, never the person."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from otklik.core.staff.models import Role, User
from otklik.desk.tickets.errors import Invalid

if TYPE_CHECKING:
    from otklik.care.quality.models import Review

ABOVE = (Role.HEAD, Role.QUALITY, Role.ADMIN)


def decider_for(review: "Review") -> User:
    """A lead of the line, else the head, another controller, an administrator.  Raises Invalid where nobody is left."""
    others = User.objects.filter(is_active=True).exclude(pk__in=(review.reviewer_id, review.agent_id)).order_by("pk")
    lead = others.filter(role=Role.LEAD, memberships__team=review.team_id).first()
    if lead:
        return lead
    above = sorted(others.filter(role__in=ABOVE)[:50], key=lambda person: (ABOVE.index(Role(person.role)), person.pk))
    if not above:
        raise Invalid(_("There is nobody else who could decide it: appoint a lead or a head first."), "reason")
    return above[0]
