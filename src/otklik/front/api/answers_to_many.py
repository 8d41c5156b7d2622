"""One answer to many tickets: looked at, read by a second person where it goes to many, done by jobs, called off.

A room that the API does not know writes it (`desk/tickets/to_many`); whose it is and who may halt it is asked there.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Sweep
from otklik.desk.tickets.to_many import ACT, Answers
from otklik.desk.tickets.to_many import answers as answers_to_many
from otklik.front.api import present
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.many import AnswerManyIn, AnswerManyOut, AnswerManyRow

router = Router(tags=["tickets"])
FULL = answers(AnswerManyOut)


@router.get("", auth=reading, response=answers(list[AnswerManyRow]), operation_id="list_answers_to_many")
def list_answers(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """One's own of the last days, the newest first; `GET /notices` names those of others that wait for one's word."""
    own = _all().filter(by=person(request))
    return [_row(one) for one in page(request, own, ("-id",), cursor, limit)[0]]


@router.post("", auth=writing, response=answers(AnswerManyOut, 201), operation_id="answer_many")
def answer_many(request: HttpRequest, body: AnswerManyIn, key: Key = "") -> Any:
    """Write one answer to all of them.  It is looked at first: nothing leaves before `…/go`.

    Left out is whom we cannot or may not reach, who wrote meanwhile, for whom a place of the text is empty, and whose
    ticket a colleague works on.
    """

    def act() -> Any:
        user = person(request)
        if not user.answers:
            raise HttpError(403, "this person does not answer clients")
        made = answers_to_many().begin_answer(user, body.tickets, body.text, _form(body), body.seen)
        return _full(made, user)

    return Status(201, once(request, key, {"answer to many": body.dict()}, act))


@router.get("/{int:pk}", auth=reading, response=FULL, operation_id="read_answer_to_many")
def read_answer(request: HttpRequest, pk: int) -> Any:
    """How far it is, and what clients read; one's own, or of a line on which one's word holds."""
    return _full(_one(request, pk), person(request))


@router.post("/{int:pk}/go", auth=writing, response=FULL, operation_id="let_answer_to_many_go")
def go(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """By its author, who has read what would happen: the first letter leaves five minutes later; 409 before that.

    Where a second person has to read it first nothing leaves: `needs_second` of the answer says so, and whoever may
    approve it is told.
    """

    def turn(room: Answers, sweep: Sweep, user: User) -> None:
        if sweep.by_id != user.pk:
            raise HttpError(403, "whoever began it lets it go")
        if sweep.state == "ready" and room.needs_second(sweep):
            room.ask_second(sweep)
        else:
            room.go(sweep)

    return _turned(request, pk, key, "go", turn)


@router.post("/{int:pk}/approve", auth=writing, response=FULL, operation_id="approve_answer_to_many")
def approve(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """A second person has read it: its author may let it go.  Nobody approves their own."""

    def turn(room: Answers, sweep: Sweep, user: User) -> None:
        if not room.may_approve(user, sweep):
            raise HttpError(403, "somebody else whose word holds on the line approves it")
        room.approve(sweep, user)

    return _turned(request, pk, key, "approve", turn)


@router.post("/{int:pk}/stop", auth=writing, response=FULL, operation_id="stop_answer_to_many")
def stop(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """After those that are written now; what is written already stays, and can be taken back until it leaves."""
    return _turned(request, pk, key, "stop", lambda room, sweep, user: room.stop(sweep, user))


@router.post("/{int:pk}/undo", auth=writing, response=FULL, operation_id="take_answer_to_many_back")
def undo(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Letters that have not left are taken back, a portion at a time; 409 where all of them have."""
    return _turned(request, pk, key, "undo", lambda room, sweep, user: room.take_back(sweep, user))


def _turned(
    request: HttpRequest, pk: int, key: str, how: str, turn: Callable[[Answers, Sweep, User], None]
) -> dict[str, Any]:
    def act() -> dict[str, Any]:
        turn(answers_to_many(), _one(request, pk), person(request))
        return _full(_one(request, pk), person(request))

    told: dict[str, Any] = once(request, key, {f"{how} answer to many": pk}, act)
    return told


def _all() -> QuerySet[Sweep]:
    return Sweep.objects.filter(act=ACT).select_related("by")


def _one(request: HttpRequest, pk: int) -> Sweep:
    found = _all().filter(pk=min(pk, LARGEST)).first()
    if found is None or not answers_to_many().may_halt(person(request), found):
        raise HttpError(404, "not found")
    return found


def _form(body: AnswerManyIn) -> dict[str, Any]:
    """What comes next, as the composer of the author would keep it.  Raises Invalid without a date that is needed."""
    if body.next == "resolve":
        return {"next": "resolve", "summary": body.summary, "link": body.link}
    if body.until is None:
        raise Invalid("until is needed with wait and promise", "until")
    told: dict[str, Any] = {"next": body.next, "until": body.until.isoformat()}
    return told | ({"what": body.promise, "why": body.why} if body.next == "promise" else {})


def _row(one: Sweep) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("id", "at", "state", "total", "done", "gone", "ended_at")}
    left_out = [{"reason": why, "count": count, "tickets": numbers} for why, count, numbers in one.reasons]
    return told | {"by": present.person_row(one.by), "left_out": left_out}


def _full(one: Sweep, user: User) -> dict[str, Any]:
    room = answers_to_many()
    unsent, last = room.unsent(one)
    samples = [] if one.moves else room.samples(one, user)
    return _row(one) | {
        "text": one.told["text"],
        "next": one.told["next"],
        "needs_second": room.needs_second(one),
        "approved_by": one.told.get("approved", ""),
        "may_approve": room.may_approve(user, one),
        "halted": bool(one.told.get("halted")),
        "unsent": unsent,
        "last_leaves_at": last,
        "can_be_undone": one.can_be_undone,
        "samples": [{"ticket": ticket.number, "text": text} for ticket, text in samples],
    }
