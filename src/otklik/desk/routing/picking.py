"""What was picked from the queue is written down when it is picked."""

from otklik.core.journal.news import on
from otklik.desk.routing.models import Pick
from otklik.desk.tickets.events import AnswerTakenBack, TicketAssigned, TicketPicked
from otklik.desk.tickets.models import Ticket


@on(TicketPicked)
def write_it_down(news: TicketPicked) -> None:
    Pick.objects.note(news.ticket, news.person, news.way)


@on(TicketAssigned)
def it_was_a_slip(news: TicketAssigned) -> None:
    """What went on to another line was picked, however soon."""
    if news.owner_id is None and news.was is not None and news.team_id == news.team_was:
        Pick.objects.take_back(news.ticket_id)


@on(AnswerTakenBack)
def nobody_answered_it(news: AnswerTakenBack) -> None:
    """The answer was what had picked it."""
    if Ticket.objects.unowned().filter(pk=news.ticket_id).exists():
        Pick.objects.take_back(news.ticket_id)
