"""The board, and the tickets behind each of its figures."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.front.board import sentences
from otklik.front.board.lists import LISTS, page_of
from otklik.front.board.period import PERIODS, View, chosen
from otklik.team.metrics import figures


@login_required
@never_cache
def board(request: HttpRequest) -> HttpResponse:
    """First answer, solution, satisfaction, backlog by age: the whole and per line."""
    assert isinstance(request.user, User)
    view = chosen(request, request.user)
    return render(request, "board/board.html", {"view": view, "periods": PERIODS, **_figures(view)})


@login_required
@never_cache
def behind(request: HttpRequest, figure: str) -> HttpResponse:
    """The tickets a figure is made of: as many as the figure says."""
    assert isinstance(request.user, User)
    if figure not in LISTS:
        raise Http404
    view = chosen(request, request.user)
    page = page_of(figure, view, request.GET)
    return render(request, "board/behind.html", {"view": view, "figure": LISTS[figure], "page": page})


def _figures(view: View) -> dict[str, Any]:
    scope, before = view.scope, view.scope.before()
    first, first_before = figures.first_response(scope), figures.first_response(before)
    solved, solved_before = figures.resolution(scope), figures.resolution(before)
    satisfied, satisfied_before = figures.satisfaction(scope), figures.satisfaction(before)
    backlog, flow = figures.backlog(scope, view.now), figures.flow(scope)
    return {
        "headline": sentences.headline(first, first_before, backlog["late"]),
        "second": sentences.second(flow["came"], flow["ended"], backlog["n"]),
        "stats": [
            _duration_stat(_("First answer, median"), "answered", first, first_before),
            _duration_stat(_("Solution, median"), "ended", solved, solved_before),
            _share_stat(satisfied, satisfied_before),
            _promise_stat(figures.promises(scope, view.now)),
            _plain_stat(_("Open now"), "open", backlog["n"]),
        ],
        "satisfied": satisfied,
        "sure": sentences.sure(satisfied),
        "backlog": backlog,
        "ages": list(zip(_ages(), backlog["ages"], range(len(backlog["ages"])), strict=True)),
        "most": max(backlog["ages"]) or 1,
        "lines": _lines(view),
        "chart": _chart(view),
    }


def _chart(view: View) -> dict[str, Any]:
    """Median first answer a day in minutes, this period over the earlier one."""
    this = figures.daily(view.scope, "first_answer_at", "frt_business_s")
    that = figures.daily(view.scope.before(), "first_answer_at", "frt_business_s")
    days = view.scope.days()
    return {
        "values": [_minutes(this.get(day)) for day in days],
        "base": [_minutes(that.get(day)) for day in view.scope.before().days()],
        "labels": [words.date_of(days[0]), words.date_of(days[len(days) // 2]), words.date_of(days[-1])],
    }


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else seconds / 60


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
        }
        for team in view.teams
    ]


def _duration_stat(label: str, figure: str, now: figures.Duration, before: figures.Duration) -> dict[str, Any]:
    turn = sentences.change(now.median, before.median)
    return {
        "label": label,
        "figure": figure,
        "value": "—" if now.median is None else words.span(now.median),
        "note": _("9 of 10 within %(span)s") % {"span": words.span(now.p90)} if now.p90 is not None else "",
        "was": _("was %(span)s") % {"span": words.span(before.median)} if before.median is not None else "",
        "state": {-1: "ok", 1: "breach"}.get(turn, "") if min(now.n, before.n) >= figures.FEW else "",
        "n": now.n,
    }


def _share_stat(now: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": _("Satisfied, CSAT"),
        "figure": "scores",
        "value": "—" if now["share"] is None else words.percent(now["share"]),
        "note": sentences.sure(now),
        "was": _("was %(share)s") % {"share": words.percent(before["share"])} if before["share"] is not None else "",
        "state": "",
        "n": now["n"],
    }


def _promise_stat(kept: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": _("Promises kept"),
        "figure": "promises",
        "value": "—" if kept["strict"] is None else words.percent(kept["strict"]),
        "note": _("%(kept)s of %(due)s, moved %(moved)s, broken %(broken)s")
        % {"kept": kept["kept"], "due": kept["due"], "moved": kept["renegotiated"], "broken": kept["broken"]},
        "was": "",
        "state": "",
        "n": kept["due"],
    }


def _plain_stat(label: str, figure: str, count: int) -> dict[str, Any]:
    return {
        "label": label,
        "figure": figure,
        "value": words.number(count),
        "note": "",
        "was": "",
        "state": "",
        "n": count,
    }


def _ages() -> list[str]:
    return [
        _("under a day"),
        _("1 to 3 days"),
        _("3 to 7 days"),
        _("1 to 2 weeks"),
        _("2 weeks to a month"),
        _("over a month"),
    ]
