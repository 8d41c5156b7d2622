"""Many figures of several times, metrics and sides: what curves of months are made of, in two statements for all.

What each figure is stays in `question`.  Here the same sums and quantiles are read for many questions at once, without
the interval of a median and without the words of a survey: for where the value alone is shown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection

from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.days import day_of
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.figure import Counts, Figure
from otklik.team.metrics.layer.question import SIDES, Question

WHOLE = ""
COLUMNS = " ".join(f"WHEN '{side}' THEN r.{column}::text" for side, column in SIDES.items() if side != "client")
SUMS = """
SELECT part.place, CASE part.by WHEN 'line' THEN c.team_id::text ELSE c.key END, c.bucket, sum(c.n)::bigint,
    sum(c.total)::bigint
FROM unnest(%s::int[], %s::smallint[], %s::text[], %s::text[], %s::date[], %s::date[])
    AS part (place, measure, by, side, first, last)
JOIN metrics_cell c ON c.measure = part.measure AND c.side = part.side AND c.day >= part.first AND c.day < part.last
GROUP BY 1, 2, 3
"""
EXACT = f"""
SELECT told.place, told.key, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY told.value),
    percentile_cont(0.9) WITHIN GROUP (ORDER BY told.value)
FROM (SELECT part.place, r.value, CASE part.by {COLUMNS} ELSE '' END AS key
    FROM unnest(%s::int[], %s::smallint[], %s::text[], %s::timestamptz[], %s::timestamptz[])
        AS part (place, measure, by, first, last)
    JOIN metrics_reading r ON r.measure = part.measure AND r.at >= part.first AND r.at < part.last) AS told
WHERE told.key IS NOT NULL GROUP BY 1, 2
"""  # noqa: S608


class Part(NamedTuple):
    """A question, and from which side: `WHOLE` is from none."""

    question: Question
    by: str

    @property
    def is_summed(self) -> bool:
        """Whether the sums of whole days of all lines hold it."""
        asked = self.question
        plain = asked.metric.is_read and not (asked.only or asked.part or asked.is_cut) and asked.scope.teams is None
        return plain and layer.held_by_cells(asked, self.by)


def by_sides(parts: Sequence[Part]) -> list[dict[str, Figure]]:
    """Of each part what `layer.by_side` tells, or of a whole `layer.figure` as "", in their order."""
    together = {place: one for place, one in enumerate(parts) if one.is_summed}
    sums = _sums(together)
    found: dict[int, dict[str, Figure]] = {}
    exact: dict[int, Part] = {}
    for place, one in together.items():
        if sums[place] and layer.is_exact(one.question, *sums[place].values()) and not one.question.metric.kinds:
            exact[place] = one
        else:
            found[place] = {key: layer.from_sums(one.question.metric, some) for key, some in sums[place].items()}
    found |= _exact(exact)
    return [found[place] if place in found else _alone(one) for place, one in enumerate(parts)]


def _alone(one: Part) -> dict[str, Figure]:
    return layer.by_side(one.question, one.by) if one.by else {"": layer.figure(one.question)}


def _sums(parts: Mapping[int, Part]) -> dict[int, dict[str, Counts]]:
    """Of each place and key what its metric counts of the sums."""
    of: dict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    totals: dict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    for place, key, bucket, n, total in _rows(SUMS, [_asked_of_days(place, one) for place, one in parts.items()]):
        kinds = parts[place].question.metric.kinds
        if not kinds or bucket in kinds:
            of[place, key][bucket], totals[place, key][bucket] = n, total
    found: dict[int, dict[str, Counts]] = {place: {} for place in parts}
    for (place, key), some in of.items():
        found[place][key] = Counts(some, totals[place, key])
    return found


def _asked_of_days(place: int, one: Part) -> tuple[object, ...]:
    asked = one.question
    side = WHOLE if one.by in layer.BESIDE_CELLS else one.by
    days = day_of(asked.scope.start), day_of(asked.ends)
    return place, layer.measure_of(asked.metric).value, one.by, side, *days


def _exact(parts: Mapping[int, Part]) -> dict[int, dict[str, Figure]]:
    """Medians of few readings."""
    told = [
        (place, layer.measure_of(one.question.metric).value, one.by, one.question.scope.start, one.question.ends)
        for place, one in parts.items()
    ]
    found: dict[int, dict[str, Figure]] = {place: {} for place in parts}
    for place, key, n, half, most in _rows(EXACT, told):
        found[place][key] = Figure(parts[place].question.metric, n, half / SECOND, p90=most / SECOND)
    return found


def _rows(statement: str, asked: Sequence[tuple[object, ...]]) -> Iterable[tuple[Any, ...]]:
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(column) for column in zip(*asked, strict=True)])
        return cursor.fetchall()
