"""An incident always has somebody who leads it, and a request that was joined to another one takes it along."""

from contextlib import suppress

from otklik.care.incidents.access import can_be_leader, heads_of_department
from otklik.care.incidents.models import Affected, Incident
from otklik.core.journal.news import on
from otklik.core.staff.events import PersonAppointed, PersonLeft
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.events import MessagesRelocated
from otklik.desk.tickets.models import Ticket


@on(PersonLeft, PersonAppointed)
def somebody_else_leads(news: PersonLeft | PersonAppointed) -> None:
    person = User.objects.get(pk=news.person_id)
    if can_be_leader(person):
        return
    heir = next((one for one in heads_of_department() if one.pk != person.pk), None)
    if heir is None:
        return  # nobody is left to lead anything; the page shows it in red
    for incident in Incident.objects.not_closed().filter(leader=person).order_by("pk"):
        incident.hand_to(heir, by=None)


@on(MessagesRelocated)
def the_one_that_goes_on_is_part_of_it(news: MessagesRelocated) -> None:
    if news.what != "merge" or news.ticket_id != news.target_id:
        return
    standing = Affected.objects.filter(ticket=news.source_id, stands=True).select_related("incident").first()
    if standing is None:
        return
    with suppress(Refused):  # it is part of another one already, or is over
        standing.incident.attach(Ticket.objects.get(pk=news.target_id), by=None)
