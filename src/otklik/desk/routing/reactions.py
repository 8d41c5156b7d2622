"""What follows when somebody goes away or comes back."""

from otklik.core.journal.news import on
from otklik.core.staff.events import AbsenceBegan, AbsenceEnded
from otklik.core.staff.models import Absence
from otklik.desk.routing.models import Delegation
from otklik.desk.tickets.events import TicketDelegated


@on(TicketDelegated)
def remember_whose_it_is(news: TicketDelegated) -> None:
    Delegation.objects.create(
        ticket_id=news.ticket_id, absence_id=news.absence_id, person_id=news.was, deputy_id=news.owner_id
    )


@on(AbsenceBegan, later=True)
def hand_over(news: AbsenceBegan) -> None:
    Delegation.objects.hand_over(Absence.objects.get(pk=news.absence_id))


@on(AbsenceEnded, later=True)
def give_back(news: AbsenceEnded) -> None:
    Delegation.objects.give_back(news.absence_id)
