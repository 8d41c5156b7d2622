"""A saved reply that its author would share: offered, accepted or declined; and texts that are still good."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.errors import HttpError

from otklik.core.staff.models import Team, User
from otklik.desk.conversations.access import can_change, can_decide
from otklik.desk.conversations.models import SavedReply
from otklik.desk.tickets.errors import Invalid
from otklik.front.api.auth import person, writing
from otklik.front.api.doors import answers
from otklik.front.api.holders import tried
from otklik.front.api.repeating import Key, once
from otklik.front.api.saved import one_of, row
from otklik.front.api.schemas.texts import OfferIn, SavedReplyOut

router = Router(tags=["saved replies"])
FULL = answers(SavedReplyOut)


@router.post("/{int:pk}/offer", auth=writing, response=FULL, operation_id="offer_saved_reply")
def offer(request: HttpRequest, pk: int, body: OfferIn, key: Key = "") -> Any:
    """Share it with a line of one's own or with everybody, if who leads agrees; they are told.  For its author."""

    def turn(found: SavedReply, user: User) -> None:
        if body.everybody == bool(body.line):
            raise Invalid(_("Choose a line, or everybody."), "line")
        team = Team.objects.active().filter(name=body.line).first() if body.line else None
        if body.line and team is None:
            raise Invalid(_("Choose a line."), "line")
        tried(lambda: found.offer(team, by=user), {"": "line"})

    return _turned(request, pk, key, {"offer": pk, **body.dict()}, turn)


@router.post("/{int:pk}/accept", auth=writing, response=FULL, operation_id="accept_saved_reply")
def accept(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """It is shared with those to whom it was offered; its author answers for it.  422 for a shortcut that is taken."""
    return _decided(request, pk, key, "accept", lambda found, user: found.accept(by=user))


@router.post("/{int:pk}/decline", auth=writing, response=FULL, operation_id="decline_saved_reply")
def decline(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """It stays its author's own, who is told."""
    return _decided(request, pk, key, "decline", lambda found, user: found.decline(by=user))


@router.post("/{int:pk}/still-good", auth=writing, response=FULL, operation_id="review_saved_reply")
def still_good(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Looked at: nothing has to change.  By its keeper, and by who may change it."""

    def turn(found: SavedReply, user: User) -> None:
        if not can_change(user, found) and found.keeper_id != user.pk:
            raise HttpError(403, "its keeper and who leads say that")
        found.still_good(by=user)

    return _turned(request, pk, key, {"still good": pk}, turn)


def _decided(request: HttpRequest, pk: int, key: str, how: str, decide: Callable[[SavedReply, User], None]) -> Any:
    def turn(found: SavedReply, user: User) -> None:
        if not can_decide(user, found):
            raise HttpError(403, "who leads decides on what colleagues offer")
        tried(lambda: decide(found, user))

    return _turned(request, pk, key, {how: pk}, turn)


def _turned(
    request: HttpRequest, pk: int, key: str, told: object, turn: Callable[[SavedReply, User], None]
) -> dict[str, Any]:
    def act() -> dict[str, Any]:
        found, user = one_of(request, pk), person(request)
        turn(found, user)
        found.refresh_from_db()
        return row(found, user)

    answer: dict[str, Any] = once(request, key, told, act)
    return answer
