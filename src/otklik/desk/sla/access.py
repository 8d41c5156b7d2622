"""Who promises a class to somebody: the one place that decides."""

from otklik.core.staff.models import User


def may_agree(user: User) -> bool:
    """As in the settings of classes: administrators."""
    return user.is_active and user.administers
