"""Stretches of time: read from data, joined, measured against each other."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from otklik.core.formulas.instants import SECOND, Instant, micros
from otklik.core.formulas.timetable import merged

type Span = Sequence[Instant] | Mapping[str, Any]
"""`[start, end]` or `{"start", "end"}`."""
type Stretch = tuple[int, int]
"""Start and end in microseconds, half-open."""


def stretch(span: Span) -> Stretch:
    """One that ends before it begins is refused."""
    start, end = (span["start"], span["end"]) if isinstance(span, Mapping) else span
    first, after = micros(start), micros(end)
    if after < first:
        raise ValueError(f"{end} is before {start}")
    return first, after


def joined(spans: Iterable[Span]) -> tuple[Stretch, ...]:
    """The same time in order, each moment once."""
    return merged(map(stretch, spans))


def length(stretches: Iterable[Stretch]) -> float:
    """Seconds."""
    return sum(end - start for start, end in stretches) / SECOND


def common(some: Sequence[Stretch], others: Sequence[Stretch]) -> list[Stretch]:
    """The time that both have; each must be joined already."""
    found = [(max(start, first), min(end, last)) for start, end in some for first, last in others]
    return [(start, end) for start, end in found if start < end]
