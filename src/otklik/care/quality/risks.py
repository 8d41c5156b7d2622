"""Conversations that are always looked at, and who finds them.

What this room knows by the requests is found here; finders of others (a low mark, a complaint) are registered by a room
above both (`look_for`).
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from otklik.care.quality.states import Risk
from otklik.core.journal.models import Entry
from otklik.desk.tickets.models import Ticket

type Finder = Callable[[datetime, datetime], Iterable[int]]
"""Numbers of requests to which it happened within [since, until)."""

MOST = 100
"""Of one kind at one look."""
LONG = 12
"""Messages of a long conversation."""
_finders: dict[str, Finder] = {}


def look_for(risk: Risk, finder: Finder) -> None:
    _finders[risk] = finder


def found(risks: Iterable[str], since: datetime, until: datetime) -> dict[int, str]:
    """Requests with why they are looked at; the first reason where there are several."""
    told: dict[int, str] = {}
    for risk in risks:
        if risk in _finders:
            for ticket in list(_finders[risk](since, until))[:MOST]:
                told.setdefault(ticket, risk)
    return told


def _told_of(kind: str) -> Finder:
    def find(since: datetime, until: datetime) -> Iterable[int]:
        news = Entry.objects.filter(about="ticket", kind=kind, at__gte=since, at__lt=until)
        return [pk for pk in news.order_by("id").values_list("about_id", flat=True)[:MOST] if pk]

    return find


def _long(since: datetime, until: datetime) -> Iterable[int]:
    ended = Ticket.objects.filter(ended_at__gte=since, ended_at__lt=until, message_count__gte=LONG)
    return ended.order_by("ended_at").values_list("pk", flat=True)[:MOST]


look_for(Risk.REFUSED, _told_of("tickets.TicketRefused"))
look_for(Risk.REOPENED, _told_of("tickets.TicketReopened"))
look_for(Risk.UPSET, _told_of("tickets.ClientUpset"))
look_for(Risk.LONG, _long)
