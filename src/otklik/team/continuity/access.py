"""Who writes plans for bad days: the one place that says so.  Everybody reads them, since they need them then."""

from otklik.core.staff.models import Role, User


def may_write(user: User) -> bool:
    """Write a plan, and say what a drill has shown."""
    return user.leads or user.role in (Role.HEAD, Role.ADMIN)


def may_approve(user: User) -> bool:
    return user.role in (Role.HEAD, Role.ADMIN)
