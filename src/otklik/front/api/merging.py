"""Duplicates of people and of organisations: what is proposed, merging with a dry run, and parting them again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.core.staff.models import User
from otklik.desk.clients.models import CardField, Client, ClientMerging, Contact, Merging
from otklik.desk.clients.sight import Place, Sight, looked
from otklik.desk.tickets.access import can_part
from otklik.desk.tickets.sameness import ORGANISATIONS, PEOPLE, Sameness
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.merging import LikenessOut, MergeIn, MergingOut

of_contacts, of_mergings = Router(tags=["contacts"]), Router(tags=["contacts"])
of_organisations, of_organisation_mergings = Router(tags=["organisations"]), Router(tags=["organisations"])
LARGEST = 2**63 - 1


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


@of_contacts.post("/{int:pk}/merge", auth=writing, response=answers(MergingOut), operation_id="merge_contact")
def merge(request: HttpRequest, pk: int, body: MergeIn, key: Key = "") -> Any:
    """The person becomes `into`; everything moves, and goes back by an undo within 30 days."""
    return _merge(request, PEOPLE, pk, body, key)


@of_organisations.post("/{int:pk}/merge", auth=writing, response=answers(MergingOut), operation_id="merge_organisation")
def merge_organisation(request: HttpRequest, pk: int, body: MergeIn, key: Key = "") -> Any:
    """The organisation becomes `into`; its people and all of theirs move, and go back by an undo within 30 days."""
    return _merge(request, ORGANISATIONS, pk, body, key)


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


def _merge(request: HttpRequest, of: Sameness, pk: int, body: MergeIn, key: str) -> Any:
    user = person(request)
    sight = Sight.of(user)
    if body.dry_run:
        winner, loser = _both(user, of, body.into, pk)
        after = of.after(winner, loser, sight.seen(body.take, winner))
        return _told(None, winner, loser, after, sight) | {"requests": of.requests_of(loser, user).count()}

    def act() -> Any:
        winner, loser = _both(user, of, body.into, pk)
        requests = of.requests_of(loser, user).count()
        try:
            merging = of.mergings.objects.merge(winner, loser, take=sight.seen(body.take, winner), by=user)
        except ValidationError as error:
            raise HttpError(409, error.messages[0]) from error
        winner.refresh_from_db()
        return _told(merging, winner, loser, _own(of, winner), sight) | {"requests": requests}

    return once(request, key, {f"merge {of.kind}": pk, **body.dict()}, act)


def _part(request: HttpRequest, of: Sameness, pk: int, key: str) -> Any:
    user = person(request)
    merging = of.merged_as_known_to(user).filter(pk=min(pk, LARGEST)).first()
    if merging is None:
        raise HttpError(404, "not found")
    if not can_part(user, merging):
        raise HttpError(403, "who merged them and leads may undo it")

    def act() -> Any:
        try:
            merging.undo(by=user)
        except ValidationError as error:
            raise HttpError(409, error.messages[0]) from error
        winner, loser = merging.winner, merging.loser
        requests = of.requests_of(loser, user).count()
        return _told(merging, winner, loser, _own(of, winner), Sight.of(user)) | {"requests": requests}

    return once(request, key, {f"part {of.kind}": pk}, act)


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
    return {**{name: getattr(row, name) for name in of.facts}, **{name: said for name, said in answered if said}}


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
        "until": merging.until.replace(microsecond=0) if merging else None,
        "undone_at": merging.undone_at if merging else None,
    }
