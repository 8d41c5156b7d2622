"""Who decides a dispute, never the reviewer, never the person; and who talks about an error with them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from otklik.core.staff.models import Role, User
from otklik.desk.tickets.errors import Invalid

if TYPE_CHECKING:
    from otklik.care.quality.models import Review

ABOVE = (Role.HEAD, Role.QUALITY, Role.ADMIN)
MOST = 50


def nearest(roles: Sequence[Role], *other_than: int | None) -> list[User]:
    """Who has one of these roles, in the order of the roles; without those of these numbers."""
    there = User.objects.filter(is_active=True, role__in=roles).exclude(pk__in=filter(None, other_than))
    return sorted(there.order_by("pk")[:MOST], key=lambda person: roles.index(Role(person.role)))


def deciders_of(review: "Review") -> list[User]:
    """Who may decide it, the nearest first: leads of the line, the head, other controllers, administrators."""
    parties = (review.reviewer_id, review.agent_id)
    return [*_leads(review, *parties), *nearest(ABOVE, *parties)]


def coach_of(review: "Review") -> User | None:
    """Who talks about an error with the person: a lead of the line, the head, whoever reviewed it, else the nearest."""
    reviewer = [review.reviewer] if review.reviewer.is_active else []
    there = [*_leads(review, review.agent_id), *nearest((Role.HEAD,), review.agent_id), *reviewer]
    return next(iter([*there, *nearest(ABOVE, review.agent_id)]), None)


def _leads(review: "Review", *other_than: int) -> list[User]:
    leads = User.objects.filter(is_active=True, role=Role.LEAD, memberships__team=review.team_id)
    return list(leads.exclude(pk__in=other_than).order_by("pk")[:MOST])


def decider_for(review: "Review", other_than: User | None = None) -> User:
    """The nearest.  Raises Invalid where nobody is left."""
    found = next((one for one in deciders_of(review) if one != other_than), None)
    if found is None:
        raise Invalid(_("There is nobody else who could decide it: appoint a lead or a head first."), "reason")
    return found
