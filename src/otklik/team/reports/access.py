"""Who may make reports, look at them, and see one as another gets it: the one place that says so."""

from typing import TYPE_CHECKING

from otklik.core.staff.models import User

if TYPE_CHECKING:
    from otklik.team.reports.models import Report


def may_make(user: User) -> bool:
    """Leads, and who looks at the whole department."""
    return user.leads or user.sees_everything


def may_change(user: User, report: "Report") -> bool:
    """One's own; who leads the department any, so that none goes on for ever when its owner leaves."""
    return report.owner_id == user.pk or (user.leads and user.sees_everything)


def may_look_as(user: User, reader: User) -> bool:
    """Oneself, and of whom one leads every line: nobody sees by a preview what they may not see."""
    if user.pk == reader.pk:
        return True
    if not user.leads:
        return False
    return user.sees_everything or (not reader.sees_everything and set(reader.team_ids) <= set(user.team_ids))
