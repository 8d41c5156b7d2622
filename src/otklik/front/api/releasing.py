"""Answers of people in training that a curator reads first."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.desk.tickets.access import can_release
from otklik.desk.tickets.models import HeldAnswer
from otklik.front.api import present
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers, changed
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.deciding import ReleaseQueue
from otklik.front.api.schemas.shown import TicketFull
from otklik.front.api.schemas.told import ReleaseIn, SendBackIn

router = Router(tags=["tickets"])
of_ticket = Router(tags=["tickets"])


@router.get("", auth=reading, response=answers(ReleaseQueue), operation_id="list_releases")
def list_releases(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """What this person may release: of their trainees, of their lines; never their own."""
    rows = HeldAnswer.objects.for_release_of(person(request)).select_related("asked_by", "traineeship__curator")
    shown, following = page(request, rows, ("until", "id"), cursor, limit)
    return {"total": rows.count(), "items": [present.held_answer(held) for held in shown], "next": following}


@router.post("/{int:pk}/release", auth=writing, response=answers(dict[str, int]), operation_id="release_answer")
def release(request: HttpRequest, pk: int, body: ReleaseIn, key: Key = "") -> Any:
    """It leaves in the name of its author; 409 when somebody wrote since, was quicker, or it was withdrawn."""

    def act() -> dict[str, int]:
        held = _to_release(request, pk)
        held.ticket.release_answer(held.pk, by=person(request), text=body.text, seen=body.seen, words=body.words)
        return {"ticket": held.ticket_id}

    return once(request, key, {"release": pk, **body.dict()}, act)


@router.post("/{int:pk}/return", auth=writing, response=answers(dict[str, int]), operation_id="return_answer")
def send_back(request: HttpRequest, pk: int, body: SendBackIn, key: Key = "") -> Any:
    """Its author reads why and has the text as a draft again."""

    def act() -> dict[str, int]:
        held = _to_release(request, pk)
        held.ticket.return_answer(held.pk, by=person(request), words=body.words)
        return {"ticket": held.ticket_id}

    return once(request, key, {"return_answer": pk, **body.dict()}, act)


@of_ticket.post(
    "/{int:number}/release/withdraw", auth=writing, response=answers(TicketFull), operation_id="withdraw_answer"
)
def withdraw(request: HttpRequest, number: int, key: Key = "") -> Any:
    """Nobody releases it any more; its author has the text as a draft."""
    told = {"withdraw_answer": number}
    return changed(request, number, key, told, lambda ticket: ticket.withdraw_answer(by=person(request)))


def _to_release(request: HttpRequest, pk: int) -> HeldAnswer:
    related = ("ticket__team", "asked_by", "traineeship__curator")
    held = HeldAnswer.objects.select_related(*related).filter(pk=pk).first()
    if held is None or not can_release(person(request), held):
        raise HttpError(404, "not found")
    return held
