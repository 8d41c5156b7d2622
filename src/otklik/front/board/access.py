"""Who may look at the boards of leads, and at which lines: the one place that decides."""

from otklik.core.staff.models import Team, User


def may_watch(user: User) -> bool:
    """Leads, and who looks at the whole department."""
    return user.leads or user.sees_everything


def may_move(user: User) -> bool:
    """Give work to others: who leads and answers clients."""
    return user.leads and user.answers


def lines_of(user: User) -> list[Team]:
    """Lines in use that the person may see."""
    return [team for team in Team.objects.active() if user.sees_everything or team.pk in user.team_ids]
