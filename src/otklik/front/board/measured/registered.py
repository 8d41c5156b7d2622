"""The register: every metric of the trade, measured here or told on a page of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from otklik.core.staff.models import User
from otklik.front.board.access import may_watch
from otklik.front.board.unknown import unknown
from otklik.team.metrics.layer.register import Chapter, Place, WhyNot
from otklik.team.metrics.layer.registered import Entry, entries
from otklik.team.value.access import may_see, may_set

BOARDS = {
    Place.VALUE: "board:value",
    Place.REPEATS: "board:value_repeats",
    Place.SURVEYS: "board:surveys",
    Place.INDICATORS: "board:indicators",
    Place.BONUS: "board:bonus",
    Place.STAFFING: "board:staffing",
    Place.GOALS: "board:goals",
    Place.PLAN: "board:plan",
    Place.RETROS: "board:retros",
    Place.BAD_DAYS: "board:bad_days",
    Place.CREDIT: "board:availability_credit",
    Place.SKILLS: "board:skills",
    Place.HIRING: "board:hiring",
}
FOR_ALL = (Place.GOALS, Place.PLAN, Place.RETROS, Place.BAD_DAYS)
"""Everybody who works here reads where the department goes."""
OF_THE_DESK = {
    Place.CLASSES: "/settings/classes/",
    Place.PUBLIC: "/sla/",
    Place.PROBLEMS: "/problems/",
    Place.CANDIDATES: "/problems/candidates/",
}
"""Pages of another front room, by their addresses."""


@dataclass(frozen=True)
class Group:
    """Neighbours of a chapter that are told by the same page, and by it alone for the same reason."""

    names: list[str]
    place: Place
    address: str
    why: WhyNot | None


@dataclass(frozen=True)
class Shown:
    """A chapter: `here` are measured, each on its own page; `measured` of `all` in numbers."""

    chapter: Chapter
    here: list[Entry]
    elsewhere: list[Group]
    all: int

    @property
    def measured(self) -> int:
        return len(self.here) + sum(len(one.names) for one in self.elsewhere)


@login_required
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    chapters = [
        _shown(chapter, list(some), request.user) for chapter, some in groupby(entries(), lambda one: one.chapter)
    ]
    context = {
        "chapters": chapters,
        "measured": sum(one.measured for one in chapters),
        "all": sum(one.all for one in chapters),
        "unknown": unknown(request.GET),
    }
    return render(request, "board/measured/register.html", context)


def _shown(chapter: Chapter, some: list[Entry], user: User) -> Shown:
    here = [one for one in some if one.here]
    return Shown(
        chapter,
        here,
        _grouped(some, user),
        len(some),
    )


def _grouped(some: Iterable[Entry], user: User) -> list[Group]:
    found: dict[tuple[Place, WhyNot | None], list[str]] = {}
    for one in some:
        if one.place:
            found.setdefault((one.place, one.why_not), []).append(one.id)
    return [Group(names, place, _address(place, user), why) for (place, why), names in found.items()]


def _address(place: Place, user: User) -> str:
    """Empty where the reader may not go."""
    if not _may_open(place, user):
        return ""
    return reverse(BOARDS[place]) if place in BOARDS else OF_THE_DESK[place]


def _may_open(place: Place, user: User) -> bool:
    if place == Place.CLASSES:
        return user.leads
    if place == Place.REPEATS:
        return may_set(user)
    if place in OF_THE_DESK or place in FOR_ALL:
        return True
    return may_see(user) if place in (Place.VALUE, Place.CREDIT) else may_watch(user)
