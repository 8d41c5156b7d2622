"""Which kind of work a channel brings, and who takes it: calls, chats, letters (UI-122)."""

from django.db.models import Q

from otklik.core.staff.duty import ON_DUTY
from otklik.core.staff.models import Takes
from otklik.desk.channels.models.channel import VOICE
from otklik.desk.channels.port import chats

FOR = {
    "calls": (Takes.ANY, Takes.CALLS, Takes.LIVE),
    "chats": (Takes.ANY, Takes.CHATS, Takes.LIVE),
    "letters": (Takes.ANY, Takes.WRITING),
}
"""Each kind of work, and who does it."""


def done_by(availability: str, takes: str) -> set[str]:
    """The kinds of work of somebody who says this."""
    return {kind for kind, done in FOR.items() if takes in done} if availability in ON_DUTY else set()


def brought(channel: str) -> str:
    """The kind of work that comes by a channel of this kind."""
    return "calls" if channel == VOICE else "chats" if channel in chats() else "letters"


def is_taken(takes: str, kind: str) -> bool:
    """Whether who is ready for `takes` is given what came by a channel of this kind."""
    return takes in FOR[brought(kind)]


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
