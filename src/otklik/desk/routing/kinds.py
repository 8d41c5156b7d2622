"""Which kind of work a channel brings, and who takes it: calls, chats, letters (UI-122)."""

from django.db.models import Q

from otklik.core.staff.models import Takes
from otklik.desk.channels.models.channel import VOICE
from otklik.desk.channels.port import chats


def is_taken(takes: str, kind: str) -> bool:
    """Whether who is ready for `takes` is given what came by a channel of this kind."""
    if takes == Takes.ANY:
        return True
    if kind == VOICE:
        return takes in (Takes.CALLS, Takes.LIVE)
    if kind in chats():
        return takes in (Takes.CHATS, Takes.LIVE)
    return takes == Takes.WRITING


def wanted(takes: str) -> Q:
    """The same of tickets."""
    match takes:
        case Takes.CALLS:
            return Q(channel_kind=VOICE)
        case Takes.CHATS:
            return Q(channel_kind__in=chats())
        case Takes.LIVE:
            return Q(channel_kind__in=[VOICE, *chats()])
        case Takes.WRITING:
            return ~Q(channel_kind__in=[VOICE, *chats()])
    return Q()
