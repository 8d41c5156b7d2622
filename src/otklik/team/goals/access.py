"""Who steers: the one place that says so.  Everybody reads where the department goes, of people only some."""

from otklik.core.staff.models import Role, Team, User


def may_steer(user: User) -> bool:
    """Vision, mission, strategy and goals of the year."""
    return user.role in (Role.HEAD, Role.ADMIN)


def may_plan(user: User) -> bool:
    """Goals of lines and people, tasks of a quarter, retrospectives."""
    return user.leads or may_steer(user)


def may_aim(user: User, *, high: bool, team: Team | None, owner: User) -> bool:
    """Write, agree, change and drop one goal: a lead those of their lines and of the people there."""
    if may_steer(user):
        return True
    if high or not user.leads:
        return False
    lines = set(user.team_ids)
    own = bool(lines & set(owner.team_ids)) or owner.pk == user.pk
    return own and (team is None or team.pk in lines)
