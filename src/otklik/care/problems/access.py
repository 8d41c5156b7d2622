"""Who sees problems, who begins and leads one, who decides to live with it: the one place that decides."""

from typing import TYPE_CHECKING

from otklik.core.staff.models import Role, User

if TYPE_CHECKING:
    from otklik.care.problems.models import Problem


def may_see(user: User) -> bool:
    """Everybody who answers clients has to know what helps, and who looks at the department reads."""
    return user.is_active and (user.answers or user.sees_everything)


def may_begin(user: User) -> bool:
    """Begin one, link requests: everybody who answers clients."""
    return user.is_active and user.answers


def may_lead(user: User, problem: "Problem") -> bool:
    """Change it: its owner, leads and the head."""
    return may_begin(user) and (user.pk == problem.owner_id or user.leads)


def may_decide(user: User) -> bool:
    """Say that a problem stays, or that a candidate is none: who leads."""
    return may_begin(user) and user.leads


def can_own(user: User) -> bool:
    return may_begin(user)


def heads_of_department() -> list[User]:
    """Who hears what its owner has let pass: the heads, else leads."""
    people = list(User.objects.filter(is_active=True, role__in=(Role.HEAD, Role.LEAD)).order_by("pk"))
    return [one for one in people if one.role == Role.HEAD] or people
