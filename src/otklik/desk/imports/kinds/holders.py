"""Whose a row is: columns that name an organisation or a person, and how they are found."""

from collections.abc import Sequence
from typing import Protocol

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.desk.clients.models import Channelled, Client, Contact
from otklik.desk.imports.kinds.base import Field
from otklik.desk.imports.kinds.people import owners
from otklik.desk.imports.models import ExternalId
from otklik.desk.imports.values import Wrong

MUST_SAY = _("It does not say whose it is: an organisation, or a client's mail or identifier.")
OF = (
    Field("organisation", _("organisation"), ("organisation", "organization", "company", "организация", "компания")),
    Field(
        "organisation_id",
        _("identifier of the organisation there"),
        ("organization id", "organisation id", "company id", "код организации", "id организации"),
    ),
    Field(
        "contact_email",
        _("client's mail"),
        ("email", "e mail", "client email", "customer email", "почта", "почта клиента"),
    ),
    Field(
        "contact_id",
        _("identifier of the client there"),
        ("client id", "customer id", "contact id", "user id", "код клиента"),
    ),
)


class Named(Protocol):
    """A row that says whose it is, in one of four ways."""

    @property
    def organisation(self) -> str: ...
    @property
    def organisation_id(self) -> str: ...
    @property
    def contact_email(self) -> str: ...
    @property
    def contact_id(self) -> str: ...


class Places:
    """Whose they are: an organisation or a person that is known; none is made for an invoice."""

    def __init__(self, source: str, items: Sequence[Named]) -> None:
        self.of_ids = ExternalId.objects.known(source, "organisations", {item.organisation_id for item in items})
        self.people = ExternalId.objects.known(source, "contacts", {item.contact_id for item in items})
        self.owners = owners((Channelled.EMAIL.value, item.contact_email) for item in items if item.contact_email)
        self.names: dict[str, int | None] = {}

    def holder(self, item: Named) -> dict[str, int]:
        """Raises Wrong."""
        if item.organisation_id or item.organisation:
            found = self.of_ids.get(item.organisation_id) or self._named(item.organisation)
            if found is None:
                words = _now("Organisation «%(value)s» is not known: bring the organisations in first.")
                value = item.organisation or item.organisation_id
                raise Wrong("organisation" if item.organisation else "organisation_id", words % {"value": value})
            return {"client_id": found}
        person = self.people.get(item.contact_id) or self.owners.get((Channelled.EMAIL.value, item.contact_email))
        if person is None:
            field = "contact_id" if item.contact_id else "contact_email"
            words = _now("Client «%(value)s» is not known: bring the clients in first.")
            raise Wrong(field, words % {"value": item.contact_id or item.contact_email})
        return {"contact_id": Contact.objects.standing(Contact(pk=person)).pk}

    def _named(self, name: str) -> int | None:
        if name and name.lower() not in self.names:
            found = Client.objects.named(name)
            self.names[name.lower()] = found.pk if found else None
        return self.names.get(name.lower())
