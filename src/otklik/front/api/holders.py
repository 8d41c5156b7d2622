"""Whose card a program reads or writes on: a look that a restricted card remembers, and who may write."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from ninja import Schema
from ninja.errors import HttpError

from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact
from otklik.desk.clients.sight import Place, looked
from otklik.desk.tickets.access import can_keep_cards, clients_known_to, contacts_known_to
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.finding import with_email
from otklik.front.api.auth import person
from otklik.front.api.schemas.clients import EventIn
from otklik.front.api.schemas.payments import PaymentIn

LARGEST = 2**63 - 1


def contact_of(request: HttpRequest, pk: int) -> Contact:
    """A look at the card of a person; 404 for somebody whom the person of the token does not know."""
    known = contacts_known_to(person(request)).select_related("client").prefetch_related("identities")
    return _seen(request, known.filter(pk=min(pk, LARGEST)).first())


def organisation_of(request: HttpRequest, pk: int) -> Client:
    """The same of an organisation."""
    known = clients_known_to(person(request)).select_related("manager")
    return _seen(request, known.filter(pk=min(pk, LARGEST)).first())


def keeper(request: HttpRequest) -> User:
    """The person of the token, who writes on cards."""
    user = person(request)
    if not can_keep_cards(user):
        raise HttpError(403, "this person does not answer clients")
    return user


def kept_contact(request: HttpRequest, pk: int) -> Contact:
    """The card of a person, to write on."""
    one = contact_of(request, pk)
    keeper(request)
    return one


def kept_organisation(request: HttpRequest, pk: int) -> Client:
    """The card of an organisation, to write on."""
    one = organisation_of(request, pk)
    keeper(request)
    return one


def tried[T](act: Callable[[], T], called: Mapping[str, str] | None = None) -> T:
    """Done wholly or not at all.  Raises Invalid, whose field is named as in the body: `called` says what differs."""
    try:
        with transaction.atomic():
            return act()
    except ValidationError as error:
        raise invalid(error, called) from error


def invalid(error: ValidationError, called: Mapping[str, str] | None = None) -> Invalid:
    """The first value to mend, by its name in the body; "" in `called` is what is wrong as a whole."""
    names = called or {}
    if not hasattr(error, "error_dict"):
        return Invalid(error.messages[0], names.get("", ""))
    field, words = next(iter(error.message_dict.items()))
    return Invalid(words[0], names.get("", "") if field == "__all__" else names.get(field, field))


def holder_of(user: User, body: EventIn | PaymentIn) -> dict[str, Any]:
    """Whom it is about.  Raises Invalid when that is nobody, or not exactly one whom the person knows."""
    named = [name for name in ("contact_id", "email", "organisation_id") if getattr(body, name) is not None]
    if len(named) != 1:
        raise Invalid("name exactly one of contact_id, email and organisation_id", "contact_id")
    if body.organisation_id is not None:
        found: Client | Contact | None = clients_known_to(user).filter(pk=body.organisation_id).first()
    elif body.email is not None:
        found = contacts_known_to(user).filter(with_email(body.email)).first()
    else:
        found = contacts_known_to(user).filter(pk=body.contact_id or 0).first()
    if found is None:
        raise Invalid("nobody is known by this", named[0])
    return {"contact": found} if isinstance(found, Contact) else {"client": found}


def put(row: Any, body: Schema, user: User, **values: Any) -> None:
    """What the body names, and these values, stand on the row and are kept by its verb.  Raises Invalid."""
    for name, value in {**body.dict(exclude_unset=True), **values}.items():
        setattr(row, name, value)
    tried(lambda: row.put(by=user))


def _seen[Holder: (Contact, Client)](request: HttpRequest, one: Holder | None) -> Holder:
    if one is None:
        raise HttpError(404, "not found")
    looked(one, Place.API, by=person(request))
    return one
