"""Who sees an alert, who may change it, whom it may wake: the one place that decides."""

from typing import TYPE_CHECKING

from otklik.core.staff.models import User

if TYPE_CHECKING:
    from otklik.team.alerts.models import Alert


def may_watch(user: User) -> bool:
    """Leads, and who looks at the whole department."""
    return user.leads or user.sees_everything


def may_change(user: User, alert: "Alert") -> bool:
    """Whose it is, and who leads; quality controllers have alerts of their own."""
    return user.leads or alert.owner_id == user.pk


def may_hear(user: User, alert: "Alert", lines: set[int]) -> bool:
    """A notice repeats a figure: only who may look at it is told.  `lines` are those of the person."""
    if alert.metric and alert.measured.has_readers and user.pk != alert.owner_id:
        return False
    return user.is_active and may_watch(user) and (user.sees_everything or alert.team_id in lines)
