"""Whom we serve: people and organisations found, read, made and changed, and what happened to them outside."""

from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router, Status

from otklik.desk.clients.models import Client, ClientEvent, Contact, PersonalFact
from otklik.desk.clients.models.client import cleaned_tags
from otklik.desk.clients.sight import Sight
from otklik.desk.tickets.access import clients_known_to
from otklik.desk.tickets.finding import at_domain, organisations_named, people_named, with_email, with_phone
from otklik.front.api import sparse
from otklik.front.api.auth import carding, person, reading, writing
from otklik.front.api.doors import answers
from otklik.front.api.filing import change_contact, change_organisation, file_contact, file_organisation
from otklik.front.api.holders import (
    LARGEST,
    contact_of,
    holder_of,
    invalid,
    keeper,
    kept_contact,
    kept_organisation,
    organisation_of,
    tried,
)
from otklik.front.api.naming import named_by
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.clients import (
    ContactOut,
    ContactRow,
    EventIn,
    EventOut,
    OrganisationOut,
    OrganisationRow,
)
from otklik.front.api.schemas.keeping import ContactIn, ContactPatch, OrganisationIn, OrganisationPatch
from otklik.front.api.showing import (
    contact_full,
    contact_parts,
    contact_row,
    organisation_full,
    organisation_parts,
    organisation_row,
)

contacts, organisations = Router(tags=["contacts"]), Router(tags=["organisations"])

Words = Annotated[str, Query(max_length=100, description="a part of the name, or of what the search of the desk finds")]
Source = Annotated[str, Query(max_length=40, description="the system of `external_id`")]
ExternalId = Annotated[str, Query(max_length=200, description="what the system `source` calls it")]
Tag = Annotated[str, Query(max_length=40)]


@contacts.get(
    "",
    auth=reading,
    response=answers(list[ContactRow]),
    operation_id="list_contacts",
    openapi_extra=sparse.some_rows_of("ContactRow"),
)
def list_contacts(
    request: HttpRequest,
    query: Words = "",
    email: Annotated[str, Query(max_length=320, description="as letters from it are recognised")] = "",
    phone: Annotated[str, Query(max_length=40, description="however it is written")] = "",
    organisation_id: int | None = Query(None, ge=1, lt=LARGEST, description="who speaks for it"),
    tag: Tag = "",
    external_id: ExternalId = "",
    source: Source = "api",
    fields: Annotated[str, sparse.names_of(ContactRow)] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """Of whom the person sees a request, and who else speaks for their organisations; by name."""
    user, names = person(request), sparse.chosen(fields, ContactRow)
    narrowed = Q()
    if email:
        narrowed &= with_email(email)
    if phone:
        narrowed &= with_phone(user, phone)
    if organisation_id is not None:
        theirs = clients_known_to(user).filter(pk=organisation_id).values("pk")
        narrowed &= Q(memberships__client__in=theirs, memberships__left_at=None)
    if tag:
        narrowed &= Q(tags__contains=cleaned_tags(tag))
    if external_id:
        narrowed &= named_by(Contact, source, external_id)
    known = people_named(user, query.strip()).filter(narrowed).select_related("client")
    rows = [contact_row(one) for one in page(request, known, ("name", "id"), cursor, limit)[0]]
    return sparse.answer(request, [sparse.cut(row, names) for row in rows]) if names else rows


@contacts.get(
    "/{int:pk}",
    auth=reading,
    response=answers(ContactOut),
    operation_id="get_contact",
    openapi_extra=sparse.some_of("ContactOut"),
)
def get_contact(request: HttpRequest, pk: int, fields: Annotated[str, sparse.names_of(ContactOut)] = "") -> Any:
    """The card of a person."""
    names, one = sparse.chosen(fields, ContactOut), contact_of(request, pk)
    if names:
        return sparse.answer(request, contact_parts(one, person(request), names))
    return contact_full(one, person(request))


@contacts.post("", auth=carding, response=answers(ContactOut, 201), operation_id="create_contact")
def create_contact(request: HttpRequest, body: ContactIn, key: Key = "") -> Any:
    """A new person with a mail address; 409 where somebody is known by it, or by the identifier."""
    user = keeper(request)

    def act() -> Any:
        made = tried(lambda: file_contact(body, user))
        return contact_full(contact_of(request, made.pk), user)

    return Status(201, once(request, key, {"contact": body.dict()}, act))


@contacts.patch("/{int:pk}", auth=carding, response=answers(ContactOut), operation_id="change_contact")
def patch_contact(request: HttpRequest, pk: int, body: ContactPatch, key: Key = "") -> Any:
    """Facts of a person: only those that are named, all of them or none.  403 for what is hidden from the person."""

    def act() -> Any:
        one, user = kept_contact(request, pk), keeper(request)
        tried(lambda: change_contact(one, body, user))
        return contact_full(one, user)

    return once(request, key, {"contact": pk, **body.dict(exclude_unset=True)}, act)


@organisations.get(
    "",
    auth=reading,
    response=answers(list[OrganisationRow]),
    operation_id="list_organisations",
    openapi_extra=sparse.some_rows_of("OrganisationRow"),
)
def list_organisations(
    request: HttpRequest,
    query: Words = "",
    domain: Annotated[str, Query(max_length=200, description="of its site, or of the mail of its people")] = "",
    tax_number: Annotated[str, Query(max_length=20, description="nothing where the role does not see it")] = "",
    tag: Tag = "",
    external_id: ExternalId = "",
    source: Source = "api",
    fields: Annotated[str, sparse.names_of(OrganisationRow)] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """Of whose people the person knows one; by name."""
    user, names = person(request), sparse.chosen(fields, OrganisationRow)
    sight, narrowed = Sight.of(user), Q()
    if domain:
        narrowed &= at_domain(user, domain)
    if tax_number:
        seen = sight.opens(PersonalFact.TAX_NUMBER)
        narrowed &= Q(tax_number=tax_number) if seen else Q(pk__in=())
    if tag:
        narrowed &= Q(tags__contains=cleaned_tags(tag))
    if external_id:
        narrowed &= named_by(Client, source, external_id)
    known = organisations_named(user, query.strip()).filter(narrowed)
    rows = [organisation_row(one, sight) for one in page(request, known, ("name", "id"), cursor, limit)[0]]
    return sparse.answer(request, [sparse.cut(row, names) for row in rows]) if names else rows


@organisations.get(
    "/{int:pk}",
    auth=reading,
    response=answers(OrganisationOut),
    operation_id="get_organisation",
    openapi_extra=sparse.some_of("OrganisationOut"),
)
def get_organisation(
    request: HttpRequest, pk: int, fields: Annotated[str, sparse.names_of(OrganisationOut)] = ""
) -> Any:
    """The card of an organisation."""
    names, one = sparse.chosen(fields, OrganisationOut), organisation_of(request, pk)
    if names:
        return sparse.answer(request, organisation_parts(one, person(request), names))
    return organisation_full(one, person(request))


@organisations.post("", auth=carding, response=answers(OrganisationOut, 201), operation_id="create_organisation")
def create_organisation(request: HttpRequest, body: OrganisationIn, key: Key = "") -> Any:
    """A new organisation, for whom sees everything; 409 where there is one of this name or identifier."""
    user = keeper(request)

    def act() -> Any:
        made = tried(lambda: file_organisation(body, user))
        return organisation_full(organisation_of(request, made.pk), user)

    return Status(201, once(request, key, {"organisation": body.dict()}, act))


@organisations.patch("/{int:pk}", auth=carding, response=answers(OrganisationOut), operation_id="change_organisation")
def patch_organisation(request: HttpRequest, pk: int, body: OrganisationPatch, key: Key = "") -> Any:
    """Facts of an organisation: only those that are named, all of them or none.  403 for what is hidden."""

    def act() -> Any:
        one, user = kept_organisation(request, pk), keeper(request)
        tried(lambda: change_organisation(one, body, user))
        return organisation_full(one, user)

    return once(request, key, {"organisation": pk, **body.dict(exclude_unset=True)}, act)


@contacts.post("/events", auth=writing, response=answers(EventOut, 201), operation_id="record_client_event")
def record_client_event(request: HttpRequest, body: EventIn, key: Key = "") -> Any:
    """A trial began, the balance is low, a contract was renewed: kept on the card, told once for an external id."""

    def act() -> Any:
        user = person(request)
        holder = holder_of(user, body)
        try:
            event, new = ClientEvent.objects.record(
                body.what, by=user, at=body.at, data=body.data, external_id=body.external_id, **holder
            )
        except ValidationError as error:
            raise invalid(error, {"kind": "what"}) from error
        return {
            "id": event.pk,
            "what": event.kind,
            "at": event.at,
            "contact_id": event.contact_id,
            "organisation_id": event.client_id,
            "new": new,
        }

    return Status(201, once(request, key, {"event": body.dict()}, act))
