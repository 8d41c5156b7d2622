"""The list of metrics, one metric, and its table to take away."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import zip_longest
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.imports import sheets
from otklik.front.board.access import may_watch
from otklik.front.board.choosing import chooser, tidied
from otklik.front.board.measured import doubted, narrowing, telling
from otklik.front.board.measured.beside import beside
from otklik.front.board.measured.course import course, hours
from otklik.front.board.measured.noise import by_week, times
from otklik.front.board.noting.forms import AnnotationForm
from otklik.front.board.noting.happenings import Happening, happenings, of_wordings, together
from otklik.front.board.noting.marking import by_span, lettered, marks
from otklik.front.board.period import PERIODS, View, chosen, compared
from otklik.front.board.unknown import unknown
from otklik.team.metrics.days import day_of, midnight
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import worded
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import Group, Metric
from otklik.team.metrics.layer.naming import names, sides_for
from otklik.team.metrics.layer.once import read_once
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.reworded import Wording, by_wording
from otklik.team.metrics.layer.together import figures

WEEK = timedelta(weeks=1)
MOST_ROWS = 100
"""A breakdown shows so many rows, those with most readings; the table to take away has all."""


@login_required
@never_cache
@tidied
def index(request: HttpRequest) -> HttpResponse:
    """Every metric with its figure of the period and of the one before."""
    user = _person(request)
    view = chosen(request, user)
    told = _rows(view, METRICS.values())
    rows = {group: [row for row in told if row["metric"].group == group] for group in Group}
    for group in (Group.PAST, Group.ELSEWHERE):  # most desks have nothing of these, and no period of theirs holds it
        rows[group] = [row for row in rows[group] if row["is_known"]]
        if not rows[group]:
            del rows[group]
    context = {
        "view": view,
        "periods": PERIODS,
        "unknown": view.unknown,
        "chooser": chooser(request, user, view.timing, ()),
        "groups": [(group.label, some) for group, some in rows.items()],
        "may_note": may_watch(user),
    }
    return render(request, "board/measured/index.html", context)


@login_required
@never_cache
@tidied
def metric(request: HttpRequest, name: str) -> HttpResponse:
    """One metric: its definition, its course by day and its figure from one side."""
    user, found = _person(request), _metric(name)
    view, sides = narrowing.viewed(request, user, found), sides_for(user, found)
    only = narrowing.narrowed(request.GET, user, found)
    view = narrowing.within(view, only)
    vain = [*view.unknown, *unknown(request.GET, by=sides, **narrowing.known(user, found))]
    side = request.GET.get("by", "")
    side = side if side in sides else "line"
    told = of_metric(user, view, found, side)
    context = {
        **told,
        "view": view,
        "periods": PERIODS,
        "unknown": vain,
        "chooser": chooser(request, user, view.timing, narrowing.offered(user, found)),
        "grey": compared(view),
        "narrowed": narrowing.called(only, user),
        "note": AnnotationForm(user, initial={"on": timezone.localtime(view.now).date()}) if may_watch(user) else None,
        "sides": sides,
        "has_lines": found.knows("line"),
        "rows": told["rows"][:MOST_ROWS],
        "more": max(0, len(told["rows"]) - MOST_ROWS),
    }
    return render(request, "board/measured/metric.html", context)


@read_once()
def of_metric(user: User, view: View, metric: Metric, side: str) -> dict[str, Any]:
    """What is shown of one metric, on its page and on paper."""
    asked = view.ask(metric)
    was = view.before(asked)
    if was and metric.stands and metric.has_past:
        layer.by_day(was)  # the longest span first: what is asked next lies in its days
    now, *before = figures([asked, *([was] if was else [])])
    wordings = by_wording(asked, now)
    weeks = by_week(asked)
    happened, meanwhile = _happened(user, view, metric, weeks)
    series = together(happened, of_wordings(metric, wordings)) if metric.has_past else []
    return {
        "metric": metric,
        "row": _row(view, now, before[0] if before else None),
        "chart": course(asked, series, whole=now, base=view.base) if metric.has_past else None,
        "weeks": _marked(weeks, meanwhile),
        "times": times(view, asked, now),
        "hours": None if metric.stands else hours(asked),
        "doubts": doubted.doubts(view, asked, now),
        "tricks": doubted.tricks(view, metric.id),
        "wordings": [_worded(one) for one in wordings],
        "beside": beside(asked),
        "pairs": [METRICS[pair] for pair in metric.pair],
        "unit": telling.UNITS[metric.unit],
        "better": telling.BETTER[metric.better],
        "side": side,
        "rows": _broken_down(view, asked, side),
    }


def _happened(
    user: User, view: View, metric: Metric, weeks: dict[str, Any] | None
) -> tuple[list[Happening], list[Happening]]:
    """What happened in the days of the period, and in the weeks; read once where the weeks hold the days."""
    if not (view.timing.events and metric.has_past):
        return [], []
    mondays = weeks["mondays"] if weeks and "mondays" in weeks else []
    first = day_of(view.scope.start)
    if not mondays or first < mondays[0]:
        return happenings(user, view.scope), []
    last = day_of(view.scope.end)
    found = happenings(user, replace(view.scope, start=midnight(mondays[0])))
    return [one for one in found if first <= one.on < last], found


def _marked(weeks: dict[str, Any] | None, happened: list[Happening]) -> dict[str, Any] | None:
    """The control chart with its letters; what happened after the last whole week is on the chart of days."""
    if not weeks or "mondays" not in weeks:
        return weeks
    end = weeks["mondays"][-1] + WEEK
    told = lettered(one for one in happened if one.on < end)
    return {**weeks, "marks": marks(told, by_span(weeks["mondays"])), "happened": told}


@login_required
@never_cache
def table(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """The breakdown as CSV or XLSX: every row, with what it is made of and how sure it is."""
    user, found = _person(request), _metric(name)
    view, sides = narrowing.viewed(request, user, found), sides_for(user, found)
    form = request.GET.get("form", "csv")
    side = request.GET.get("by", "line")
    if form not in sheets.FORMS or side not in sides:
        raise BadRequest("unknown form or side")
    figures = layer.by_side(Question(found, view.scope, narrowing.narrowed(request.GET, user, found)), side)
    called = names(side, figures)
    header = [str(sides[side]), str(found.name), _("from"), _("to"), _("9 of 10 within"), _("readings")]
    header += [_("wordings of the question")] if found.measure in worded.OF else []
    write, kind = sheets.FORMS[form]
    rows = ((called[key], *_cells(one)) for key, one in figures.items())
    response = StreamingHttpResponse(write(header, rows), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.id}-{side}.{form}"'
    return response


def _cells(one: Figure) -> tuple[object, ...]:
    cells = one.value, one.lo, one.hi, one.p90, one.listed
    return (*cells, len(one.wordings)) if one.metric.measure in worded.OF else cells


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _metric(name: str) -> Metric:
    if name not in METRICS:
        raise Http404
    return METRICS[name]


def _rows(view: View, metrics: Iterable[Metric]) -> list[dict[str, Any]]:
    """Of each its figure of the period beside that of the days it is compared with."""
    asked = [view.ask(metric) for metric in metrics]
    told = figures([*asked, *(was for one in asked if (was := view.before(one)))])
    return [_row(view, now, before) for now, before in zip_longest(told[: len(asked)], told[len(asked) :])]


def _row(view: View, now: Figure, before: Figure | None) -> dict[str, Any]:
    metric = now.metric
    return {
        "metric": metric,
        "address": f"{reverse('board:metric', args=[metric.id])}?{view.query}",
        **_words(view, now),
        "is_known": bool(now.listed or (before and before.listed)),
        "was": telling.was(before, now) if before else "",
        "state": telling.state(now, before) if before else "",
    }


def _words(view: View, figure: Figure, **only: str) -> dict[str, Any]:
    """A figure as rows of all tables here show it."""
    return {
        "value": telling.shown(figure),
        "sure": telling.sure(figure),
        "made_of": telling.of_how_many(figure),
        "behind": view.behind(figure.metric.id, **only) if figure.listed else "",
        "pale": figure.status != "ok",
    }


def _worded(one: Wording) -> dict[str, Any]:
    """Answers to one wording as a row."""
    days = sorted({one.first, one.last})
    return {
        "words": one.words,
        "days": " – ".join(words.date_of(day) for day in days),
        "value": telling.shown(one.figure),
        "sure": telling.sure(one.figure),
        "made_of": telling.of_how_many(one.figure),
        "pale": one.figure.status != "ok",
    }


def _broken_down(view: View, asked: Question, side: str) -> list[dict[str, Any]]:
    """Those with most readings first."""
    figures = layer.by_side(asked, side)
    called = names(side, figures)
    ordered = sorted(figures.items(), key=lambda pair: (-pair[1].n, called[pair[0]]))
    return [{"name": called[key], "key": key, **_words(view, one, **{_in_address(side): key})} for key, one in ordered]


def _in_address(side: str) -> str:
    """A line is a part of every view; other sides narrow a list only."""
    return "team" if side == "line" else side
