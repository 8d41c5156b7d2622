"""Refusals that a lead sees first."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.desk.tickets.access import can_decide_refusal
from otklik.desk.tickets.models import RefusalRequest
from otklik.front.api import present
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers, changed
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.deciding import RefusalQueue
from otklik.front.api.schemas.shown import TicketFull
from otklik.front.api.schemas.told import ApproveIn, SendBackIn

router = Router(tags=["tickets"])
of_ticket = Router(tags=["tickets"])


@router.get("", auth=reading, response=answers(RefusalQueue), operation_id="list_refusals")
def list_refusals(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """What waits for the word of this person; never their own."""
    rows = RefusalRequest.objects.for_decision_of(person(request)).select_related("asked_by")
    shown, following = page(request, rows, ("until", "id"), cursor, limit)
    return {"total": rows.count(), "items": [present.refusal_asked(asked) for asked in shown], "next": following}


@router.post("/{int:pk}/approve", auth=writing, response=answers(dict[str, int]), operation_id="approve_refusal")
def approve(request: HttpRequest, pk: int, body: ApproveIn, key: Key = "") -> Any:
    """It leaves in the name of its author; 409 when somebody was quicker or it was overtaken."""

    def act() -> dict[str, int]:
        asked = _to_decide(request, pk)
        asked.ticket.approve_refusal(asked.pk, by=person(request), words=body.words)
        return {"ticket": asked.ticket_id}

    return once(request, key, {"approve": pk, **body.dict()}, act)


@router.post("/{int:pk}/return", auth=writing, response=answers(dict[str, int]), operation_id="return_refusal")
def send_back(request: HttpRequest, pk: int, body: SendBackIn, key: Key = "") -> Any:
    """Its author reads why and has the text as a draft again."""

    def act() -> dict[str, int]:
        asked = _to_decide(request, pk)
        asked.ticket.return_refusal(asked.pk, by=person(request), words=body.words)
        return {"ticket": asked.ticket_id}

    return once(request, key, {"return": pk, **body.dict()}, act)


@of_ticket.post(
    "/{int:number}/refuse/withdraw", auth=writing, response=answers(TicketFull), operation_id="withdraw_refusal"
)
def withdraw(request: HttpRequest, number: int, key: Key = "") -> Any:
    """Nobody decides on it any more; its author has the text as a draft."""
    told = {"withdraw": number}
    return changed(request, number, key, told, lambda ticket: ticket.withdraw_refusal(by=person(request)))


def _to_decide(request: HttpRequest, pk: int) -> RefusalRequest:
    asked = RefusalRequest.objects.select_related("ticket__team", "asked_by").filter(pk=pk).first()
    if asked is None or not can_decide_refusal(person(request), asked):
        raise HttpError(404, "not found")
    return asked
