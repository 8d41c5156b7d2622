"""Identifiers of other systems follow whom they name: the next file changes the row that it should."""

from otklik.core.journal.news import on
from otklik.desk.clients.events import ContactMerged, ContactsParted, OrganisationMerged, OrganisationsParted
from otklik.desk.clients.models import ClientMerging, Merging
from otklik.desk.imports.models import ExternalId


@on(ContactMerged)
def identifiers_go_along(news: ContactMerged) -> None:
    merging = Merging.objects.get(pk=news.merging_id)
    merging.carry(ExternalId, ExternalId.objects.filter(kind="contacts"), column="object_id")


@on(ContactsParted)
def identifiers_go_back(news: ContactsParted) -> None:
    Merging.objects.get(pk=news.merging_id).give_back(ExternalId, column="object_id")


@on(OrganisationMerged)
def identifiers_of_organisations_go_along(news: OrganisationMerged) -> None:
    merging = ClientMerging.objects.get(pk=news.merging_id)
    merging.carry(ExternalId, ExternalId.objects.filter(kind="organisations"), column="object_id")


@on(OrganisationsParted)
def identifiers_of_organisations_go_back(news: OrganisationsParted) -> None:
    ClientMerging.objects.get(pk=news.merging_id).give_back(ExternalId, column="object_id")
