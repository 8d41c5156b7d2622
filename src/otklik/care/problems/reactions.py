"""A problem always has somebody who owns it; requests that are joined take it along."""

from contextlib import suppress

from otklik.care.problems.access import can_own, heads_of_department
from otklik.care.problems.models import Linked, Problem
from otklik.core.journal.news import on
from otklik.core.staff.events import PersonAppointed, PersonLeft
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.events import MessagesRelocated
from otklik.desk.tickets.models import Ticket


@on(PersonLeft, PersonAppointed)
def somebody_else_owns(news: PersonLeft | PersonAppointed) -> None:
    person = User.objects.get(pk=news.person_id)
    if can_own(person):
        return
    heir = next((one for one in heads_of_department() if one.pk != person.pk and can_own(one)), None)
    if heir is None:
        return  # nobody is left to own anything; the list shows it
    for problem in Problem.objects.standing().filter(owner=person).order_by("pk"):
        problem.hand_to(heir, by=None)


@on(MessagesRelocated)
def the_one_that_goes_on_belongs_to_it(news: MessagesRelocated) -> None:
    if news.what != "merge" or news.ticket_id != news.target_id:
        return
    linked = Linked.objects.filter(ticket=news.source_id).select_related("problem").first()
    if linked is None:
        return
    with suppress(Refused):  # it belongs to another one already
        linked.problem.link(Ticket.objects.get(pk=news.target_id), by=None)
