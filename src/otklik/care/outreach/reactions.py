"""A program tells what is ahead of a client; what is ahead goes along where two of them are joined."""

from otklik.care.outreach import finding
from otklik.care.outreach.models import Upcoming
from otklik.core.journal.news import on
from otklik.desk.clients.events import (
    ClientEventRecorded,
    ContactMerged,
    ContactsParted,
    OrganisationMerged,
    OrganisationsParted,
)
from otklik.desk.clients.models import ClientEvent, ClientMerging, Merging


@on(ClientEventRecorded)
def know_what_comes(news: ClientEventRecorded) -> None:
    if news.what in finding.TOLD_BY_PROGRAMS:
        finding.hear(ClientEvent.objects.get(pk=news.event_id))


@on(ContactMerged)
def events_go_along(news: ContactMerged) -> None:
    Merging.objects.get(pk=news.merging_id).carry(Upcoming)


@on(ContactsParted)
def events_go_back(news: ContactsParted) -> None:
    Merging.objects.get(pk=news.merging_id).give_back(Upcoming)


@on(OrganisationMerged)
def events_of_an_organisation_go_along(news: OrganisationMerged) -> None:
    ClientMerging.objects.get(pk=news.merging_id).carry(Upcoming)


@on(OrganisationsParted)
def events_of_an_organisation_go_back(news: OrganisationsParted) -> None:
    ClientMerging.objects.get(pk=news.merging_id).give_back(Upcoming)
