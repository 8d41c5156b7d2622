"""What becomes of a request is told to whoever watches it; their own acts and what they may not see are not."""

from collections.abc import Callable, Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from otklik.core.journal.news import cause, on
from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.journal.rows import first
from otklik.core.staff.models import User
from otklik.desk.tickets import events
from otklik.desk.tickets.events.base import TicketNews
from otklik.desk.tickets.models import Ticket

WATCHING = """
SELECT array_agg(w.user_id) FROM tickets_watch w
WHERE w.ticket_id = %s AND w.user_id IS DISTINCT FROM (SELECT e.actor_id FROM journal_entry e WHERE e.id = %s)
"""
"""Asked on acts that happen all day, so it is one look into one index."""
SAID: dict[type[TicketNews], Callable[[], str]] = {
    events.ClientWrote: lambda: _("№ %s, which you watch: the client wrote"),
    events.Answered: lambda: _("№ %s, which you watch: the client got an answer"),
    events.Noted: lambda: _("№ %s, which you watch: there is a new note"),
    events.TicketAssigned: lambda: _("№ %s, which you watch, has another owner"),
    events.TicketHandedOver: lambda: _("№ %s, which you watch, went to another line"),
    events.TicketSentBack: lambda: _("№ %s, which you watch, went back to its line"),
    events.DatePromised: lambda: _("№ %s, which you watch: a date was promised"),
    events.PromiseBroken: lambda: _("№ %s, which you watch: a promised date was not kept"),
    events.TicketResolved: lambda: _("№ %s, which you watch, is solved"),
    events.TicketRefused: lambda: _("№ %s, which you watch, was refused"),
    events.TicketClosed: lambda: _("№ %s, which you watch, is closed"),
    events.TicketReopened: lambda: _("№ %s, which you watch, is open again"),
}
"""What is told of, in words that have a place for the number."""
OWNERS_HEAR = (events.ClientWrote, events.TicketAssigned, events.TicketSentBack, events.PromiseBroken)
"""Of these the owner hears as such (`of_mine`)."""


@on(*SAID)
def tell_who_watches(news: TicketNews) -> None:
    found = first(WATCHING, news.ticket_id, cause())
    if not found or not found[0]:
        return
    ticket = Ticket.objects.get(pk=news.ticket_id)
    if isinstance(news, events.Answered) and not ticket.is_open:
        return  # it ended by this answer, and that is told
    people = ticket.readers().filter(pk__in=found[0])
    if isinstance(news, OWNERS_HEAR):
        people = people.exclude(pk=ticket.owner_id)
    _tell(people, ticket.pk, SAID[type(news)])


def _tell(people: Iterable[User], number: int, say: Callable[[], str]) -> None:
    """The same once, as long as they have not looked: five letters of a client are one piece of news."""
    for person in people:
        with translation.override(person.language):
            text = say() % number
        told = Notice.objects.of(person.pk).unseen().filter(kind=NoticeKind.WATCHED, about="ticket", about_id=number)
        if not told.filter(text=text).exists():
            Notice.objects.tell([person.pk], text, kind=NoticeKind.WATCHED, about="ticket", about_id=number)
