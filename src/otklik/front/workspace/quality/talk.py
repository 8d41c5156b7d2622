"""The conversation beside a review: as in the request, only to be read.

What clients and colleagues thought of the work is no part of any timeline, so that the reviewer judges without it.
"""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.queries import talk
from otklik.front.workspace.timeline.build import Look, talk_of
from otklik.front.workspace.timeline.markup import Moves, Scribe


@dataclass(frozen=True)
class Script:
    """`shortened` when the conversation began before what stands here."""

    drawn: SafeString
    shortened: bool


def script_of(ticket: Ticket, user: User) -> Script | None:
    """None where the reader may not see the request."""
    if not Ticket.objects.visible_to(user).filter(pk=ticket.pk).exists():
        return None
    window = talk.newest(ticket.pk, ticket.conversation_id)
    said = talk_of(window, Look(ticket, user.pk, clock.now(), _last(window)))
    scribe = Scribe(lambda *_one: "", lambda _one: "", lambda *_one: "", Moves(), lambda *_one: "", user)
    return Script(scribe.timeline(said.items), window.earlier)


def _last(window: talk.Window) -> int:
    """Nothing is new here: everything was looked at."""
    return window.messages[-1].id if window.messages else 0
