"""Conversations that are always looked at, and who finds them.

What this room knows by the requests is found here; finders of others (a low mark, a complaint) are registered by a room
above both (`look_for`).
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from otklik.care.quality.states import Risk
from otklik.core.journal.models import Entry
from otklik.core.journal.news import News
from otklik.desk.tickets.events import ClientUpset, TicketRefused, TicketReopened
from otklik.desk.tickets.models import Ticket

type Finder = Callable[[datetime, datetime], Iterable[tuple[int, datetime]]]
"""Numbers of requests to which it happened within [since, until), with when; the oldest first, `MOST` of them."""

MOST = 100
"""Of one kind at one look."""
LONG = 12
"""Messages of a long conversation."""
_finders: dict[str, Finder] = {}


def look_for(risk: Risk, finder: Finder) -> None:
    _finders[risk] = finder


def found(risks: Iterable[str], since: datetime, until: datetime) -> tuple[dict[int, str], datetime]:
    """Requests with why they are looked at, the first reason where there are several; and until when all were found.

    Where there is more of one kind than is looked at once, the rest comes at the next look.
    """
    rows = {risk: list(_finders[risk](since, until)) for risk in risks if risk in _finders}
    cut = [of[-1][1] for of in rows.values() if len(of) >= MOST]
    through = max(min(cut, default=until), since + timedelta(microseconds=1))
    told: dict[int, str] = {}
    for risk, of in rows.items():
        for ticket, at in of:
            if at <= through:
                told.setdefault(ticket, risk)
    return told, through


def _told_of(news: type[News]) -> Finder:
    def find(since: datetime, until: datetime) -> Iterable[tuple[int, datetime]]:
        told = Entry.objects.filter(about="ticket", about_id__isnull=False, kind=news.kind())
        told = told.filter(at__gte=since, at__lt=until).order_by("at", "id")
        return [(pk or 0, at) for pk, at in told.values_list("about_id", "at")[:MOST]]

    return find


def _long(since: datetime, until: datetime) -> Iterable[tuple[int, datetime]]:
    ended = Ticket.objects.filter(ended_at__gte=since, ended_at__lt=until, message_count__gte=LONG)
    return ended.order_by("ended_at").values_list("pk", "ended_at")[:MOST]


look_for(Risk.REFUSED, _told_of(TicketRefused))
look_for(Risk.REOPENED, _told_of(TicketReopened))
look_for(Risk.UPSET, _told_of(ClientUpset))
look_for(Risk.LONG, _long)
