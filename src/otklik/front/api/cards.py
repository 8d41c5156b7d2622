"""Cards of people and organisations: fields of the company, what is hidden and shown for a reason, who looked."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.core.staff.models import User
from otklik.desk.clients.facts import said_of
from otklik.desk.clients.models import Answered, CardField, Client, Contact
from otklik.desk.clients.sight import Place, Sight, looks_at, may_restrict, reveal, sees_looks
from otklik.desk.tickets.access import can_keep_cards
from otklik.desk.tickets.errors import Invalid
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers
from otklik.front.api.holders import contact_of, organisation_of
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.clients import (
    CardFieldOut,
    ContactOut,
    LookOut,
    OrganisationOut,
    OrganisationRestrictedIn,
    RestrictedIn,
    RevealedOut,
    RevealIn,
)
from otklik.front.api.schemas.told import DetailsIn
from otklik.front.api.showing import contact_full, organisation_full

of_contacts, of_organisations = Router(tags=["contacts"]), Router(tags=["organisations"])


@of_contacts.get("/fields", auth=reading, response=answers(list[CardFieldOut]), operation_id="list_contact_fields")
def list_contact_fields(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """What the company keeps of people, in the order of the card; also fields that are not in use any more."""
    return _fields(request, "contact", cursor, limit)


@of_organisations.get(
    "/fields", auth=reading, response=answers(list[CardFieldOut]), operation_id="list_organisation_fields"
)
def list_organisation_fields(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """What the company keeps of organisations, in the order of the card; also fields not in use any more."""
    return _fields(request, "client", cursor, limit)


@of_contacts.post("/{int:pk}/details", auth=writing, response=answers(ContactOut), operation_id="fill_contact")
def fill_contact(request: HttpRequest, pk: int, body: DetailsIn, key: Key = "") -> Any:
    """Answer fields of the person's card; all of them or none."""

    def act() -> Any:
        one = contact_of(request, pk)
        _fill(one, body, person(request))
        return contact_full(one, person(request))

    return once(request, key, {"details of contact": pk, **body.dict()}, act)


@of_organisations.post(
    "/{int:pk}/details", auth=writing, response=answers(OrganisationOut), operation_id="fill_organisation"
)
def fill_organisation(request: HttpRequest, pk: int, body: DetailsIn, key: Key = "") -> Any:
    """Answer fields of the organisation's card; all of them or none."""

    def act() -> Any:
        one = organisation_of(request, pk)
        _fill(one, body, person(request))
        return organisation_full(one, person(request))

    return once(request, key, {"details of organisation": pk, **body.dict()}, act)


@of_contacts.post("/{int:pk}/reveal", auth=writing, response=answers(RevealedOut), operation_id="reveal_contact")
def reveal_contact(request: HttpRequest, pk: int, body: RevealIn) -> Any:
    """Hidden facts of a person, for a reason; each call is written down.  Nothing of the answer is kept."""
    return _revealed(contact_of(request, pk), body, person(request))


@of_organisations.post(
    "/{int:pk}/reveal", auth=writing, response=answers(RevealedOut), operation_id="reveal_organisation"
)
def reveal_organisation(request: HttpRequest, pk: int, body: RevealIn) -> Any:
    """Hidden facts of an organisation, for a reason; each call is written down.  Nothing of the answer is kept."""
    return _revealed(organisation_of(request, pk), body, person(request))


@of_contacts.post("/{int:pk}/restricted", auth=writing, response=answers(ContactOut), operation_id="restrict_contact")
def restrict_contact(request: HttpRequest, pk: int, body: RestrictedIn, key: Key = "") -> Any:
    """Have every look at the card written down, or not any more; leads decide."""
    one = contact_of(request, pk)
    return _restricted(request, one, body.why, key, "restrict", lambda user: contact_full(one, user))


@of_organisations.post(
    "/{int:pk}/restricted", auth=writing, response=answers(OrganisationOut), operation_id="restrict_organisation"
)
def restrict_organisation(request: HttpRequest, pk: int, body: OrganisationRestrictedIn, key: Key = "") -> Any:
    """Have every look at the card written down, or not any more; leads decide."""
    one = organisation_of(request, pk)
    told = "restrict organisation"
    return _restricted(request, one, body.why, key, told, lambda user: organisation_full(one, user))


def _restricted(
    request: HttpRequest, one: Contact | Client, why: str, key: str, told: str, full: Callable[[User], Any]
) -> Any:
    def act() -> Any:
        user = person(request)
        if not may_restrict(user):
            raise HttpError(403, "a lead decides which cards are restricted")
        one.restrict(why, by=user)
        return full(user)

    return once(request, key, {told: one.pk, "why": why}, act)


@of_contacts.get("/{int:pk}/looks", auth=reading, response=answers(list[LookOut]), operation_id="list_contact_looks")
def list_contact_looks(request: HttpRequest, pk: int) -> Any:
    """Who looked at the card of a person, the last fifty; for leads."""
    return _looks(request, lambda: contact_of(request, pk))


@of_organisations.get(
    "/{int:pk}/looks", auth=reading, response=answers(list[LookOut]), operation_id="list_organisation_looks"
)
def list_organisation_looks(request: HttpRequest, pk: int) -> Any:
    """Who looked at the card of an organisation, the last fifty; for leads."""
    return _looks(request, lambda: organisation_of(request, pk))


def _fields(request: HttpRequest, of: str, cursor: str, limit: int) -> Any:
    shown, _next = page(request, CardField.objects.filter(of=of), ("position", "id"), cursor, limit)
    return [
        {
            **{name: getattr(one, name) for name in ("id", "name", "kind", "options", "hint")},
            "personal": one.is_personal,
            "in_use": one.is_active,
        }
        for one in shown
    ]


@transaction.atomic
def _fill(holder: Contact | Client, body: DetailsIn, by: User) -> None:
    if not can_keep_cards(by):
        raise HttpError(403, "this person does not answer clients")
    known = {one.field.pk: one for one in CardField.objects.answered(holder)}
    sight = Sight.of(by)
    for number, given in body.values.items():
        if number not in known:
            raise Invalid("there is no such field on this card", f"field-{number}")
        _say(holder, known[number], given, sight, by)


def _say(holder: Contact | Client, one: Answered, given: object, sight: Sight, by: User) -> None:
    if not sight.may_fill(one):
        raise HttpError(403, f"{one.field.place} is hidden from this person, who may not write over it")
    try:
        one.field.fill(holder, given, by=by)
    except ValidationError as error:
        raise Invalid(error.messages[0], one.field.place) from error


def _revealed(holder: Contact | Client, body: RevealIn, by: User) -> Any:
    try:
        reveal(holder, body.names, body.reason, Place.API, by=by)
    except ValidationError as error:
        field, words = next(iter(error.message_dict.items()))
        raise Invalid(words[0], field) from error
    except PermissionDenied as error:
        raise HttpError(403, "the role of this person does not see it") from error
    return {"values": {name: said_of(holder, name) for name in dict.fromkeys(body.names)}}


def _looks(request: HttpRequest, found: Callable[[], Contact | Client]) -> Any:
    if not sees_looks(person(request)):
        raise HttpError(403, "leads read who looked")
    return [
        {
            "at": entry.at,
            "login": entry.actor.login if entry.actor else None,
            **{name: entry.data[name] for name in ("place", "names", "reason")},
        }
        for entry in looks_at(found())
    ]
