"""The register: every metric of the trade, measured here, told elsewhere, or missing with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.views.decorators.cache import never_cache

from otklik.core.staff.models import User
from otklik.front.board.access import may_watch
from otklik.front.board.unknown import unknown
from otklik.team.metrics.layer.register import Chapter, Place
from otklik.team.metrics.layer.registered import Entry, entries
from otklik.team.value.access import may_see, may_set

BOARDS = {
    Place.VALUE: "board:value",
    Place.REPEATS: "board:value_repeats",
    Place.SURVEYS: "board:surveys",
    Place.IMPROVEMENTS: "board:improvements",
    Place.INDICATORS: "board:indicators",
    Place.BONUS: "board:bonus",
    Place.SHIFT: "board:shift",
    Place.STAFFING: "board:staffing",
    Place.GOALS: "board:goals",
    Place.PLAN: "board:plan",
    Place.RETROS: "board:retros",
    Place.BAD_DAYS: "board:bad_days",
    Place.HIRING: "board:hiring",
    Place.NEWCOMERS: "board:onboardings",
    Place.TRAINING: "board:training",
}
OF_THE_DESK = {
    Place.COMPLAINTS: "/complaints/",
    Place.INCIDENTS: "/incidents/",
    Place.KNOWLEDGE: "/knowledge/",
    Place.CLASSES: "/settings/classes/",
    Place.PUBLIC: "/sla/",
}
"""Pages of another front room, by their addresses."""


@dataclass(frozen=True)
class Group:
    """Neighbours of a chapter that are told by the same page, or miss the same thing."""

    names: list[str]
    place: Place | None
    address: str
    why: str | LazyText


@dataclass(frozen=True)
class Shown:
    """A chapter: `here` are measured, each on its own page; `measured` of `all` in numbers."""

    chapter: Chapter
    here: list[Entry]
    elsewhere: list[Group]
    missing: list[Group]
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
        _grouped([one for one in some if one.place], user),
        _grouped([one for one in some if one.why], user),
        len(some),
    )


def _grouped(some: Iterable[Entry], user: User) -> list[Group]:
    found: dict[tuple[Place | None, str], list[Entry]] = {}
    for one in some:
        found.setdefault((one.place, one.why or ""), []).append(one)
    return [
        Group([one.id for one in told], place, _address(place, user), told[0].why.label if told[0].why else "")
        for (place, _why), told in found.items()
    ]


def _address(place: Place | None, user: User) -> str:
    """Empty where the reader may not go."""
    if place is None or not _may_open(place, user):
        return ""
    return reverse(BOARDS[place]) if place in BOARDS else OF_THE_DESK[place]


def _may_open(place: Place, user: User) -> bool:
    if place == Place.CLASSES:
        return user.leads
    if place == Place.REPEATS:
        return may_set(user)
    if place in OF_THE_DESK:
        return True
    return may_see(user) if place == Place.VALUE else may_watch(user)
