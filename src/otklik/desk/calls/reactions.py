"""What follows for calls when requests end and people leave."""

from otklik.core.journal.news import on
from otklik.core.staff.events import PersonLeft
from otklik.core.staff.models import User
from otklik.desk.calls import hearing
from otklik.desk.calls.models import Call, CallBack
from otklik.desk.clients.events import ContactMerged, ContactsParted
from otklik.desk.clients.models import Merging
from otklik.desk.tickets.events import StatusChanged
from otklik.desk.tickets.models.states import ENDED


@on(StatusChanged)
def nobody_is_owed_any_more(news: StatusChanged) -> None:
    """The request ended without a call, by a letter for one."""
    if news.status in ENDED and (owed := CallBack.objects.owed().filter(ticket=news.ticket_id).first()):
        owed.settle(None)


@on(ContactMerged)
def calls_go_along(news: ContactMerged) -> None:
    Merging.objects.get(pk=news.merging_id).carry(Call)


@on(ContactsParted)
def calls_go_back(news: ContactsParted) -> None:
    Merging.objects.get(pk=news.merging_id).give_back(Call)


@on(PersonLeft)
def leads_say_what_came_of_it(news: PersonLeft) -> None:
    hearing.pass_on(User.objects.get(pk=news.person_id))
