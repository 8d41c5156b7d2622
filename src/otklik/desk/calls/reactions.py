"""What follows for calls when requests end, are joined and parted, and when people leave."""

from otklik.core.journal.news import on
from otklik.core.staff.events import PersonLeft
from otklik.core.staff.models import User
from otklik.desk.calls import going_along, hearing
from otklik.desk.calls.models import Call, CallBack
from otklik.desk.clients.events import ContactMerged, ContactsParted
from otklik.desk.clients.models import Merging
from otklik.desk.tickets.events import MessagesRelocated, RelocationUndone, StatusChanged
from otklik.desk.tickets.models import Relocation, Ticket
from otklik.desk.tickets.models.states import ENDED


@on(StatusChanged)
def nobody_is_owed_any_more(news: StatusChanged) -> None:
    """The request ended without a call, by a letter for one; one that was joined to another goes on there."""
    if news.status not in ENDED or not (owed := list(CallBack.objects.owed().filter(ticket=news.ticket_id))):
        return
    if not Ticket.objects.filter(pk=news.ticket_id, merged_into__isnull=False).exists():
        for one in owed:
            one.settle(None)


@on(MessagesRelocated)
def they_stand_where_it_goes_on(news: MessagesRelocated) -> None:
    if news.ticket_id == news.target_id:
        going_along.along(Relocation.objects.get(pk=news.relocation_id))


@on(RelocationUndone)
def they_come_back(news: RelocationUndone) -> None:
    if news.ticket_id == news.target_id:
        going_along.back(Relocation.objects.get(pk=news.relocation_id))


@on(ContactMerged)
def calls_go_along(news: ContactMerged) -> None:
    Merging.objects.get(pk=news.merging_id).carry(Call)


@on(ContactsParted)
def calls_go_back(news: ContactsParted) -> None:
    Merging.objects.get(pk=news.merging_id).give_back(Call)


@on(PersonLeft)
def leads_say_what_came_of_it(news: PersonLeft) -> None:
    hearing.pass_on(User.objects.get(pk=news.person_id))
