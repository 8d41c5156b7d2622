"""Asking for figures: a metric, a scope, from one side or broken down by it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from math import log, sqrt
from typing import Any

from django.db.models import Case, Count, F, FloatField, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast, Floor, Ln, TruncDate
from django.db.models.lookups import Exact

from otklik.core.formulas.proportions import z_of
from otklik.core.journal import clock
from otklik.team.metrics.adding import LOT, Quarter, WholeSum
from otklik.team.metrics.buckets import RATIO, SECOND, quantile
from otklik.team.metrics.days import day_of, midnight, today, zone
from otklik.team.metrics.layer import attended, exactly, logged, recorded, standing, told, worded
from otklik.team.metrics.layer.figure import Counts, Figure, counted
from otklik.team.metrics.layer.metric import How, Metric
from otklik.team.metrics.measure import DURATIONS, Measure
from otklik.team.metrics.models import Cell, Reading
from otklik.team.metrics.quantile import Quantile
from otklik.team.metrics.scope import Scope

EXACT_UP_TO = 20_000
"""Up to so many readings quantiles are taken of the readings themselves; beyond, of the sums of days."""
SIDES = {
    "line": "team_id",
    "agent": "agent_id",
    "channel": "channel",
    "topic": "topic_id",
    "class": "class_id",
    "product": "product_id",
    "client": "client_id",
}
"""From which sides a figure can be asked for or broken down, and the column of a reading that holds it."""
BY_DAY = "day"
BESIDE_CELLS = ("", BY_DAY, "line")
"""What every cell knows beside its side."""
WHOLE = IntegerField()
BUCKET = Case(
    When(measure__in=DURATIONS, value__lt=SECOND, then=Value(0)),
    When(measure__in=DURATIONS, then=Cast(Floor(Ln(Cast("value", FloatField()) / SECOND) / log(RATIO)), WHOLE) + 1),
    default=F("kind"),
    output_field=WHOLE,
)
"""Into which sum of its day a reading goes (see `Cell`)."""


@dataclass(frozen=True)
class Question:
    """`only` narrows to one value of each named side, as {"agent": "17"} (see `SIDES`; "" is what has none there),
    `part` to some kinds of reading.
    """

    metric: Metric
    scope: Scope
    only: Mapping[str, str] = field(default_factory=dict)
    part: frozenset[int] = frozenset()

    @property
    def ends(self) -> datetime:
        """What is younger than the metric matures is left out, by whole days."""
        if not self.metric.matures:
            return self.scope.end
        return min(self.scope.end, midnight(day_of(clock.now() - self.metric.matures)))

    @property
    def is_cut(self) -> bool:
        """Whether only a part of its last day counts, of which the sums of days do not know."""
        return self.ends != midnight(day_of(self.ends))

    @property
    def sides(self) -> set[str]:
        """From which sides it is asked for."""
        return {*self.only, *(() if self.scope.line is None else ("line",))}

    @property
    def is_foreign(self) -> bool:
        """Whether it asks for a line that is none of the scope's: to ask for one never shows more than not to."""
        line, teams = self.only.get("line"), self.scope.teams
        return teams is not None and line is not None and line != "" and int(line) not in teams

    def of(self, side: str, key: str) -> "Question":
        return replace(self, only={**self.only, side: key})

    def before(self) -> "Question":
        """The same of the period right before."""
        return replace(self, scope=self.scope.before())


def figure(question: Question) -> Figure:
    """The whole; an exact median has its interval, too."""
    if question.metric.as_of_now:
        return told.figure(question)
    if question.metric.stands:
        return standing.figure(question)
    if question.metric.is_time:
        return attended.figure(question)
    if question.metric.records:
        return recorded.figure(question)
    found = _figures(question, "").get("") or nothing(question)
    if found.metric.measure in worded.OF:
        return worded.told([found], question.scope.start, question.ends, _lines(question))[0]
    return found


def _lines(question: Question) -> Collection[int] | None:
    line = question.only.get("line", "")
    return [int(line)] if line else question.scope.teams


def by_side(question: Question, side: str) -> dict[str, Figure]:
    """For each value of the side that has readings; keys are texts of its column."""
    if question.metric.as_of_now:
        return told.by_line(question) if side == "line" else {}
    if question.metric.stands:
        return standing.by_side(question, side)
    if question.metric.is_time:
        return attended.by_side(question, side)
    if question.metric.records:
        return recorded.by_side(question, side)
    found = _figures(question, side)
    if question.metric.measure not in worded.OF:
        return found
    parts = behind(question).annotate(part=F(SIDES[side]))
    return worded.parted(found, parts, question.scope.start, question.ends, _lines(question))


def by_day(question: Question) -> dict[date, Figure]:
    """For each local day that has readings."""
    if question.metric.as_of_now:
        return {}
    if question.metric.stands:
        return standing.by_day(question)
    if question.metric.is_time:
        return attended.by_day(question)
    if question.metric.records:
        return recorded.by_day(question)
    return {date.fromisoformat(day): found for day, found in _figures(question, BY_DAY).items()}


def course(question: Question) -> list[tuple[date, Figure | None]]:
    """Each day of the scope: what is counted was zero on a day without readings, all else is unknown there, and hours
    are where nobody looked.

    Days that are still to come have nothing.
    """
    found, until, metric = by_day(question), today(), question.metric
    zero = Figure(metric, 0, 0.0)
    known: Collection[date] = ()
    if metric.records:
        known = ()
    elif metric.how == How.TOTAL:
        known = logged.days(question.scope)
    elif metric.how == How.COUNT and not metric.stands:
        known = question.scope.days()
    return [(day, found.get(day, zero if day in known and day <= until else None)) for day in question.scope.days()]


def counts(question: Question, side: str = "") -> dict[str, Counts]:
    """Readings by kind for each value of the side, under "" what has none there (or all, without a side).

    Several metrics of one measure have their figures of these (`figure.counted`).
    """
    whole = _told(question, "").get("", Counts({}))
    if not side:
        return {"": whole}
    parts = _told(question, side)
    rest = whole.without(parts.values())
    return {**parts, "": rest} if rest.n else parts


def _told(question: Question, by: str) -> dict[str, Counts]:
    """Of the sums of days where these know all that is asked, else of the readings."""
    if held_by_cells(question, by):
        return _counts(question, by)
    group = F(SIDES[by]) if by else Value("")
    rows = behind(question).order_by().annotate(group=group).exclude(group=None).values("group", "kind")
    return _gathered(
        rows.annotate(count=Count("*"), sum=WholeSum("value")).values_list("group", "kind", "count", "sum")
    )


def counts_by_day(question: Question) -> dict[date, Counts]:
    """Readings of each local day that has some, by kind or by bucket of length: sums that can be added up."""
    if held_by_cells(question, BY_DAY):
        found = _counts(question, BY_DAY)
    else:
        rows = behind(question).order_by().annotate(group=TruncDate("at", tzinfo=zone())).values("group", "kind")
        sums = rows.annotate(count=Count("*"), sum=WholeSum("value"))
        found = _gathered(sums.values_list("group", "kind", "count", "sum"))
    return {date.fromisoformat(day): some for day, some in found.items()}


def by_hour(question: Question) -> list[list[int]]:
    """How many readings each hour of each weekday had, from Monday on: seven rows of 24.

    The database counts quarters of an hour, which need no calendar; every zone's hours are made of whole ones.
    """
    found, here = [[0] * 24 for _day in range(7)], zone()
    rows = behind(question).order_by().annotate(quarter=Quarter("at")).values("quarter").annotate(n=Count("*"))
    for quarter, n in rows.values_list("quarter", "n"):
        moment = quarter.astimezone(here)
        found[moment.weekday()][moment.hour] += n
    return found


def behind(question: Question) -> QuerySet[Reading]:
    """The readings a figure is made of, newest first: as many as it says."""
    asked, metric = question, question.metric
    rows = Reading.objects.filter(measure=measure_of(metric), at__gte=asked.scope.start, at__lt=asked.ends)
    if kinds := _kinds(asked):
        rows = rows.filter(kind__in=kinds)
    if asked.scope.teams is not None:
        rows = rows.filter(team_id__in=asked.scope.teams)
    return rows.filter(**{SIDES[side]: key or None for side, key in asked.only.items()}).order_by("-at", "-pk")


def measure_of(metric: Metric) -> Measure:
    """Raises ValueError for one that stands or counts records: it has no readings."""
    if metric.measure is None:
        raise ValueError(f"{metric.id} has no readings")
    return metric.measure


def _kinds(question: Question) -> frozenset[int]:
    """Which kinds of reading count; none named are all."""
    kinds, part = question.metric.kinds, question.part
    return kinds & part if kinds and part else kinds or part


def values(question: Question) -> list[float]:
    """What the readings say, in the unit of the metric; of very many an even part, the same at every call.

    They are drawn where they lie, by lot: every second one, every fourth, and so on.
    """
    rows = behind(question).order_by()
    n = counts(question)[""].n if held_by_cells(question, "") else rows.count()
    times = -(-n // EXACT_UP_TO)
    if times > 1:
        apart = 1 << (times - 1).bit_length()
        rows = rows.alias(lot=LOT).filter(Exact(F("lot").bitand(apart - 1), 0))
    found = sorted(rows.values_list("value", flat=True))
    lengths = question.metric.how in (How.MEDIAN, How.AVERAGE)
    return [value / SECOND for value in found] if lengths else [float(v) for v in found]


def place_of_bound(n: int) -> int:
    """Which of n ordered readings is the lower bound of the median, and from the end the upper; 0 of too few."""
    return max(0, int(n / 2 - z_of(0.95) * sqrt(n) / 2))


def nothing(question: Question) -> Figure:
    """The figure of no readings, or of no records: no hours at all are zero only where somebody looked."""
    if question.metric.records:
        return Figure(question.metric, 0, None)
    if question.metric.how == How.TOTAL and logged.is_logged(question.scope):
        return Figure(question.metric, 0, 0.0)
    return from_sums(question.metric, Counts({}))


def _figures(question: Question, by: str) -> dict[str, Figure]:
    if not held_by_cells(question, by):
        return _from_readings(question, by)
    counts = _counts(question, by)
    if is_exact(question, *counts.values()):
        return _from_readings(question, by)
    return {key: from_sums(question.metric, some) for key, some in counts.items()}


def is_exact(question: Question, *counts: Counts) -> bool:
    """Is the median taken of the readings themselves?"""
    return question.metric.how == How.MEDIAN and sum(some.n for some in counts) <= EXACT_UP_TO


def from_sums(metric: Metric, counts: Counts) -> Figure:
    """The figure that these sums make: quantiles of durations are right within a bucket."""
    if metric.how != How.MEDIAN:
        return counted(metric, counts)
    half, most = quantile(counts.of, 0.5), quantile(counts.of, 0.9)
    return Figure(metric, counts.n, half, p90=most, exact=not counts.n)


def held_by_cells(question: Question, by: str) -> bool:
    """Cells know one side at a time, and no single clients."""
    asked = {*question.only, by}.difference(BESIDE_CELLS)
    if "" in question.only.values() or (question.part and question.metric.how == How.MEDIAN):
        return False
    return len(asked) <= 1 and "client" not in asked


def _counts(question: Question, by: str) -> dict[str, Counts]:
    """From the sums of days."""
    asked, only = question, dict(question.only)
    line = only.pop("line", None)
    apart, key = next(iter(only.items()), ("" if by in BESIDE_CELLS else by, None))
    cells = Cell.objects.filter(
        measure=measure_of(asked.metric),
        side=apart,
        day__gte=day_of(asked.scope.start),
        day__lt=day_of(asked.ends),
    )
    if kinds := _kinds(asked):
        cells = cells.filter(bucket__in=kinds)
    if asked.scope.teams is not None:
        cells = cells.filter(team_id__in=asked.scope.teams)
    if line is not None:
        cells = cells.filter(team_id=line)
    if key is not None:
        cells = cells.filter(key=key)
    group = Value("") if by == "" else F({BY_DAY: "day", "line": "team_id"}.get(by, "key"))
    rows = cells.annotate(group=group).values("group", "bucket").order_by()
    found = _gathered(
        rows.annotate(count=WholeSum("n"), sum=WholeSum("total")).values_list("group", "bucket", "count", "sum")
    )
    return _with(found, _of_last_day(asked, by)) if asked.is_cut else found


def _of_last_day(question: Question, by: str) -> dict[str, Counts]:
    """Of a last day that is cut the sums know nothing: it is read."""
    begins = max(question.scope.start, midnight(day_of(question.ends)))
    part = replace(question, scope=replace(question.scope, start=begins))
    group = {"": Value(""), BY_DAY: TruncDate("at", tzinfo=zone())}.get(by) or F(SIDES[by])
    rows = behind(part).order_by().annotate(group=group, bucket=BUCKET).exclude(group=None).values("group", "bucket")
    sums = rows.annotate(count=Count("*"), sum=WholeSum("value"))
    return _gathered(sums.values_list("group", "bucket", "count", "sum"))


def _with(found: Mapping[str, Counts], more: Mapping[str, Counts]) -> dict[str, Counts]:
    return {key: found.get(key, Counts({})).plus(more.get(key, Counts({}))) for key in {**found, **more}}


def _gathered(rows: Iterable[tuple[Any, int, int, int]]) -> dict[str, Counts]:
    """Each key and bucket comes once."""
    of: dict[Any, dict[int, int]] = defaultdict(dict)
    totals: dict[Any, dict[int, int]] = defaultdict(dict)
    for key, bucket, n, total in rows:
        of[key][bucket], totals[key][bucket] = n, total
    return {str(key): Counts(some, totals[key]) for key, some in of.items()}


def _from_readings(question: Question, by: str) -> dict[str, Figure]:
    metric = question.metric
    group = {"": Value(""), BY_DAY: TruncDate("at", tzinfo=zone())}.get(by) or F(SIDES[by])
    rows = behind(question).order_by().annotate(group=group).exclude(group=None)
    if metric.how != How.MEDIAN:
        sums = rows.values("group", "kind").annotate(count=Count("*"), sum=WholeSum("value"))
        found = _gathered(sums.values_list("group", "kind", "count", "sum"))
        return {key: counted(metric, some) for key, some in found.items()}
    if not by:
        return {key: one.figure(metric) for key, one in exactly.medians(rows.values_list("group", "value")).items()}
    spans = rows.values("group").annotate(count=Count("*"), half=Quantile("value", 0.5), most=Quantile("value", 0.9))
    return {
        str(key): Figure(metric, n, half / SECOND, p90=most / SECOND)
        for key, n, half, most in spans.values_list("group", "count", "half", "most")
        if n
    }
