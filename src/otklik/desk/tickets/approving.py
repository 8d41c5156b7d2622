"""Whose word it takes: leads of the line, whoever stands in for them, and the head where there is none."""

from collections.abc import Collection, Iterator

from otklik.core.journal import clock
from otklik.core.staff.deputies import cover_of, may_decide_for
from otklik.core.staff.models import Absence, Membership, Role, User

EVERYWHERE = (Role.HEAD, Role.ADMIN)
"""Whose word holds on every line."""


def may_decide(user: User, line: int, asked_by: User) -> bool:
    """Nobody decides on what they asked for themselves."""
    if not user.is_active or user.pk == asked_by.pk:
        return False
    if decides_at(user, line):
        return True
    return any(may_decide_for(user, lead, asked_by=asked_by) for lead in _leads_of(line))


def decides_at(user: User, line: int) -> bool:
    """By their own role, whoever else is away."""
    return user.role in EVERYWHERE or (user.role == Role.LEAD and line in user.team_ids)


def deciders(line: int, *authors: User) -> list[User]:
    """Whom something asked for by these people waits for; empty where there is nobody but them."""
    ours = {author.pk for author in authors}
    here = {person.pk: person for person in _at_work(line) if person.pk not in ours}
    if here:
        return list(here.values())
    above = User.objects.filter(is_active=True, role__in=EVERYWHERE).exclude(pk__in=ours).order_by("pk")
    heads = [person for person in above if person.role == Role.HEAD]
    return heads or list(above)


def lines_of(user: User) -> Collection[int] | None:
    """Lines on which this person decides now; None for every one."""
    if not user.is_active:
        return []
    if user.role in EVERYWHERE:
        return None
    own = user.team_ids if user.role == Role.LEAD else []
    return {*own, *_lines_stood_in_for(user)}


def _lines_stood_in_for(user: User) -> list[int]:
    """Lines of absent leads whose deputy this person is now."""
    away = Absence.objects.at(clock.now()).filter(user__role=Role.LEAD, user__is_active=True).select_related("user")
    covers = [(absence.user_id, cover_of(absence.user_id)) for absence in away]
    leads = [lead for lead, cover in covers if cover and cover.deputy == user]
    return list(Membership.objects.filter(user__in=leads).values_list("team", flat=True)) if leads else []


def _at_work(line: int) -> Iterator[User]:
    """Leads of the line; of an absent one the deputy."""
    for lead in _leads_of(line):
        cover = cover_of(lead.pk)
        if cover is None:
            yield lead
        elif cover.deputy:
            yield cover.deputy


def _leads_of(line: int) -> list[User]:
    return list(User.objects.filter(is_active=True, role=Role.LEAD, memberships__team=line).order_by("pk"))
