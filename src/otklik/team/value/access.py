"""Who sees what clients are worth, and who says by which margin: the one place that decides."""

from otklik.core.staff.models import User


def may_see(user: User) -> bool:
    """Who looks at the whole department."""
    return user.is_active and user.sees_everything


def may_set(user: User) -> bool:
    """The head and the administrator."""
    return may_see(user) and user.leads
