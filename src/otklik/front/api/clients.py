"""Whom we serve: people, organisations, and what happened to them outside of requests."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.core.staff.models import User
from otklik.desk.clients.models import (
    Answered,
    CardField,
    Channelled,
    Client,
    ClientEvent,
    Contact,
    Identity,
    PersonalFact,
    Subscription,
)
from otklik.desk.clients.sight import Place, Sight, looked
from otklik.desk.tickets.access import clients_known_to, contacts_known_to
from otklik.desk.tickets.errors import Invalid
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers
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
from otklik.front.api.schemas.payments import PaymentIn

contacts, organisations = Router(tags=["contacts"]), Router(tags=["organisations"])
LARGEST = 2**63 - 1


@contacts.get("", auth=reading, response=answers(list[ContactRow]), operation_id="list_contacts")
def list_contacts(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Of whom the person sees a request, and who else speaks for their organisations; by name."""
    known = contacts_known_to(person(request)).select_related("client")
    return [_row(one) for one in page(request, known, ("name", "id"), cursor, limit)[0]]


@contacts.get("/{int:pk}", auth=reading, response=answers(ContactOut), operation_id="get_contact")
def get_contact(request: HttpRequest, pk: int) -> Any:
    known = contacts_known_to(person(request)).select_related("client").prefetch_related("identities")
    one = known.filter(pk=min(pk, LARGEST)).first()
    if one is None:
        raise HttpError(404, "not found")
    looked(one, Place.API, by=person(request))
    return contact_full(one, Sight.of(person(request)))


def contact_full(one: Contact, sight: Sight) -> dict[str, Any]:
    """With all that is known of the person, as far as this reader sees it."""
    memberships = one.memberships.current().main_first().select_related("client")
    phones = sight.opens(PersonalFact.PHONES)
    return _row(one) | {
        **{name: getattr(one, name) for name in ("address_as", "position", "language", "time_zone")},
        **_by_role(one, sight),
        "restricted": one.restricted_as,
        "addresses": [
            {"kind": at.kind, "value": at.value, "confirmed_at": at.verified_at, "failed_at": at.failed_at}
            for at in one.identities.all()
            if phones or at.kind != Channelled.PHONE
        ],
        "memberships": [
            {
                "organisation_id": place.client_id,
                "organisation": place.client.name,
                "main": place.is_main,
                **{name: getattr(place, name) for name in ("position", "roles", "area", "may_ask")},
            }
            for place in memberships
        ],
        "subscriptions": [_subscription(had, sight) for had in Subscription.objects.of(one).shown()],
    }


@organisations.get("", auth=reading, response=answers(list[OrganisationRow]), operation_id="list_organisations")
def list_organisations(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Of whose people the person knows one; by name."""
    known, sight = clients_known_to(person(request)), Sight.of(person(request))
    return [_organisation(one, sight) for one in page(request, known, ("name", "id"), cursor, limit)[0]]


@organisations.get("/{int:pk}", auth=reading, response=answers(OrganisationOut), operation_id="get_organisation")
def get_organisation(request: HttpRequest, pk: int) -> Any:
    one = clients_known_to(person(request)).select_related("manager").filter(pk=min(pk, LARGEST)).first()
    if one is None:
        raise HttpError(404, "not found")
    looked(one, Place.API, by=person(request))
    return organisation_full(one, Sight.of(person(request)))


def organisation_full(one: Client, sight: Sight) -> dict[str, Any]:
    return _organisation(one, sight) | {
        **_by_role(one, sight),
        "restricted": one.restricted_as,
        "manager": one.manager.login if one.manager else None,
        "subscriptions": [_subscription(had, sight) for had in one.subscriptions.shown()],
    }


def _by_role(one: Contact | Client, sight: Sight) -> dict[str, Any]:
    """The note and the fields of the company; what is hidden is named, not told."""
    return {
        "note": one.note if sight.opens(PersonalFact.NOTE) else "",
        "details": [_detail(told, sight) for told in CardField.objects.answered(one)],
        "hidden": sight.hides(one),
    }


def _detail(told: Answered, sight: Sight) -> dict[str, Any]:
    field = told.field
    value = told.value if sight.opens_field(field) else None
    return {"id": field.pk, "name": field.name, "kind": field.kind, "personal": field.is_personal, "value": value}


@contacts.post("/events", auth=writing, response=answers(EventOut, 201), operation_id="record_client_event")
def record_client_event(request: HttpRequest, body: EventIn, key: Key = "") -> Any:
    """A trial began, the balance is low, a contract was renewed: kept on the card, told once for an external id."""
    user = person(request)
    holder = holder_of(user, body)

    def act() -> Any:
        try:
            event, new = ClientEvent.objects.record(
                body.what, by=user, at=body.at, data=body.data, external_id=body.external_id, **holder
            )
        except ValidationError as error:
            field, words = next(iter(error.message_dict.items()))
            raise Invalid(words[0], {"kind": "what"}.get(field, field)) from error
        return {
            "id": event.pk,
            "what": event.kind,
            "at": event.at,
            "contact_id": event.contact_id,
            "organisation_id": event.client_id,
            "new": new,
        }

    return Status(201, once(request, key, {"event": body.dict()}, act))


def holder_of(user: User, body: EventIn | PaymentIn) -> dict[str, Any]:
    """Whom it is about.  Raises Invalid when that is nobody, or not exactly one whom the person knows."""
    named = [name for name in ("contact_id", "email", "organisation_id") if getattr(body, name) is not None]
    if len(named) != 1:
        raise Invalid("name exactly one of contact_id, email and organisation_id", "contact_id")
    if body.organisation_id is not None:
        found: Client | Contact | None = clients_known_to(user).filter(pk=body.organisation_id).first()
    elif body.email is not None:
        claiming = Identity.objects.claiming(body.email.strip().lower())
        found = contacts_known_to(user).filter(identities__in=claiming).first()
    else:
        found = contacts_known_to(user).filter(pk=body.contact_id or 0).first()
    if found is None:
        raise Invalid("nobody is known by this", named[0])
    return {"contact": found} if isinstance(found, Contact) else {"client": found}


def _row(one: Contact) -> dict[str, Any]:
    place = one.client.name if one.client else None
    return {"id": one.pk, "name": one.name, "organisation_id": one.client_id, "organisation": place, "tags": one.tags}


def _organisation(one: Client, sight: Sight) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("id", "name", "website", "tax_number", "tags")}
    return told if sight.opens(PersonalFact.TAX_NUMBER) else told | {"tax_number": ""}


def _subscription(one: Subscription, sight: Sight) -> dict[str, Any]:
    names = ("plan", "details", "state", "starts_on", "ends_on", "amount", "currency", "period")
    told = {"product": one.product.name, **{name: getattr(one, name) for name in names}}
    return told if sight.opens(PersonalFact.MONEY) else told | {"amount": None}
