"""A figure over windows of days: those that end day after day, as who looks each day sees it, or whole weeks."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from django.db.models.functions import TruncDate

from otklik.core.formulas import percentile
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.days import day_of, midnight, today, zone
from otklik.team.metrics.layer import attended, logged, recorded
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.figure import Counts, Figure
from otklik.team.metrics.layer.metric import How
from otklik.team.metrics.layer.question import EXACT_UP_TO, Question


def rolling(question: Question, window: int) -> dict[date, Figure]:
    """For each local day of the scope the figure of the `window` days that end with it, as `layer.figure` tells it
    (without intervals of medians); three statements at most, however many days.  Raises ValueError for one
    that stands.
    """
    days = question.scope.days()
    if not days:
        return {}
    windows = {day: [day - timedelta(days=back) for back in range(window)] for day in days}
    return _over(replace(question, scope=replace(question.scope, start=midnight(windows[days[0]][-1]))), windows)


def weekly(question: Question, weeks: int) -> dict[date, Figure]:
    """For each Monday of the last whole weeks of its period the figure from there until Sunday; what a metric that
    matures still leaves out is no whole week.  As many statements as `rolling`, and ValueError alike.
    """
    ends = min(day_of(question.ends), day_of(question.scope.end), today())
    last = ends - timedelta(days=ends.weekday())
    mondays = [last - timedelta(weeks=back) for back in range(weeks, 0, -1)]
    windows = {monday: [monday + timedelta(days=more) for more in range(7)] for monday in mondays}
    return _over(replace(question, scope=question.scope.at(mondays[0], last - timedelta(days=1))), windows)


def _over(asked: Question, windows: dict[date, list[date]]) -> dict[date, Figure]:
    """Of windows that lie in the period of the question."""
    metric = asked.metric
    if metric.is_time:
        return attended.by_window(asked, windows)
    if metric.records:
        return recorded.by_window(asked, windows)
    if metric.how == How.MEDIAN and layer.behind(asked)[: EXACT_UP_TO + 1].count() <= EXACT_UP_TO:
        return _of_readings(asked, windows)
    sums, nothing = layer.counts_by_day(asked), Counts({})
    found = {
        day: layer.from_sums(metric, _added(sums.get(one, nothing) for one in some)) for day, some in windows.items()
    }
    return _zero_where_somebody_looked(asked, windows, found) if metric.how == How.TOTAL else found


def _zero_where_somebody_looked(
    asked: Question, windows: dict[date, list[date]], found: dict[date, Figure]
) -> dict[date, Figure]:
    """As `layer.nothing` has it of one window."""
    looked, zero = logged.days(asked.scope), Figure(asked.metric, 0, 0.0)
    return {day: zero if not one.n and looked.intersection(windows[day]) else one for day, one in found.items()}


def _of_readings(asked: Question, windows: dict[date, list[date]]) -> dict[date, Figure]:
    spans: dict[date, list[int]] = defaultdict(list)
    rows = layer.behind(asked).order_by().annotate(day=TruncDate("at", tzinfo=zone()))
    for day, value in rows.values_list("day", "value"):
        spans[day].append(value)
    return {day: _median(asked, [span for one in some for span in spans.get(one, ())]) for day, some in windows.items()}


def _median(asked: Question, spans: list[int]) -> Figure:
    half, most = (percentile(spans, q) for q in (0.5, 0.9))
    if half is None or most is None:
        return layer.nothing(asked)
    return Figure(asked.metric, len(spans), half / SECOND, p90=most / SECOND)


def _added(some: Iterable[Counts]) -> Counts:
    of: Counter[int] = Counter()
    totals: Counter[int] = Counter()
    for counts in some:
        of.update(counts.of)
        totals.update(counts.totals)
    return Counts(of, totals)
