"""What the room does on the news of tickets: clocks follow in the same transaction."""

from otklik.core.journal.news import on
from otklik.desk.sla import keeping
from otklik.desk.tickets import events

# Acts that begin or end somebody's waiting while the status may stay as it is; every other act turns the status.
TOUCHING = (
    events.TicketOpened,
    events.StatusChanged,
    events.ClientWrote,
    events.Answered,
    events.AnswerTakenBack,
    events.TicketPutAside,
    events.TurnTakenBack,
    events.TicketReopened,
    events.DateAnswered,
    events.VisitAnswered,
    events.SolutionRejected,
    events.MessagesRelocated,
    events.RelocationUndone,
)


@on(*TOUCHING)
def keep_clocks(news: events.TicketNews) -> None:
    if not isinstance(news, events.TicketOpened) or news.automatic in ("", "list"):
        keeping.keep(news.ticket_id)
