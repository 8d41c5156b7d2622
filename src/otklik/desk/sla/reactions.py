"""What the room does on the news of tickets: clocks follow in the same transaction."""

from otklik.core.journal.news import on
from otklik.desk.sla import keeping
from otklik.desk.tickets import events

# What begins or ends somebody's waiting without a new status; every other act on a ticket turns its status.
TOUCHING = (
    events.TicketOpened,
    events.StatusChanged,
    events.ClientWrote,
    events.Answered,
    events.AnswerTakenBack,
    events.TicketPutAside,
    events.MessagesRelocated,
    events.RelocationUndone,
)


@on(*TOUCHING)
def keep_clocks(news: events.TicketNews) -> None:
    if not isinstance(news, events.TicketOpened) or news.automatic in ("", "list"):
        keeping.keep(news.ticket_id)
