"""Who sees what is ahead of clients, and who writes to them: the one place that decides."""

from otklik.core.staff.models import User


def may_see(user: User) -> bool:
    """Who answers clients may look at the card of each, and so at what is ahead of them; who looks at all reads."""
    return user.is_active and (user.answers or user.sees_everything)


def may_write(user: User) -> bool:
    return user.is_active and user.answers


def may_set(user: User) -> bool:
    """How long before, and whether by itself."""
    return user.is_active and user.leads
