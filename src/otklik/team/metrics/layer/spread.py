"""How durations are spread: how many lie between one round length and the next."""

from bisect import bisect_right
from typing import NamedTuple

from django.db.models import Count, Q

from otklik.team.metrics.buckets import SECOND
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
    counted = {}
    for place, low in enumerate(EDGES):
        rule = Q(value__gte=low * SECOND) if low else Q()
        if place + 1 < len(EDGES):
            rule &= Q(value__lt=EDGES[place + 1] * SECOND)
        counted[f"b{place}"] = Count("pk", filter=rule)
    row = layer.behind(question).order_by().aggregate(**counted)
    return [row[f"b{place}"] for place in range(len(EDGES))]


def _of_records(question: Question) -> list[int]:
    counts = [0] * len(EDGES)
    for item in recorded.behind(question):
        if item.seconds is not None:
            counts[max(0, bisect_right(EDGES, item.seconds) - 1)] += 1
    return counts
