"""OpenPGP keys by which signed letters of a person are known."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.desk.clients.models import Contact, ContactKey
from otklik.front.api import present
from otklik.front.api.auth import carding, reading
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST, contact_of, keeper, kept_contact, tried
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.clients import ContactKeyOut
from otklik.front.api.schemas.keeping import ContactKeyIn

of_contacts = Router(tags=["contacts"])


@of_contacts.get(
    "/{int:pk}/keys", auth=reading, response=answers(list[ContactKeyOut]), operation_id="list_contact_keys"
)
def list_keys(request: HttpRequest, pk: int, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """The first to be added first."""
    return [_row(one) for one in page(request, _keys(contact_of(request, pk)), ("id",), cursor, limit)[0]]


@of_contacts.post("/{int:pk}/keys", auth=carding, response=answers(ContactKeyOut, 201), operation_id="add_contact_key")
def add_key(request: HttpRequest, pk: int, body: ContactKeyIn, key: Key = "") -> Any:
    """A public key in its text form; the person of the token has made sure whose it is.  422 for a secret one."""

    def act() -> Any:
        one, user = kept_contact(request, pk), keeper(request)
        return _row(tried(lambda: ContactKey.objects.read(one, body.key, by=user), {"": "key"}))

    return Status(201, once(request, key, {"key of": pk, **body.dict()}, act))


@of_contacts.post(
    "/{int:pk}/keys/{int:number}/remove",
    auth=carding,
    response=answers(list[ContactKeyOut]),
    operation_id="remove_contact_key",
)
def remove_key(request: HttpRequest, pk: int, number: int, key: Key = "") -> Any:
    """Letters signed by it are not known any more.  Answers with those that are left."""

    def act() -> Any:
        one, user = kept_contact(request, pk), keeper(request)
        gone = _keys(one).filter(pk=min(number, LARGEST)).first()
        if gone is None:
            raise HttpError(404, "not found")
        gone.forget(by=user)
        return [_row(left) for left in _keys(one).order_by("id")]

    return once(request, key, {"no key": number, "of": pk}, act)


def _keys(contact: Contact) -> Any:
    return contact.keys.select_related("added_by")


def _row(one: ContactKey) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("fingerprint", "name", "added_at")}
    return {"id": one.pk, **told, "added_by": present.person_row(one.added_by)}
