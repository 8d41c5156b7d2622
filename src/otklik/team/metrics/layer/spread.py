"""How durations are spread: how many lie between one round length and the next."""

from bisect import bisect_right
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Count, F, Func, IntegerField, Value

from otklik.team.metrics.buckets import SECOND, edges
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import recorded
from otklik.team.metrics.layer.metric import How
from otklik.team.metrics.layer.question import Question

MINUTE, HOUR, DAY = 60, 3600, 86_400
EDGES = (
    *(0, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR),
    *(16 * HOUR, DAY, 2 * DAY, 4 * DAY, 7 * DAY, 14 * DAY, 28 * DAY),
)
"""Seconds; the last has no end."""


class Bin(NamedTuple):
    """From and to in seconds, `high` None without an end, and how many lie there."""

    low: int
    high: int | None
    n: int


def spread(question: Question) -> list[Bin]:
    """Of a median, up to the last length that there is; [] of all else and of nothing.  One statement."""
    if question.metric.how != How.MEDIAN or question.metric.stands:
        return []
    counts = _of_records(question) if question.metric.records else _of_readings(question)
    last = max((place for place, n in enumerate(counts) if n), default=-1)
    ends = (*EDGES[1:], None)
    return [Bin(EDGES[place], ends[place], counts[place]) for place in range(last + 1)]


def place_of(seconds: float, bins: list[Bin]) -> float | None:
    """Where a length lies on an axis with a step for each of these, from 0 to 1; None beyond its end."""
    for place, one in enumerate(bins):
        if one.high is None or seconds < one.high:
            inside = 0.5 if one.high is None else (seconds - one.low) / (one.high - one.low)
            return (place + inside) / len(bins)
    return None


def _of_readings(question: Question) -> list[int]:
    """Of very many from the sums of days, where these know all that is asked: right within a bucket of length."""
    if layer.held_by_cells(question, ""):
        sums = layer.counts(question)[""]
        if sums.n > layer.EXACT_UP_TO:
            return _of_buckets(sums.of)
    counts = [0] * len(EDGES)
    rows = layer.behind(question).order_by().annotate(place=PLACE).values("place").annotate(n=Count("*"))
    for place, n in rows.values_list("place", "n"):
        counts[max(0, place - 1)] += n
    return counts


PLACE = Func(
    F("value"),
    Value([edge * SECOND for edge in EDGES], output_field=ArrayField(BigIntegerField())),
    function="width_bucket",
    output_field=IntegerField(),
)
"""Between which two lengths a reading lies, from 1."""


def _of_buckets(of: Mapping[int, int]) -> list[int]:
    """Even within each bucket, as quantiles take it; rounded so that none is lost."""
    below = [round(sum(n * _part_below(edge, *edges(bucket)) for bucket, n in of.items())) for edge in EDGES]
    return [after - before for before, after in pairwise([*below, sum(of.values())])]


def _part_below(seconds: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (seconds - low) / (high - low)))


def _of_records(question: Question) -> list[int]:
    counts = [0] * len(EDGES)
    for item in recorded.behind(question):
        if item.seconds is not None:
            counts[max(0, bisect_right(EDGES, item.seconds) - 1)] += 1
    return counts
