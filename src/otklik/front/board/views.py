"""The board, and the tickets behind each of its figures."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from otklik.care.surveys.letters import words_of
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.core.ui.show import show
from otklik.desk.sla.models import Kind
from otklik.front.board import changes, dates, nothing_hangs, sentences, shift, stats, visits
from otklik.front.board.access import may_watch
from otklik.front.board.lists import AGES, LISTS, narrowings, page_of
from otklik.front.board.period import PERIODS, View, chosen
from otklik.front.board.places import place_of
from otklik.front.board.unknown import unknown
from otklik.team.metrics import figures
from otklik.team.metrics.attainment import attainment


@login_required
@never_cache
def board(request: HttpRequest) -> HttpResponse:
    """First answer, solution, satisfaction, backlog by age: the whole and per line."""
    assert isinstance(request.user, User)
    view = chosen(request, request.user)
    context = {"view": view, "periods": PERIODS, "unknown": view.unknown, **_figures(view)}
    return render(request, "board/board.html", context)


@login_required
@never_cache
def behind(request: HttpRequest, figure: str) -> HttpResponse:
    """The tickets a figure is made of: as many as the figure says."""
    assert isinstance(request.user, User)
    if figure not in LISTS:
        raise Http404
    view = chosen(request, request.user)
    found, page = LISTS[figure], page_of(figure, view, request.GET)
    vain = [*view.unknown, *unknown(request.GET, **narrowings(figure))]
    context = {"view": view, "figure": found, "heading": found.heading(request.GET), "page": page, "unknown": vain}
    return render(request, "board/behind.html", context)


@login_required
@never_cache
def shift_now(request: HttpRequest) -> HttpResponse:
    """What the lines look like at this moment; the page fetches its live part again when something happens."""
    assert isinstance(request.user, User)
    if not may_watch(request.user):
        raise PermissionDenied
    asked = shift.asked(request, request.user)
    context = {"asked": asked, "page": shift.page_of(request.user, asked), "unknown": asked.unknown}
    return show(request, "board/shift.html", context, part="live")


@login_required
@never_cache
def hanging(request: HttpRequest) -> HttpResponse:
    """What hangs, why and whose move it is; leads see their lines, the head everything."""
    assert isinstance(request.user, User)
    if not may_watch(request.user):
        raise PermissionDenied
    asked = nothing_hangs.asked(request, request.user)
    page = nothing_hangs.page_of(request.user, asked)
    return render(request, "board/hanging.html", {"asked": asked, "page": page, "unknown": asked.unknown})


@login_required
@never_cache
def promised_dates(request: HttpRequest) -> HttpResponse:
    """Which promised dates need a lead today, and who keeps theirs."""
    assert isinstance(request.user, User)
    if not may_watch(request.user):
        raise PermissionDenied
    view, which = chosen(request, request.user), request.GET.get("show", "")
    vain = [*view.unknown, *unknown(request.GET, show=dates.NAMES, after=place_of)]
    which = which if which in dates.NAMES else "today"
    page = dates.page_of(view, which, request.GET.get("after", ""))
    context = {"view": view, "periods": PERIODS, "which": which, "page": page, "unknown": vain}
    return render(request, "board/dates.html", context)


@login_required
@never_cache
def visits_ahead(request: HttpRequest) -> HttpResponse:
    """Who goes where: leads see their lines, everybody else their own visits."""
    assert isinstance(request.user, User)
    asked = visits.asked(request, request.user)
    context = {"asked": asked, "people": visits.page_of(request.user, asked), "unknown": asked.unknown}
    return render(request, "board/visits.html", context)


@login_required
@never_cache
def change_requests(request: HttpRequest) -> HttpResponse:
    """Which changes wait for a decision, and how long changes take."""
    assert isinstance(request.user, User)
    if not may_watch(request.user):
        raise PermissionDenied
    view = chosen(request, request.user)
    page = changes.page_of(view, request.user)
    context = {"view": view, "periods": PERIODS, "page": page, "unknown": view.unknown}
    return render(request, "board/changes.html", context)


def _figures(view: View) -> dict[str, Any]:
    scope, before = view.scope, view.scope.before()
    first, first_before = figures.first_response(scope), figures.first_response(before)
    solved, solved_before = figures.resolution(scope), figures.resolution(before)
    satisfied, satisfied_before = figures.satisfaction(scope), figures.satisfaction(before)
    backlog = figures.backlog(scope, view.now)
    return {
        "headline": sentences.headline(first, first_before, backlog["late"]),
        "second": sentences.second(view, figures.flow(scope), backlog["n"]),
        "stats": [
            stats.duration(view, _("First answer, median"), "answered", first, first_before),
            stats.duration(view, _("Solution, median"), "ended", solved, solved_before),
            stats.satisfaction(view, satisfied, satisfied_before),
            stats.promises(view, figures.promises(scope, view.now)),
            stats.waiting(view, backlog),
        ],
        "satisfied": satisfied,
        "sure": sentences.sure(satisfied),
        "backlog": backlog,
        "ages": _bars(view, "open", "age", zip(range(len(AGES)), AGES, backlog["ages"], strict=True)),
        "scores": _bars(
            view,
            "scores",
            "score",
            ((mark, _mark_words(mark), satisfied["counts"].get(mark, 0)) for mark in (5, 4, 3, 2, 1)),
        ),
        "lines": _lines(view),
        "classes": _classes(view),
        "kinds": [str(kind.label) for kind in Kind],
        "chart": _chart(view, first, first_before),
    }


def _mark_words(mark: int) -> str:
    return _("%(score)s, %(words)s") % {"score": mark, "words": words_of(mark)}


def _bars(
    view: View, figure: str, name: str, rows: Iterable[tuple[int, str | LazyText, int]]
) -> list[tuple[str | LazyText, int, float, str]]:
    """(words, count, share of the longest, address) of each bar."""
    found = list(rows)
    most = max(count for _key, _says, count in found) or 1
    return [(says, count, count / most, view.address(figure, **{name: key})) for key, says, count in found]


def _chart(view: View, first: figures.Duration, first_before: figures.Duration) -> dict[str, Any]:
    """Median first answer a day in minutes, this period over the earlier one."""
    this = figures.daily(view.scope, "first_answer_at", "frt_business_s")
    that = figures.daily(view.scope.before(), "first_answer_at", "frt_business_s")
    days = view.scope.days()
    return {
        "says": sentences.chart(first, first_before),
        "values": [_minutes(this.get(day)) for day in days],
        "base": [_minutes(that.get(day)) for day in view.scope.before().days()],
        "labels": [words.date_of(days[0]), words.date_of(days[len(days) // 2]), words.date_of(days[-1])],
    }


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 60


def _classes(view: View) -> list[dict[str, Any]]:
    """V18 for each class: every share opens what missed its moment."""
    return [
        {
            "name": row.service_class.name if row.service_class else _("the line's own times"),
            "whole": row.whole,
            "missed": view.address("commitments", **{"class": row.number, "fate": "breached"}),
            "undecided": view.address("commitments", **{"class": row.number, "fate": "undecided"}),
            "kinds": [
                (kept, view.address("commitments", **{"class": row.number, "kind": kind}))
                for kind, kept in row.kinds.items()
            ],
            "paused": row.paused,
        }
        for row in attainment(view.scope, view.now)
    ]


def _lines(view: View) -> list[dict[str, Any]]:
    first = figures.first_response_by_line(view.scope)
    solved = figures.resolution_by_line(view.scope)
    satisfied, waiting = figures.satisfaction_by_line(view.scope), figures.open_by_line(view.scope)
    nothing = figures.Duration(0, None, None)
    return [
        {
            "team": team,
            "first": first.get(team.pk, nothing),
            "solved": solved.get(team.pk, nothing),
            "satisfied": satisfied.get(team.pk),
            "open": waiting.get(team.pk, 0),
            "behind": {slug: view.address(slug, team=team.pk) for slug in ("answered", "ended", "scores", "open")},
        }
        for team in view.teams
    ]
