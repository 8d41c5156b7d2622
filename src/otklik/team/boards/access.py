"""Who may change a board, and whom one may share it with: the one place that says so."""

from typing import TYPE_CHECKING

from otklik.core.staff.models import Team, User

if TYPE_CHECKING:
    from otklik.team.boards.models import Board


def may_change(user: User, board: "Board") -> bool:
    """One's own; who leads the department any that is shared, so that none stays behind when its owner leaves."""
    return board.owner_id == user.pk or (board.is_shared and user.leads and user.sees_everything)


def may_share(user: User) -> bool:
    """With one's line who leads it; with everybody who looks at everything."""
    return user.leads or user.sees_everything


def lines_to_share_with(user: User) -> list[Team]:
    """Lines in use that the person leads, or all of them."""
    if not may_share(user):
        return []
    return [team for team in Team.objects.active() if user.sees_everything or team.pk in user.team_ids]
