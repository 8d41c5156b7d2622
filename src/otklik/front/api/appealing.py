"""Appeals against refusals."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.desk.tickets.access import can_decide_appeal
from otklik.desk.tickets.models import Appeal
from otklik.desk.tickets.steps import PromiseDate, PutAside
from otklik.front.api import present
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers, changed
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.appeals import AppealIn, AppealQueue, GrantIn, UpholdIn
from otklik.front.api.schemas.shown import TicketFull

router = Router(tags=["tickets"])
of_ticket = Router(tags=["tickets"])


@router.get("", auth=reading, response=answers(AppealQueue), operation_id="list_appeals")
def list_appeals(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """What this person may decide on; never an appeal against their own refusal."""
    rows = Appeal.objects.for_decision_of(person(request)).select_related("holder", "refused_by", "refusal")
    shown, following = page(request, rows, ("until", "id"), cursor, limit)
    return {"total": rows.count(), "items": [present.appeal_row(appeal) for appeal in shown], "next": following}


@router.post("/{int:pk}/grant", auth=writing, response=answers(dict[str, int]), operation_id="grant_appeal")
def grant(request: HttpRequest, pk: int, body: GrantIn, key: Key = "") -> Any:
    """The refusal is taken back and the client reads why; 409 when somebody was quicker."""
    then = PutAside(body.until, body.what) if body.next == "aside" else PromiseDate(body.until, body.what)

    def act() -> dict[str, int]:
        appeal = _to_decide(request, pk)
        appeal.ticket.grant_appeal(appeal.pk, by=person(request), words=body.words, then=then)
        return {"ticket": appeal.ticket_id}

    return once(request, key, {"grant": pk, **body.dict()}, act)


@router.post("/{int:pk}/uphold", auth=writing, response=answers(dict[str, int]), operation_id="uphold_appeal")
def uphold(request: HttpRequest, pk: int, body: UpholdIn, key: Key = "") -> Any:
    """The refusal stands and the client reads why; 409 when somebody was quicker."""

    def act() -> dict[str, int]:
        appeal = _to_decide(request, pk)
        appeal.ticket.uphold_appeal(appeal.pk, by=person(request), words=body.words)
        return {"ticket": appeal.ticket_id}

    return once(request, key, {"uphold": pk, **body.dict()}, act)


@of_ticket.post("/{int:number}/appeal", auth=writing, response=answers(TicketFull), operation_id="appeal")
def appeal(request: HttpRequest, number: int, body: AppealIn, key: Key = "") -> Any:
    """The client does not agree with the refusal: what they wrote last, or what they said; 409 where it cannot be."""
    told = {"appeal": number, **body.dict()}
    return changed(request, number, key, told, lambda ticket: ticket.mark_appeal(by=person(request), text=body.text))


def _to_decide(request: HttpRequest, pk: int) -> Appeal:
    people = ("refused_by", "approved_by")
    found = Appeal.objects.select_related("ticket__team", *people).filter(pk=pk).first()
    if found is None or not can_decide_appeal(person(request), found):
        raise HttpError(404, "not found")
    return found
