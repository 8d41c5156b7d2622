"""Many figures at once: a page with thirty of them asks the database as often as one with three.

What each figure is stays in `question`; here the same sums and quantiles are read for many measures in one statement.
Whatever is narrowed or stands is asked by itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, Count, Value, When

from otklik.team.metrics.adding import WholeSum
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.days import day_of, midnight
from otklik.team.metrics.layer import carded, recorded, standing, worded
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.figure import Counts, Figure
from otklik.team.metrics.layer.metric import Metric
from otklik.team.metrics.layer.once import read_once
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Cell, Reading
from otklik.team.metrics.quantile import OneOf, Quantile

type Teams = tuple[int, ...] | None


class Days(NamedTuple):
    """What can be read in one statement: the same days of the same lines."""

    start: datetime
    end: datetime
    teams: Teams

    def narrowed(self, rows: Any) -> Any:
        return rows if self.teams is None else rows.filter(team_id__in=self.teams)


@read_once()
def figures(asked: Sequence[Question]) -> list[Figure]:
    """`layer.figure` of each, in their order."""
    found: dict[int, Figure] = {}
    for days, places in _alike(asked).items():
        sums = _sums(days, {layer.measure_of(asked[place].metric) for place in places})
        told = {place: (asked[place], sums.get(layer.measure_of(asked[place].metric), Counts({}))) for place in places}
        found |= {
            place: layer.from_sums(one.metric, some) if some.n else layer.nothing(one)
            for place, (one, some) in told.items()
        }
        worded_ones = worded.told([found[place] for place in places], days.start, days.end, days.teams)
        found |= dict(zip(places, worded_ones, strict=True))
        found |= _exact(days, {place: one for place, (one, some) in told.items() if layer.is_exact(one, some)})
    found |= recorded.together({place: one for place, one in enumerate(asked) if _is_listed(one.metric)})
    found |= standing.together({place: one for place, one in enumerate(asked) if standing.stands_now(one)})
    found |= carded.together({place: one for place, one in enumerate(asked) if one.metric.cards})
    return [found[place] if place in found else layer.figure(one) for place, one in enumerate(asked)]


def _is_listed(metric: Metric) -> bool:
    return metric.records is not None and not metric.is_time and not metric.as_of_now


def _alike(asked: Iterable[Question]) -> dict[Days, list[int]]:
    """Places of the questions that have their days in common."""
    found: dict[Days, list[int]] = defaultdict(list)
    for place, one in enumerate(asked):
        if one.metric.is_read and not one.only and not one.part:
            teams = None if one.scope.teams is None else tuple(sorted(one.scope.teams))
            found[Days(one.scope.start, one.ends, teams)].append(place)
    return found


def _sums(days: Days, measures: set[int]) -> dict[int, Counts]:
    first, last = (day_of(moment) for moment in (days.start, days.end))
    cells = days.narrowed(Cell.objects.filter(measure__in=measures, side="", day__gte=first, day__lt=last))
    rows = cells.order_by().values("measure", "bucket").annotate(count=WholeSum("n"), sum=WholeSum("total"))
    of: dict[int, dict[int, int]] = defaultdict(dict)
    totals: dict[int, dict[int, int]] = defaultdict(dict)
    for measure, bucket, n, total in rows.values_list("measure", "bucket", "count", "sum"):
        of[measure][bucket], totals[measure][bucket] = n, total
    found = {measure: Counts(some, totals[measure]) for measure, some in of.items()}
    for measure, bucket, n, total in _of_last_day(days, measures):
        found[measure] = found.get(measure, Counts({})).plus(Counts({bucket: n}, {bucket: total}))
    return found


def _of_last_day(days: Days, measures: set[int]) -> Iterable[tuple[int, int, int, int]]:
    """Of a last day that is cut the sums know nothing: it is read."""
    begins = max(days.start, midnight(day_of(days.end)))
    if begins >= days.end:
        return ()
    readings = days.narrowed(Reading.objects.filter(measure__in=measures, at__gte=begins, at__lt=days.end)).order_by()
    rows = readings.annotate(bucket=layer.BUCKET).values("measure", "bucket")
    sums = rows.annotate(count=Count("*"), sum=WholeSum("value"))
    return sums.values_list("measure", "bucket", "count", "sum")


def _exact(days: Days, asked: Mapping[int, Question]) -> dict[int, Figure]:
    """Medians of few readings, each with its interval: one statement for the quantiles, one for the bounds."""
    if not asked:
        return {}
    of = {place: layer.measure_of(one.metric) for place, one in asked.items()}
    rows = days.narrowed(
        Reading.objects.filter(measure__in=set(of.values()), at__gte=days.start, at__lt=days.end)
    ).order_by()
    told = {
        measure: (n, half / SECOND, most / SECOND)
        for measure, n, half, most in rows.values("measure")
        .annotate(count=Count("*"), half=Quantile("value", 0.5), most=Quantile("value", 0.9))
        .values_list("measure", "count", "half", "most")
    }
    bounds = _bounds(rows, {measure: n for measure, (n, _half, _most) in told.items()})

    def figure(metric: Metric, measure: Measure) -> Figure:
        n, half, most = told[measure]
        lo, hi = bounds.get(measure, (None, None))
        return Figure(metric, n, half, lo, hi, p90=most)

    return {place: figure(asked[place].metric, measure) for place, measure in of.items() if measure in told}


def _bounds(rows: Any, many: Mapping[int, int]) -> dict[int, tuple[float, float]]:
    """The ordered readings between which each true median lies (METRICS C3)."""
    places = {measure: place for measure, n in many.items() if (place := layer.place_of_bound(n)) >= 1}
    if not places:
        return {}

    def nth(rank: Callable[[int], int]) -> OneOf:
        """Of n ordered values `(k - 0.5) / n` is within the k-th, whatever is rounded."""
        shares = [When(measure=one, then=Value((rank(one) - 0.5) / many[one])) for one in places]
        return OneOf(Case(*shares), "value")

    bounds = (
        rows.filter(measure__in=places)
        .values("measure")
        .annotate(lo=nth(lambda one: places[one]), hi=nth(lambda one: many[one] + 1 - places[one]))
    )
    return {one: (lo / SECOND, hi / SECOND) for one, lo, hi in bounds.values_list("measure", "lo", "hi")}
