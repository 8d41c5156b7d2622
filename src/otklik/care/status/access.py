"""Who writes on the status page and who decides what it has: the one place that decides.  Reading it is everybody's."""

from otklik.core.staff.models import User


def may_see(user: User) -> bool:
    """What stands behind the page: reasons of ours, checks, figures."""
    return user.is_active and (user.leads or user.sees_everything)


def may_write(user: User) -> bool:
    """Set a state, announce works, write a report: leads, the head, the administrator."""
    return user.is_active and user.leads


def may_set(user: User) -> bool:
    """Components, checks, targets, credits."""
    return user.is_active and user.administers


def setters() -> list[User]:
    """Who is told that a check cannot ask: who may set it right."""
    return [one for one in User.objects.filter(is_active=True).order_by("pk") if may_set(one)]


def hearers() -> list[User]:
    """Who is told of what the checks find: who leads."""
    return [one for one in User.objects.filter(is_active=True).order_by("pk") if one.leads and one.answers]
