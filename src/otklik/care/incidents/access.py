"""Who sees incidents, who declares and attaches, who leads one: the one place that decides."""

from typing import TYPE_CHECKING

from otklik.core.staff.models import Role, User

if TYPE_CHECKING:
    from otklik.care.incidents.models import Action, Incident


def may_see(user: User) -> bool:
    """Everybody who answers clients has to know what is broken, and who looks at the department reads."""
    return user.is_active and (user.answers or user.sees_everything)


def may_declare(user: User) -> bool:
    """Declare one, make it more severe, attach requests: everybody who answers clients."""
    return user.is_active and user.answers


def may_lead(user: User, incident: "Incident") -> bool:
    """Write to its clients and change it: its leader, leads and the head."""
    return may_declare(user) and (user.pk == incident.leader_id or user.leads)


def may_end(user: User, action: "Action") -> bool:
    """End what changes after an incident: who does it, and who leads the incident."""
    return may_declare(user) and (user.pk == action.owner_id or may_lead(user, action.incident))


def can_be_leader(user: User) -> bool:
    return may_declare(user)


def heads_of_department() -> list[User]:
    """Who hears what its leader has let pass: the heads, else leads."""
    people = list(User.objects.filter(is_active=True, role__in=(Role.HEAD, Role.LEAD)).order_by("pk"))
    return [one for one in people if one.role == Role.HEAD] or people
