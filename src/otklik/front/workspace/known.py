"""Persons and organisations as far as the reader knows them: who sees a request of somebody knows them."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact
from otklik.desk.clients.sight import Place, looked
from otklik.desk.tickets.access import clients_known_to, contacts_known_to
from otklik.front.workspace.door import person

LARGEST = 2**63 - 1


def contact_of(request: HttpRequest, pk: int) -> Contact:
    """A look at the card, which a restricted one remembers.  Raises Http404 for somebody the reader does not know."""
    contacts = contacts_known_to(person(request)).select_related("client").prefetch_related("identities")
    found = get_object_or_404(contacts, pk=_present(min(pk, LARGEST)))
    if request.method != "HEAD":
        looked(found, Place.CARD, by=person(request))
    return found


def _present(pk: int) -> int:
    """Old addresses of somebody who was merged lead to whom they were merged into."""
    found = Contact.objects.filter(pk=pk).only("merged_into_id").first()
    return pk if found is None or found.merged_into_id is None else _present(found.merged_into_id)


def client_of(request: HttpRequest, pk: int) -> Client:
    """A look at the card, as above.  Raises Http404 for an organisation of which the reader knows nobody."""
    found = get_object_or_404(clients_known_to(person(request)), pk=_present_client(min(pk, LARGEST)))
    if request.method != "HEAD":
        looked(found, Place.CARD, by=person(request))
    return found


def _present_client(pk: int) -> int:
    """Old addresses of an organisation that was merged lead to what it was merged into."""
    found = Client.objects.filter(pk=pk).only("merged_into_id").first()
    return pk if found is None or found.merged_into_id is None else _present_client(found.merged_into_id)


def known_organisations(user: User, people: Iterable[Contact]) -> set[int]:
    """Of the organisations of these people: the cards that the reader may open."""
    numbers = {one.client_id for one in people if one.client_id}
    return set(clients_known_to(user).filter(pk__in=numbers).values_list("pk", flat=True)) if numbers else set()


def may_open(user: User, contact: Contact) -> bool:
    return contacts_known_to(user).filter(pk=contact.pk).exists()
