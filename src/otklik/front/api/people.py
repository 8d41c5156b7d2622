"""Who is ready, who is away and who stands in."""

from collections.abc import Container
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Router, Status
from ninja.errors import HttpError

from otklik.core.journal import clock
from otklik.core.staff.access import can_declare_absence, declares_for
from otklik.core.staff.models import Absence, Availability, Organisation, Takes, User
from otklik.desk.tickets.errors import Invalid
from otklik.front.api.auth import knowing, person, staffing
from otklik.front.api.doors import answers
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas.people import (
    AbsenceIn,
    AbsenceMoveIn,
    AbsenceOut,
    AvailabilityIn,
    ColleagueOut,
    DeputyIn,
    OwnAvailabilityOut,
)

router = Router(tags=["people"])


@router.get("", auth=knowing, response=answers(list[ColleagueOut]), operation_id="list_people")
def list_people(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """Everybody who works here, with what they say of themselves and the absence of this moment."""
    away = {one.user_id: one for one in Absence.objects.at(clock.now()).select_related("user", "deputy")}
    shown, _next = page(request, User.objects.filter(is_active=True), ("login",), cursor, limit)
    knows = _knows(request)
    return [_colleague(one, away.get(one.pk), knows) for one in shown]


@router.get("/of/{login}", auth=knowing, response=answers(ColleagueOut), operation_id="read_person")
def read_person(request: HttpRequest, login: str) -> Any:
    """One of them, by their login."""
    found = User.objects.filter(login=login, is_active=True).first()
    if found is None:
        raise HttpError(404, "not found")
    return _colleague(found, Absence.objects.current_of(found.pk, clock.now()), _knows_of(request, found))


@router.get("/me/availability", auth=knowing, response=answers(OwnAvailabilityOut), operation_id="read_availability")
def read_availability(request: HttpRequest) -> Any:
    """What the person of the token says of themselves."""
    return _own(User.objects.get(pk=person(request).pk))


@router.post("/me/availability", auth=staffing, response=answers(OwnAvailabilityOut), operation_id="say")
def say(request: HttpRequest, body: AvailabilityIn, key: Key = "") -> Any:
    """Say whether the person is ready, for which work, or why they pause; lines that give out by themselves give to
    the ready ones alone, of the kinds that they take.
    """
    user = person(request)

    def act() -> Any:
        _must_be_said(user, body)
        _said(user, body)
        return _own(user)

    return once(request, key, {"availability": body.dict(exclude_unset=True)}, act)


@router.get("/absences", auth=knowing, response=answers(list[AbsenceOut]), operation_id="list_absences")
def list_absences(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """Those of today and to come, the earliest first."""
    standing = Absence.objects.standing().filter(until__gt=clock.now())
    shown, _next = page(request, standing.select_related("user", "deputy"), ("since", "id"), cursor, limit)
    knows = _knows(request)
    return [_row(one, knows) for one in shown]


@router.post("/absences", auth=staffing, response=answers(AbsenceOut, 201), operation_id="declare_absence")
def declare(request: HttpRequest, body: AbsenceIn, key: Key = "") -> Any:
    """The person will be away; one's own, a lead that of their people, the head everybody's."""

    def act() -> Any:
        by = person(request)
        who = _named(body.person, "person") if body.person else by
        if not can_declare_absence(by, who):
            raise HttpError(403, "not for this person to say")
        told = body.dict(exclude={"person", "deputy"})
        deputy = _named(body.deputy, "deputy") if body.deputy else None
        return _row(Absence.objects.declare(who, by=by, deputy=deputy, **told), {who.pk})

    return Status(201, once(request, key, {"absence": body.dict()}, act))


@router.get("/absences/{int:pk}", auth=knowing, response=answers(AbsenceOut), operation_id="read_absence")
def read_absence(request: HttpRequest, pk: int) -> Any:
    """One of them."""
    found = Absence.objects.select_related("user", "deputy").filter(pk=pk).first()
    if found is None:
        raise HttpError(404, "not found")
    return _row(found, _knows_of(request, found.user))


@router.post("/absences/{int:pk}/end", auth=staffing, response=answers(AbsenceOut), operation_id="end_absence")
def end(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """The person is back, or will not be away after all; ended twice it is as ended once."""

    def act() -> Any:
        absence = _to_change(request, pk)
        absence.end(by=person(request))
        return _row(absence, {absence.user_id})

    return once(request, key, {"end of absence": pk}, act)


@router.post("/absences/{int:pk}", auth=staffing, response=answers(AbsenceOut), operation_id="move_absence")
def move(request: HttpRequest, pk: int, body: AbsenceMoveIn, key: Key = "") -> Any:
    """It ends at another moment."""

    def act() -> Any:
        absence = _to_change(request, pk)
        absence.end_at(body.until, by=person(request))
        return _row(absence, {absence.user_id})

    return once(request, key, {"absence": pk, **body.dict()}, act)


@router.post("/absences/{int:pk}/deputy", auth=staffing, response=answers(AbsenceOut), operation_id="change_deputy")
def let_stand_in(request: HttpRequest, pk: int, body: DeputyIn, key: Key = "") -> Any:
    """Somebody else stands in: the absence ends, and the answer is the one that goes on."""

    def act() -> Any:
        absence = _to_change(request, pk)
        deputy = _named(body.deputy, "deputy") if body.deputy else None
        return _row(absence.let_stand_in(deputy, by=person(request)), {absence.user_id})

    return once(request, key, {"absence": pk, **body.dict()}, act)


def _must_be_said(user: User, body: AvailabilityIn) -> None:
    """Raises Invalid for work or a reason that this word does not have."""
    state = Availability(body.availability)
    if body.takes is not None and (state != Availability.READY or not user.answers):
        raise Invalid("whoever answers clients says with ready which work they take", "takes")
    if body.pause_reason and state != Availability.BREAK:
        raise Invalid("a reason is of a break", "pause_reason")
    if body.pause_reason and body.pause_reason not in Organisation.objects.current().pause_reasons:
        raise Invalid("the department has no such reason: see pause_reasons", "pause_reason")


@transaction.atomic
def _said(user: User, body: AvailabilityIn) -> None:
    """A break whose reason is told later is still the same break."""
    state, why = Availability(body.availability), body.pause_reason
    if state == Availability.BREAK and why is not None and user.say_why(why):
        return
    user.say(state, by=user, takes=Takes(body.takes) if body.takes else None)
    if state == Availability.BREAK and why is not None:
        user.say_why(why)


def _own(user: User) -> dict[str, Any]:
    told = _colleague(user, Absence.objects.current_of(user.pk, clock.now()), {user.pk})
    reasons = Organisation.objects.current().pause_reasons
    return {**told, "since": user.availability_since, "pause_reasons": reasons}


def _to_change(request: HttpRequest, pk: int) -> Absence:
    absence = Absence.objects.select_related("user", "deputy").filter(pk=pk).first()
    if absence is None or not can_declare_absence(person(request), absence.user):
        raise HttpError(404, "not found")
    return absence


def _named(login: str, field: str) -> User:
    found = User.objects.filter(login=login.lower(), is_active=True).first()
    if found is None:
        raise HttpError(422, f"{field}: nobody of this name works here")
    return found


def _knows(request: HttpRequest) -> set[int]:
    """Of whom the person of the token may know why they are away: whoever may declare it."""
    return set(declares_for(person(request)).values_list("pk", flat=True))


def _knows_of(request: HttpRequest, user: User) -> set[int]:
    """The same of one."""
    return {user.pk} if can_declare_absence(person(request), user) else set()


def _colleague(user: User, absence: Absence | None, knows: Container[int]) -> dict[str, Any]:
    state = user.availability_now
    return {
        "login": user.login,
        "name": user.name,
        "role": user.role,
        "availability": state.value,
        "takes": user.takes_now.value,
        "pause_reason": user.pause_reason if state == Availability.BREAK and user.pk in knows else "",
        "absence": _row(absence, knows) if absence else None,
    }


def _row(one: Absence, knows: Container[int]) -> dict[str, Any]:
    deputy = {"login": one.deputy.login, "name": one.deputy.name} if one.deputy else None
    names = ("since", "until", "sudden", "begun_at", "given_back_at")
    return {
        **{name: getattr(one, name) for name in names},
        "id": one.pk,
        "reason": one.reason if one.user_id in knows else "",
        "person": {"login": one.user.login, "name": one.user.name},
        "deputy": deputy,
    }
