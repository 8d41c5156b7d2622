"""Who may see a call and hear its recording."""

from django.db.models import Q, QuerySet

from otklik.core.staff.models import Role, User
from otklik.desk.calls.models import Call
from otklik.desk.clients.models import PersonalFact
from otklik.desk.clients.sight import Sight


def visible_to(user: User) -> "QuerySet[Call]":
    """Of one's lines, one's own, and what one was called into."""
    calls = Call.objects.all()
    if user.sees_everything:
        return calls
    mine = Q(holder=user) | Q(beside__contains=[user.pk]) | Q(rings__contains=[user.pk])
    return calls.filter(mine | Q(team__in=user.team_ids))


def newest_visible_to(user: User, among: "QuerySet[Call]", most: int) -> "QuerySet[Call]":
    """The newest of `visible_to` among calls that are over: each part from its own index, since one OR reads the whole
    table.  At nobody's desk rings what is over.
    """
    if user.sees_everything:
        return among
    beside = among.filter(beside__contains=[user.pk]).exclude(beside=[])
    parts = [among.filter(holder=user), beside, *(among.filter(team=line) for line in user.team_ids)]
    newest = [part.order_by("-pk").values_list("pk", flat=True)[:most] for part in parts]
    return Call.objects.filter(pk__in=list(newest[0].union(*newest[1:]).order_by("-pk")[:most]))


def reads_number(user: User, call: Call, sight: Sight) -> bool:
    """Whoever is called reads the number on the telephone; to others it is what a card shows them."""
    return user.pk in {*call.people, call.holder_id} or sight.opens(PersonalFact.PHONES)


def can_act(user: User, call: Call) -> bool:
    """File it and say what came of it: who has it, whose desk it rings at, who is in it, and who leads the line."""
    if not (user.is_active and user.answers):
        return False
    theirs = user.pk in {call.holder_id, call.answered_by_id, *call.beside, *call.rings}
    return theirs or (user.leads and (user.sees_everything or call.team_id in user.team_ids))


def can_hear(user: User, holder_id: int | None) -> bool:
    """The address of a recording: whoever talked, leads, and who judges quality."""
    return user.pk == holder_id or user.leads or user.role == Role.QUALITY
