"""Many figures at once: a page with thirty of them asks the database as often as one with three.

What each figure is stays in `question`; here the same sums and quantiles are read for many measures in one statement:
of the same days, lines and, where they are narrowed, the same side.  What sums of days do not know is asked by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, QuerySet

from otklik.team.metrics.adding import WholeSum
from otklik.team.metrics.days import day_of, midnight
from otklik.team.metrics.layer import carded, exactly, recorded, standing, worded
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.figure import Counts, Figure
from otklik.team.metrics.layer.metric import Metric
from otklik.team.metrics.layer.once import read_once
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.models import Cell, Reading

type Teams = tuple[int, ...] | None
SUMS = """
SELECT part.place, part.measure, told.bucket, told.n, told.total
FROM unnest(%s::int[], %s::smallint[], %s::date[], %s::date[]) AS part (place, measure, first, last),
    LATERAL (SELECT c.bucket, sum(c.n)::bigint AS n, sum(c.total)::bigint AS total FROM metrics_cell c
        WHERE c.measure = part.measure AND c.side = '' AND c.day >= part.first AND c.day < part.last
        AND (%s::bigint[] IS NULL OR c.team_id = ANY(%s::bigint[])) GROUP BY c.bucket) AS told
"""
"""A range of the key for each part: as a join the database might read all sums of years for a quarter."""


class Days(NamedTuple):
    """What can be read in one statement: the same days of the same lines, narrowed alike (`Question.only`)."""

    start: datetime
    end: datetime
    teams: Teams
    only: tuple[tuple[str, str], ...] = ()

    @property
    def lines(self) -> Sequence[int] | None:
        line = dict(self.only).get("line")
        return self.teams if line is None else [int(line)]

    def cells(self, measures: set[int]) -> QuerySet[Cell]:
        """Sums of its whole days."""
        first, last = (day_of(moment) for moment in (self.start, self.end))
        side, key = next((pair for pair in self.only if pair[0] != "line"), ("", ""))
        rows = Cell.objects.filter(measure__in=measures, side=side, day__gte=first, day__lt=last)
        return self._of_lines(rows.filter(key=key) if side else rows)

    def readings(self, measures: set[int], since: datetime | None = None) -> QuerySet[Reading]:
        rows = Reading.objects.filter(measure__in=measures, at__gte=since or self.start, at__lt=self.end)
        return self._of_lines(rows.filter(**{layer.SIDES[side]: key for side, key in self.only})).order_by()

    def _of_lines[Q: QuerySet[Any]](self, rows: Q) -> Q:
        lined = rows if self.teams is None else rows.filter(team_id__in=self.teams)
        return lined.filter(team_id=dict(self.only)["line"]) if "line" in dict(self.only) else lined


@read_once()
def figures(asked: Sequence[Question]) -> list[Figure]:
    """`layer.figure` of each, in their order."""
    found: dict[int, Figure] = {}
    alike = _alike(asked)
    of_days = _sums({days: {layer.measure_of(asked[place].metric) for place in some} for days, some in alike.items()})
    for days, places in alike.items():
        sums = of_days[days]
        told = {place: (asked[place], sums.get(layer.measure_of(asked[place].metric), Counts({}))) for place in places}
        found |= {
            place: layer.from_sums(one.metric, some) if some.n else layer.nothing(one)
            for place, (one, some) in told.items()
        }
        worded_ones = worded.told([found[place] for place in places], days.start, days.end, days.lines)
        found |= dict(zip(places, worded_ones, strict=True))
        exact = {place: one for place, (one, some) in told.items() if some.n and layer.is_exact(one, some)}
        found |= _exact(days, exact)
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
        if one.metric.is_read and not one.part and layer.held_by_cells(one, ""):
            teams = None if one.scope.teams is None else tuple(sorted(one.scope.teams))
            found[Days(one.scope.start, one.ends, teams, tuple(sorted(one.only.items())))].append(place)
    return found


def _sums(asked: Mapping[Days, set[int]]) -> dict[Days, dict[int, Counts]]:
    """Of each time the sums of its measures: those of all lines or of the same ones in one statement, since metrics
    that mature end on days of their own.
    """
    found: dict[Days, dict[int, Counts]] = {}
    whole: dict[Teams, dict[Days, set[int]]] = defaultdict(dict)
    for days, measures in asked.items():
        if days.only:
            rows = days.cells(measures).order_by().values("measure", "bucket")
            told = rows.annotate(count=WholeSum("n"), sum=WholeSum("total"))
            found[days] = _gathered(told.values_list("measure", "bucket", "count", "sum"))
        else:
            whole[days.teams][days] = measures
    for teams, several in whole.items():
        found |= _of_whole_lines(teams, several)
    for days, measures in asked.items():
        for measure, bucket, n, total in _of_last_day(days, measures):
            found[days][measure] = found[days].get(measure, Counts({})).plus(Counts({bucket: n}, {bucket: total}))
    return found


def _of_whole_lines(teams: Teams, asked: Mapping[Days, set[int]]) -> dict[Days, dict[int, Counts]]:
    every = list(asked)
    parts = [
        (place, measure, day_of(days.start), day_of(days.end))
        for place, days in enumerate(every)
        for measure in sorted(asked[days])
    ]
    rows: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        lines = None if teams is None else list(teams)
        cursor.execute(SUMS, [*(list(column) for column in zip(*parts, strict=True)), lines, lines])
        for place, measure, bucket, n, total in cursor.fetchall():
            rows[place].append((measure, bucket, n, total))
    return {days: _gathered(rows[place]) for place, days in enumerate(every)}


def _gathered(rows: Iterable[tuple[int, int, int, int]]) -> dict[int, Counts]:
    """By measure; each bucket of it comes once."""
    of: dict[int, dict[int, int]] = defaultdict(dict)
    totals: dict[int, dict[int, int]] = defaultdict(dict)
    for measure, bucket, n, total in rows:
        of[measure][bucket], totals[measure][bucket] = n, total
    return {measure: Counts(some, totals[measure]) for measure, some in of.items()}


def _of_last_day(days: Days, measures: set[int]) -> Iterable[tuple[int, int, int, int]]:
    """Of a last day that is cut the sums know nothing: it is read."""
    begins = max(days.start, midnight(day_of(days.end)))
    if begins >= days.end:
        return ()
    rows = days.readings(measures, begins).annotate(bucket=layer.BUCKET).values("measure", "bucket")
    sums = rows.annotate(count=Count("*"), sum=WholeSum("value"))
    return sums.values_list("measure", "bucket", "count", "sum")


def _exact(days: Days, asked: Mapping[int, Question]) -> dict[int, Figure]:
    """Medians of few readings, each with its interval, in one statement."""
    if not asked:
        return {}
    of = {place: layer.measure_of(one.metric) for place, one in asked.items()}
    told = exactly.medians(days.readings(set(of.values())).values_list("measure", "value"))
    return {place: told[measure].figure(asked[place].metric) for place, measure in of.items() if measure in told}
