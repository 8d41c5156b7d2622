"""Shifts that change hands, and times that are taken out of a schedule: asked for, and decided by who leads."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Invalid
from otklik.front.api import present
from otklik.front.api.auth import person, planning, rostering
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.planning import FURTHEST, decided
from otklik.front.api.repeating import Key, once
from otklik.front.api.roster import shift_row
from otklik.front.api.schemas.roster import (
    ExceptionIn,
    ExceptionOut,
    ExceptionTurnIn,
    SwapIn,
    SwapOut,
    SwapTurnIn,
)
from otklik.team.shifts.models import Excepted, Shift, Swap
from otklik.team.shifts.models.exception import ExceptedQuerySet
from otklik.team.shifts.models.swap import SwapQuerySet

router = Router(tags=["roster"])
CALLED = {"starts": "starts_at", "ends": "ends_at", "back": "back_id"}
"""How the body calls what the rule names."""


@router.get("/swaps", auth=rostering, response=answers(list[SwapOut]), operation_id="list_swaps")
def list_swaps(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Open ones of one's own, and those that wait for one's word as a lead; the first asked first."""
    return [_swap(one) for one in page(request, _swaps(person(request)), ("id",), cursor, limit)[0]]


@router.post("/swaps", auth=planning, response=answers(SwapOut, 201), operation_id="ask_for_swap")
def ask_for_swap(request: HttpRequest, body: SwapIn, key: Key = "") -> Any:
    """Would a colleague of the line take a shift of one's own, and may one have theirs?"""
    user = person(request)

    def act() -> Any:
        ahead = Shift.objects.published().filter(starts_at__gt=clock.now())
        mine = ahead.filter(pk=body.shift_id, person=user).first()
        if mine is None:
            raise Invalid("no published shift of this person that is ahead has this number", "shift_id")
        taker = User.objects.filter(login=body.taker.lower(), is_active=True, teams=mine.line_id).first()
        if taker is None:
            raise Invalid("nobody of the line has this login", "taker")
        back = ahead.filter(pk=body.back_id, person=taker, line=mine.line_id).first() if body.back_id else None
        if body.back_id and back is None:
            raise Invalid("no shift of theirs on this line that is ahead has this number", "back_id")
        made = decided(lambda: Swap.objects.ask(mine, taker, by=user, back=back, words=body.words), CALLED)
        return _swap(Swap.objects.with_shifts().get(pk=made.pk))

    return Status(201, once(request, key, {"swap": body.dict()}, act))


@router.post("/swaps/{int:pk}/state", auth=planning, response=answers(SwapOut), operation_id="turn_swap")
def turn_swap(request: HttpRequest, pk: int, body: SwapTurnIn, key: Key = "") -> Any:
    """What one of the two says, or a lead after them: then the shifts change hands and both are told."""
    user = person(request)

    def act() -> Any:
        known = Swap.objects.filter(
            Q(asker=user) | Q(taker=user) | Q(pk__in=Swap.objects.decided_by(user).values("pk"))
        )
        found = known.with_shifts().filter(pk=min(pk, LARGEST)).first()
        if found is None:
            raise HttpError(404, "not found")
        verbs = {"accepted": found.accept, "declined": found.decline, "withdrawn": found.withdraw}
        verbs |= {"approved": found.approve, "refused": found.refuse}
        decided(lambda: verbs[body.state](by=user))
        return _swap(Swap.objects.with_shifts().get(pk=found.pk))

    return once(request, key, {"swap": pk, **body.dict()}, act)


@router.get("/exceptions", auth=rostering, response=answers(list[ExceptionOut]), operation_id="list_roster_exceptions")
def list_exceptions(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """One's own that are not over, and those that wait for one's word as a lead; the first asked first."""
    return [_excepted(one) for one in page(request, _exceptions(person(request)), ("id",), cursor, limit)[0]]


@router.post("/exceptions", auth=planning, response=answers(ExceptionOut, 201), operation_id="ask_for_exception")
def ask_for_exception(request: HttpRequest, body: ExceptionIn, key: Key = "") -> Any:
    """Why one was, or will be, elsewhere in a shift; what a lead writes down for a person of theirs is approved."""
    user = person(request)

    def act() -> Any:
        who = User.objects.filter(login=body.login.lower(), is_active=True).first() if body.login else user
        if who is None:
            raise Invalid("nobody of this name works here", "login")
        if any(abs(at - clock.now()) > FURTHEST for at in (body.starts_at, body.ends_at)):
            raise Invalid("the time is within 800 days of now", "starts_at")
        span = body.starts_at, body.ends_at
        made = decided(lambda: Excepted.objects.ask(who, *span, body.reason, by=user), CALLED)
        return _excepted(made)

    return Status(201, once(request, key, {"exception": body.dict()}, act))


@router.post(
    "/exceptions/{int:pk}/state", auth=planning, response=answers(ExceptionOut), operation_id="decide_roster_exception"
)
def decide_exception(request: HttpRequest, pk: int, body: ExceptionTurnIn, key: Key = "") -> Any:
    """For who leads the person; nobody decides their own."""
    user = person(request)

    def act() -> Any:
        theirs = Excepted.objects.decided_by(user).select_related("person")
        found = theirs.filter(pk=min(pk, LARGEST)).first()
        if found is None:
            raise HttpError(404, "not found")
        verb = found.approve if body.state == "approved" else found.refuse
        decided(lambda: verb(by=user))
        return _excepted(found)

    return once(request, key, {"exception": pk, **body.dict()}, act)


def _swaps(user: User) -> SwapQuerySet:
    waiting = Swap.objects.decided_by(user).values("pk")
    return Swap.objects.open().filter(Q(asker=user) | Q(taker=user) | Q(pk__in=waiting)).with_shifts()


def _exceptions(user: User) -> ExceptedQuerySet:
    waiting = Excepted.objects.decided_by(user).waiting().values("pk")
    mine = Q(person=user, ends_at__gt=clock.now())
    return Excepted.objects.filter(mine | Q(pk__in=waiting)).select_related("person")


def _swap(one: Swap) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("id", "words", "state", "asked_at", "decided_at")}
    people = {"asker": present.person_row(one.asker), "taker": present.person_row(one.taker)}
    return told | people | {"shift": shift_row(one.shift), "back": shift_row(one.back) if one.back else None}


def _excepted(one: Excepted) -> dict[str, Any]:
    names = ("id", "starts_at", "ends_at", "reason", "state", "asked_at", "decided_at")
    return {name: getattr(one, name) for name in names} | {"person": present.person_row(one.person)}
