"""The job of an erasure: small transactions, one after another; what is done is remembered with what it did."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.datamap import Person, Place, declared, shared_places
from otklik.desk.clients.models import Contact
from otklik.desk.privacy.models import DataRequest
from otklik.desk.privacy.preview import against
from otklik.desk.privacy.subject import ORDER, batches, has_words, holders, person_of

BATCH = 200


class Stopped(Exception):
    """Something stands against it now; the words say what."""


class Wrote(Exception):
    """The person wrote where the erasure had been already."""


def erase(asked: DataRequest) -> None:
    """From where it was to the end, and from the beginning as long as they write meanwhile."""
    person = person_of(Contact.objects.get(pk=asked.contact_id))
    while True:
        try:
            _walk(asked, person)
        except Wrote:
            asked.anew()
        else:
            return asked.finish()


def _walk(asked: DataRequest, person: Person) -> None:
    for phase in ORDER[ORDER.index(asked.cursor.get("phase", ORDER[0])) :]:
        after = asked.cursor.get("after") if asked.cursor.get("phase") == phase else None
        keys = holders(person, phase)
        pieces = [keys] if phase in ("contact", "person", "address") and keys else batches(keys, BATCH, after)
        for piece in pieces:
            _piece(asked, person, phase, piece)


@transaction.atomic
def _piece(asked: DataRequest, person: Person, phase: str, keys: list[Any]) -> None:
    """One batch and the note that it is done; what came meanwhile stops it here."""
    _hold(asked, person)
    if phase == "contact" and has_words(person):
        raise Wrote
    if phase == "among":
        for part in shared_places():
            _count(asked, "among", _("in conversations of others"), part.erase(person, keys))
    for place in declared():
        if phase in place.ways:
            _count(asked, place.name, place.label, place.erase(place.rows(phase, keys)), place)
    asked.cursor = {"phase": phase, "after": keys[-1]}
    asked.save(update_fields=["cursor", "counts"])


def _hold(asked: DataRequest, person: Person) -> None:
    """Whom it is about, in the order in which merging holds them.  Raises Stopped."""
    list(Contact.objects.filter(pk__in=person.contacts).order_by("pk").select_for_update(of=("self",)))
    row = DataRequest.objects.select_related("contact").select_for_update(of=("self",)).get(pk=asked.pk)
    if set(person_of(row.contact).contacts) != set(person.contacts):
        raise Stopped(_("Cards were merged or parted meanwhile; look at what goes before going on."))
    if words := next(iter(against(person)), ""):
        raise Stopped(words)


def _count(asked: DataRequest, name: str, label: str, rows: int, place: Place | None = None) -> None:
    if rows:
        found = asked.counts.setdefault(name, {"label": label, "rows": 0, "fate": place.fate if place else "words"})
        found["rows"] += rows
