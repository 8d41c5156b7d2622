"""An incident always has somebody who leads it; requests that are joined and clients that are merged take it along."""

from contextlib import suppress
from typing import Any

from django.db.models import QuerySet

from otklik.care.incidents import owing, telling
from otklik.care.incidents.access import can_be_leader, heads_of_department
from otklik.care.incidents.events import ActionPlanned
from otklik.care.incidents.models import Action, Affected, Concerned, Incident, Told
from otklik.core.journal.news import on
from otklik.core.staff.events import PersonAppointed, PersonLeft
from otklik.core.staff.models import User
from otklik.desk.clients.events import ContactMerged, ContactsParted, OrganisationMerged, OrganisationsParted
from otklik.desk.clients.models import ClientMerging, Merging
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.events import MessagesRelocated
from otklik.desk.tickets.models import Ticket


@on(PersonLeft, PersonAppointed)
def somebody_else_leads(news: PersonLeft | PersonAppointed) -> None:
    person = User.objects.get(pk=news.person_id)
    if can_be_leader(person):
        return
    owing.hand_on(person)
    heir = next((one for one in heads_of_department() if one.pk != person.pk), None)
    if heir is None:
        return  # nobody is left to lead anything; the page shows it in red
    for incident in Incident.objects.not_closed().filter(leader=person).order_by("pk"):
        incident.hand_to(heir, by=None)


@on(ActionPlanned)
def it_is_somebodys(news: ActionPlanned) -> None:
    action = Action.objects.select_related("owner", "incident").get(pk=news.action_id)
    if action.owner_id != action.by_id:
        telling.tell_action(action)


@on(MessagesRelocated)
def the_one_that_goes_on_is_part_of_it(news: MessagesRelocated) -> None:
    if news.what != "merge" or news.ticket_id != news.target_id:
        return
    standing = Affected.objects.filter(ticket=news.source_id, stands=True).select_related("incident").first()
    if standing is None:
        return
    with suppress(Refused):  # it is part of another one already, or is over
        standing.incident.attach(Ticket.objects.get(pk=news.target_id), by=None)


@on(ContactMerged)
def people_go_along(news: ContactMerged) -> None:
    """Where both are named, one row is enough; where both were told, both letters stay with whom they went to."""
    merging = Merging.objects.get(pk=news.merging_id)
    merging.carry(Concerned, Concerned.objects.exclude(finding__in=_findings(contact=merging.winner_id)))
    merging.carry(Told, Told.objects.exclude(update__in=_updates(merging.winner_id)))


@on(ContactsParted)
def people_go_back(news: ContactsParted) -> None:
    merging = Merging.objects.get(pk=news.merging_id)
    for model in (Concerned, Told):
        merging.give_back(model)


@on(OrganisationMerged)
def organisations_go_along(news: OrganisationMerged) -> None:
    merging = ClientMerging.objects.get(pk=news.merging_id)
    merging.carry(Concerned, Concerned.objects.exclude(finding__in=_findings(client=merging.winner_id)))


@on(OrganisationsParted)
def organisations_go_back(news: OrganisationsParted) -> None:
    ClientMerging.objects.get(pk=news.merging_id).give_back(Concerned)


def _findings(**whose: int) -> "QuerySet[Concerned, Any]":
    return Concerned.objects.filter(**whose).values("finding")


def _updates(contact: int) -> "QuerySet[Told, Any]":
    return Told.objects.filter(contact=contact).values("update")
