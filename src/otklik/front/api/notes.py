"""Notes of cards, as a program reads and writes them: what matters first, the others below, put away ones behind."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.errors import HttpError

from otklik.core.staff.models import User
from otklik.desk.clients.models import CardNote, Client, Contact, PersonalFact
from otklik.desk.clients.sight import Sight
from otklik.front.api import present
from otklik.front.api.auth import carding, person, reading
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST, contact_of, kept_contact, kept_organisation, organisation_of, tried
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.clients import CardNoteOut
from otklik.front.api.schemas.keeping import CardNoteChange, CardNoteIn

of_contacts, of_organisations = Router(tags=["contacts"]), Router(tags=["organisations"])
ONE = answers(CardNoteOut)
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
type Holder = Contact | Client


@of_contacts.get(
    "/{int:pk}/notes", auth=reading, response=answers(list[CardNoteOut]), operation_id="list_notes_of_contact"
)
def list_of_contact(
    request: HttpRequest,
    pk: int,
    archived: bool = Query(False, description="those in the archive instead, the last put away first"),
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """Pinned ones first, the one that stands beside every request at the top; none where `hidden` names `note`."""
    return _list(request, contact_of(request, pk), archived, cursor, limit)


@of_organisations.get(
    "/{int:pk}/notes", auth=reading, response=answers(list[CardNoteOut]), operation_id="list_notes_of_organisation"
)
def list_of_organisation(
    request: HttpRequest,
    pk: int,
    archived: bool = Query(False, description="those in the archive instead, the last put away first"),
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """Pinned ones first, the one that stands beside every request at the top; none where `hidden` names `note`."""
    return _list(request, organisation_of(request, pk), archived, cursor, limit)


@of_contacts.post(
    "/{int:pk}/notes", auth=carding, response=answers(CardNoteOut, 201), operation_id="add_note_of_contact"
)
def add_of_contact(request: HttpRequest, pk: int, body: CardNoteIn, key: Key = "") -> Any:
    """One more note of the person, in the name of the person of the token."""
    return _add(request, kept_contact(request, pk), body, key)


@of_organisations.post(
    "/{int:pk}/notes", auth=carding, response=answers(CardNoteOut, 201), operation_id="add_note_of_organisation"
)
def add_of_organisation(request: HttpRequest, pk: int, body: CardNoteIn, key: Key = "") -> Any:
    """One more note of the organisation, in the name of the person of the token."""
    return _add(request, kept_organisation(request, pk), body, key)


@of_contacts.patch("/{int:pk}/notes/{int:number}", auth=carding, response=ONE, operation_id="change_note_of_contact")
def change_of_contact(request: HttpRequest, pk: int, number: int, body: CardNoteChange, key: Key = "") -> Any:
    """Its words, where `own` says so, and whether it is pinned; words of a colleague are theirs (422)."""
    return _change(request, kept_contact(request, pk), number, body, key)


@of_organisations.patch(
    "/{int:pk}/notes/{int:number}", auth=carding, response=ONE, operation_id="change_note_of_organisation"
)
def change_of_organisation(request: HttpRequest, pk: int, number: int, body: CardNoteChange, key: Key = "") -> Any:
    """Its words, where `own` says so, and whether it is pinned; words of a colleague are theirs (422)."""
    return _change(request, kept_organisation(request, pk), number, body, key)


@of_contacts.post(
    "/{int:pk}/notes/{int:number}/archive", auth=carding, response=ONE, operation_id="archive_note_of_contact"
)
def archive_of_contact(request: HttpRequest, pk: int, number: int, key: Key = "") -> Any:
    """Put away, what deleting is on the card: nothing of it is lost.  Twice is as once."""
    return _put_away(request, kept_contact(request, pk), number, True, key)


@of_organisations.post(
    "/{int:pk}/notes/{int:number}/archive",
    auth=carding,
    response=ONE,
    operation_id="archive_note_of_organisation",
)
def archive_of_organisation(request: HttpRequest, pk: int, number: int, key: Key = "") -> Any:
    """Put away, what deleting is on the card: nothing of it is lost.  Twice is as once."""
    return _put_away(request, kept_organisation(request, pk), number, True, key)


@of_contacts.post(
    "/{int:pk}/notes/{int:number}/back", auth=carding, response=ONE, operation_id="bring_back_note_of_contact"
)
def bring_back_of_contact(request: HttpRequest, pk: int, number: int, key: Key = "") -> Any:
    """Out of the archive; not pinned any more."""
    return _put_away(request, kept_contact(request, pk), number, False, key)


@of_organisations.post(
    "/{int:pk}/notes/{int:number}/back",
    auth=carding,
    response=ONE,
    operation_id="bring_back_note_of_organisation",
)
def bring_back_of_organisation(request: HttpRequest, pk: int, number: int, key: Key = "") -> Any:
    """Out of the archive; not pinned any more."""
    return _put_away(request, kept_organisation(request, pk), number, False, key)


def _list(request: HttpRequest, holder: Holder, archived: bool, cursor: str, limit: int) -> list[dict[str, Any]]:
    user = person(request)
    if not Sight.of(user).opens(PersonalFact.NOTE):
        return []
    theirs = CardNote.objects.filter(**_of(holder)).select_related("by", "archived_by")
    if archived:
        rows, order = theirs.exclude(archived_at=None), ("-archived_at", "-id")
    else:
        stood = Coalesce("pinned_at", Value(LONG_AGO))
        rows, order = theirs.standing().annotate(stood=stood), ("-stood", "-id")
    return [_row(one, user) for one in page(request, rows, order, cursor, limit)[0]]


def _add(request: HttpRequest, holder: Holder, body: CardNoteIn, key: str) -> Any:
    def act() -> Any:
        user = _reader(request)
        note = CardNote(**_of(holder), text=body.text)

        def keep() -> None:
            note.put(by=user)
            if body.pinned:
                note.pin(True, by=user)

        tried(keep)
        return _row(note, user)

    return Status(201, once(request, key, {"note of": _of_plain(holder), **body.dict()}, act))


def _change(request: HttpRequest, holder: Holder, number: int, body: CardNoteChange, key: str) -> Any:
    user, said = _reader(request), body.dict(exclude_unset=True)

    def act() -> Any:
        note = _note(holder, number)

        def keep() -> None:
            if "text" in said:
                note.text = said["text"]
                note.put(by=user)
            if "pinned" in said and said["pinned"] != (note.pinned_at is not None):
                note.pin(said["pinned"], by=user)

        tried(keep, {"": "text" if "text" in said else "pinned"})
        return _row(note, user)

    return once(request, key, {"note": number, "of": _of_plain(holder), **said}, act)


def _put_away(request: HttpRequest, holder: Holder, number: int, away: bool, key: str) -> Any:
    def act() -> Any:
        user = _reader(request)
        note = _note(holder, number)
        tried(lambda: note.end(by=user) if away else note.bring_back(by=user))
        return _row(note, user)

    return once(request, key, {"note": number, "of": _of_plain(holder), "away": away}, act)


def _reader(request: HttpRequest) -> User:
    """Who writes below a card sees what stands there: hidden notes are not written over."""
    user = person(request)
    if not Sight.of(user).opens(PersonalFact.NOTE):
        raise HttpError(403, "note is hidden from this person, who may not write over it")
    return user


def _note(holder: Holder, number: int) -> CardNote:
    theirs = CardNote.objects.filter(**_of(holder)).select_related("by", "archived_by", "contact", "client")
    note = theirs.filter(pk=min(number, LARGEST)).first()
    if note is None:
        raise HttpError(404, "not found")
    return note


def _of(holder: Holder) -> dict[str, Holder]:
    return {"contact" if isinstance(holder, Contact) else "client": holder}


def _of_plain(holder: Holder) -> str:
    return f"{holder._meta.model_name} {holder.pk}"


def _row(one: CardNote, user: User) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in ("id", "text", "at", "changed_at", "archived_at")},
        "pinned": one.pinned_at is not None,
        "by": present.person_row(one.by),
        "archived_by": present.person_row(one.archived_by),
        "own": one.is_written_by(user),
    }
