"""When a ticket is resolved, its client is asked; when it is open again, not yet."""

from otklik.care.surveys.models import Invitation, Silence
from otklik.core.journal import clock
from otklik.core.journal.news import on
from otklik.desk.tickets.events import AnswerTakenBack, TicketReopened, TicketResolved
from otklik.desk.tickets.models import Ticket


@on(TicketResolved)
def ask_the_client(news: TicketResolved) -> None:
    ticket = Ticket.objects.get(pk=news.ticket_id)
    if not Silence.objects.filter(contact=ticket.contact).exists():
        Invitation.objects.plan(ticket)


@on(TicketReopened, AnswerTakenBack)
def do_not_ask_yet(news: TicketReopened | AnswerTakenBack) -> None:
    waiting = Invitation.objects.filter(ticket_id=news.ticket_id, sent_at=None, cancelled_at=None)
    waiting.update(cancelled_at=clock.now())
