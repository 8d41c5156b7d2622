"""Who may see a call and hear its recording."""

from django.db.models import Q, QuerySet

from otklik.core.staff.models import Role, User
from otklik.desk.calls.models import Call


def visible_to(user: User) -> "QuerySet[Call]":
    """Of one's lines, one's own, and what one was called into."""
    calls = Call.objects.all()
    if user.sees_everything:
        return calls
    mine = Q(holder=user) | Q(beside__contains=[user.pk]) | Q(rings__contains=[user.pk])
    return calls.filter(mine | Q(team__in=user.team_ids))


def can_act(user: User, call: Call) -> bool:
    """File it and say what came of it: who has it, whose desk it rings at, who is in it, and who leads the line."""
    if not (user.is_active and user.answers):
        return False
    theirs = user.pk in {call.holder_id, call.answered_by_id, *call.beside, *call.rings}
    return theirs or (user.leads and (user.sees_everything or call.team_id in user.team_ids))


def can_hear(user: User, holder_id: int | None) -> bool:
    """The address of a recording: whoever talked, leads, and who judges quality."""
    return user.pk == holder_id or user.leads or user.role == Role.QUALITY
