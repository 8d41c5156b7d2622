"""Duplicates of people and of organisations: what is proposed, merging with a dry run, and parting them again."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.core.staff.models import User
from otklik.desk.clients.models import CardField, Client, ClientMerging, Contact, Different, Merging, PersonalFact
from otklik.desk.clients.sight import Place, Sight, looked
from otklik.desk.tickets.access import can_part
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.sameness import ORGANISATIONS, PEOPLE, Sameness
from otklik.front.api import present
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST, contact_of, organisation_of
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.merging import CardMergeIn, DifferentIn, LikenessOut, MergedOut, MergingOut

of_contacts, of_mergings = Router(tags=["contacts"]), Router(tags=["contacts"])
of_organisations, of_organisation_mergings = Router(tags=["organisations"]), Router(tags=["organisations"])


@of_contacts.get(
    "/{int:pk}/duplicates", auth=reading, response=answers(list[LikenessOut]), operation_id="list_duplicates"
)
def list_duplicates(request: HttpRequest, pk: int) -> Any:
    """Who may be the same person, the likeliest first, with the reasons in words."""
    return _likely(person(request), PEOPLE, pk)


@of_organisations.get(
    "/{int:pk}/duplicates",
    auth=reading,
    response=answers(list[LikenessOut]),
    operation_id="list_duplicates_of_organisation",
)
def list_duplicates_of_organisation(request: HttpRequest, pk: int) -> Any:
    """What may be the same organisation, the likeliest first, with the reasons in words."""
    return _likely(person(request), ORGANISATIONS, pk)


@of_contacts.post(
    "/{int:pk}/different", auth=writing, response=answers(list[LikenessOut]), operation_id="tell_contacts_apart"
)
def tell_apart(request: HttpRequest, pk: int, body: DifferentIn, key: Key = "") -> Any:
    """They are not the same person and are never proposed again; answers with who still may be."""
    return _different(request, PEOPLE, pk, body, key)


@of_organisations.post(
    "/{int:pk}/different", auth=writing, response=answers(list[LikenessOut]), operation_id="tell_organisations_apart"
)
def tell_organisations_apart(request: HttpRequest, pk: int, body: DifferentIn, key: Key = "") -> Any:
    """They are not the same organisation and are never proposed again; answers with what still may be."""
    return _different(request, ORGANISATIONS, pk, body, key)


@of_contacts.post("/{int:pk}/merge", auth=writing, response=answers(MergingOut), operation_id="merge_contact")
def merge(request: HttpRequest, pk: int, body: CardMergeIn, key: Key = "") -> Any:
    """The person becomes `into`; everything moves, and goes back by an undo within 30 days."""
    return _merge(request, PEOPLE, pk, body, key)


@of_organisations.post("/{int:pk}/merge", auth=writing, response=answers(MergingOut), operation_id="merge_organisation")
def merge_organisation(request: HttpRequest, pk: int, body: CardMergeIn, key: Key = "") -> Any:
    """The organisation becomes `into`; its people and all of theirs move, and go back by an undo within 30 days."""
    return _merge(request, ORGANISATIONS, pk, body, key)


@of_contacts.get("/{int:pk}/mergings", auth=reading, response=answers(list[MergedOut]), operation_id="list_mergings")
def list_mergings(request: HttpRequest, pk: int, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Who was merged into the person, the last one first; `can_undo` where the person of the token may."""
    return _merged(request, contact_of(request, pk), cursor, limit)


@of_organisations.get(
    "/{int:pk}/mergings",
    auth=reading,
    response=answers(list[MergedOut]),
    operation_id="list_mergings_of_organisation",
)
def list_mergings_of_organisation(request: HttpRequest, pk: int, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """What was merged into the organisation, the last one first; `can_undo` where the person of the token may."""
    return _merged(request, organisation_of(request, pk), cursor, limit)


@of_mergings.post("/{int:pk}/undo", auth=writing, response=answers(MergingOut), operation_id="part_contacts")
def undo(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """What moved goes back; what came since then stays where it is."""
    return _part(request, PEOPLE, pk, key)


@of_organisation_mergings.post(
    "/{int:pk}/undo", auth=writing, response=answers(MergingOut), operation_id="part_organisations"
)
def part_organisations(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """What moved goes back; what came since then stays where it is."""
    return _part(request, ORGANISATIONS, pk, key)


def _likely(user: User, of: Sameness, pk: int) -> list[dict[str, Any]]:
    row, sight = _known(user, of, pk), Sight.of(user)
    return [
        {
            "id": one.other.pk,
            "name": one.other.name,
            "score": one.score,
            "reasons": one.reasons_for(sight),
            "can_merge": may,
        }
        for one, may in of.likely(row, user)
    ]


def _different(request: HttpRequest, of: Sameness, pk: int, body: DifferentIn, key: str) -> Any:
    def act() -> Any:
        user = person(request)
        one, two = _known(user, of, pk), _known(user, of, body.other)
        if not user.answers:
            raise HttpError(403, "this person does not answer clients")
        if one.pk == two.pk:
            raise Invalid("a card is the same as itself", "other")
        for each in (one, two):
            looked(each, Place.API, by=user)
        Different.objects.say(of.kind, one.pk, two.pk, by=user)
        return _likely(user, of, pk)

    return once(request, key, {"different": pk, "of": of.kind, **body.dict()}, act)


def _merge(request: HttpRequest, of: Sameness, pk: int, body: CardMergeIn, key: str) -> Any:
    user = person(request)
    sight = Sight.of(user)

    def act() -> Any:
        winner, loser = _both(user, of, body.into, pk)
        requests = of.requests_of(loser, user).count()
        try:
            merging = of.mergings.objects.merge(winner, loser, take=sight.seen(body.take, winner), by=user)
        except ValidationError as error:
            raise HttpError(409, error.messages[0]) from error
        winner.refresh_from_db()
        return _told(merging, winner, loser, _own(of, winner), sight) | {"requests": requests}

    if body.dry_run:
        _both(user, of, body.into, pk)  # that both cards were looked at stays written down
        return _taken_back(act) | {"id": None, "until": None}
    return once(request, key, {f"merge {of.kind}": pk, **body.dict()}, act)


def _taken_back(act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What an act would answer: it is done and undone, so that its look cannot differ from it (decision 0104)."""
    with transaction.atomic():
        told = act()
        transaction.set_rollback(True)
    return told


def _part(request: HttpRequest, of: Sameness, pk: int, key: str) -> Any:
    def act() -> Any:
        user = person(request)
        merging = of.merged_as_known_to(user).filter(pk=min(pk, LARGEST)).first()
        if merging is None:
            raise HttpError(404, "not found")
        if not can_part(user, merging):
            raise HttpError(403, "who merged them and leads may undo it")
        try:
            merging.undo(by=user)
        except ValidationError as error:
            raise HttpError(409, error.messages[0]) from error
        winner, loser = merging.winner, merging.loser
        requests = of.requests_of(loser, user).count()
        return _told(merging, winner, loser, _own(of, winner), Sight.of(user)) | {"requests": requests}

    return once(request, key, {f"part {of.kind}": pk}, act)


def _merged(request: HttpRequest, holder: Contact | Client, cursor: str, limit: int) -> list[dict[str, Any]]:
    user = person(request)
    made: Any = holder.mergings
    rows: list[Any] = page(request, made.select_related("loser", "by"), ("-id",), cursor, limit)[0]
    may = user.is_active and user.answers  # who reads this card knows it
    return [
        {
            "id": one.pk,
            "merged": one.loser_id,
            "name": one.loser.name,
            "by": present.person_row(one.by),
            "at": one.at,
            "until": one.until,
            "undone_at": one.undone_at,
            "can_undo": may and one.can_be_undone and (user.leads or user.pk == one.by_id),
        }
        for one in rows
    ]


def _known(user: User, of: Sameness, pk: int) -> Any:
    row = of.known_to(user).filter(pk=min(pk, LARGEST)).first()
    if row is None:
        raise HttpError(404, "not found")
    return row


def _both(user: User, of: Sameness, into: int, pk: int) -> tuple[Any, Any]:
    winner, loser = _known(user, of, into), _known(user, of, pk)
    if winner.pk == loser.pk:
        raise HttpError(422, "nobody is merged with themselves")
    if not of.may_merge(user, winner, loser):
        raise HttpError(403, "a lead decides whether they are the same")
    for one in (winner, loser):
        looked(one, Place.API, by=user)
    return winner, loser


def _own(of: Sameness, row: Contact | Client) -> dict[str, Any]:
    """What the card says now: facts, and answers to the fields of the company."""
    answered = ((one.field.place, one.field.said(one.value)) for one in CardField.objects.answered(row))
    facts = {name: getattr(row, name) for name in of.facts}
    if isinstance(row, Contact):
        facts["client"] = row.client.name if row.client else ""
    return {**facts, **{name: said for name, said in answered if said}}


def _notes(row: Contact | Client, sight: Sight) -> list[str]:
    pinned = row.notes.all().pinned() if sight.opens(PersonalFact.NOTE) else ()
    return [one.text for one in pinned]


def _told(
    merging: Merging | ClientMerging | None,
    winner: Contact | Client,
    loser: Contact | Client,
    facts: dict[str, Any],
    sight: Sight,
) -> dict[str, Any]:
    """What a program of this person gets to know of it; what is hidden from them is absent."""
    hidden = {*sight.hides(winner)}
    said = {
        name: ", ".join(value) if isinstance(value, list) else str(value or "")
        for name, value in facts.items()
        if name not in hidden
    }
    return {
        "id": merging.pk if merging else None,
        "into": winner.pk,
        "merged": loser.pk,
        "facts": said,
        "notes": _notes(winner, sight),
        "until": merging.until.replace(microsecond=0) if merging else None,
        "undone_at": merging.undone_at if merging else None,
    }
