"""What was picked from the queue is written down when it is picked."""

from otklik.core.journal.news import on
from otklik.desk.routing.models import Pick
from otklik.desk.tickets.events import PickTakenBack, TicketAssigned, TicketPicked


@on(TicketPicked)
def write_it_down(news: TicketPicked) -> None:
    Pick.objects.note(news.ticket, news.person, news.way, news.beside)


@on(TicketAssigned)
def it_was_a_slip(news: TicketAssigned) -> None:
    """What went on to another line was picked, however soon."""
    if news.owner_id is None and news.was is not None and news.team_id == news.team_was:
        Pick.objects.take_back(news.ticket_id)


@on(PickTakenBack)
def nothing_was_picked(news: PickTakenBack) -> None:
    Pick.objects.undo(news.ticket_id, news.person_id)
