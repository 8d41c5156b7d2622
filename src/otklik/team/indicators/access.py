"""Who decides on indicators and money: the one place that says so."""

from otklik.core.staff.models import Role, User


def may_decide(user: User) -> bool:
    """What is measured, when a month is closed, how a bonus is reckoned."""
    return user.role in (Role.HEAD, Role.ADMIN)


def may_see_money(user: User) -> bool:
    """Of the lines one leads, or of everybody; quality controllers see figures and no money."""
    return user.leads


def may_approve(user: User, person_id: int, approver_id: int) -> bool:
    """Who is named in the scheme, or the head; never one's own."""
    return user.pk != person_id and user.is_active and (user.pk == approver_id or may_decide(user))
