"""Which times could be promised and kept: what the commitments of the last 12 weeks bear out (METRICS C1)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, TextField, Value, Window
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, RowNumber

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.formulas import human_time, safe_time
from otklik.core.journal import clock as now_of
from otklik.desk.sla.capacity import SPAN
from otklik.desk.sla.models import Clock, Kind, Version
from otklik.desk.sla.times import Times, times_of

MOST = 1000
"""Commitments that are looked at for one answer, the newest first: more would say the same."""
MOST_IN_ALL = 20 * MOST
"""Of many groups at once, the newest of all."""
ALL = Value("")
FIELDS = ("version_id", "team_id", "priority", "started_at", "stopped_at", "paused", "paused_from", "over")


@dataclass(frozen=True)
class Safe:
    """`seconds` of working time, rounded up to what people say; None where nothing can be promised yet.

    Of `n` cases; `is_held_up` when they are enough and too many last longer than any that is done.
    """

    n: int
    seconds: int | None
    is_held_up: bool = False


class Case(NamedTuple):
    """A commitment: how much of its time passed until it was done, or has by now."""

    clock: int
    seconds: float
    is_done: bool


def recent(kind: Kind) -> QuerySet[Clock]:
    """Commitments of the last 12 weeks that somebody waited for."""
    return Clock.objects.counted().filter(kind=kind, started_at__gte=now_of.now() - SPAN)


def cases(
    clocks: QuerySet[Clock], group: Combinable = ALL, calendar: BusinessCalendar | None = None
) -> dict[str, list[Case]]:
    """The newest of each group, by its text; what has none there is left out.

    Time is that of their class or line, or of this calendar.
    """
    rank = Window(RowNumber(), partition_by=[F("of_group")], order_by=[F("started_at").desc(), F("pk").desc()])
    named = clocks.annotate(of_group=Cast(group, TextField())).exclude(of_group=None).annotate(place=rank)
    found: dict[str, list[Case]] = defaultdict(list)
    newest = named.filter(place__lte=MOST).order_by("-started_at")[:MOST_IN_ALL]
    for row in newest.values_list("pk", "of_group", *FIELDS, named=True):
        found[row.of_group].append(Case(row.pk, lasted(row, calendar), row.stopped_at is not None))
    return found


def lasted(row: Any, calendar: BusinessCalendar | None = None) -> float:
    """Seconds of a commitment, or of a row with its `FIELDS`, without its pauses: until it was done, or by now."""
    times, now = times_of(row.version_id, row.team_id, row.priority), now_of.now()
    if calendar:
        times = Times(calendar.working_time(), times.within, times.pause_limit, times.warn)
    paused = row.paused
    if row.paused_from and row.stopped_at is None:
        paused = max(paused, min(times.pause_limit, paused + times.passed(row.paused_from, now)))
    return max(0.0, times.passed(row.started_at, row.stopped_at or now) - paused - row.over)


def safe(some: Iterable[Case], share: float) -> Safe:
    """What this share of them bears out, with 19 chances of 20; nobody can promise all."""
    some = list(some)
    if not 0 < share < 1:
        return Safe(len(some), None)
    found = safe_time(
        [one.seconds for one in some if one.is_done], [one.seconds for one in some if not one.is_done], share
    )
    if found["value"] is None:
        return Safe(found["n"], None, found["k"] is not None)
    return Safe(found["n"], human_time(found["value"]))


def counted(some: Iterable[Case], share: float) -> list[int]:
    """The commitments that an answer is made of: what began too lately to say anything is none of them."""
    some = list(some)
    done, lasting = ([one.seconds for one in some if one.is_done is wanted] for wanted in (True, False))
    value = safe_time(done, lasting, share)["value"] if 0 < share < 1 else None
    return [one.clock for one in some if one.is_done or value is None or one.seconds > value]


@dataclass(frozen=True)
class Advice:
    """Of one kind of commitment: what its own requests bear out, else what those of everybody do (`is_of_all`)."""

    kind: Kind
    found: Safe
    is_of_all: bool


def advice(version: Version) -> Iterator[Advice]:
    """What may be promised in this version, for the share that it promises; words on how it goes if it promises any."""
    share = version.share / 100
    for kind in Kind:
        if kind == Kind.UPDATE and not version.update_every:
            continue
        own = recent(kind).filter(version__service_class=version.service_class_id)
        found = _safe_of(own, version, share)
        if found.seconds is None and not found.is_held_up:
            yield Advice(kind, _safe_of(recent(kind), version, share), True)
        else:
            yield Advice(kind, found, False)


def _safe_of(clocks: QuerySet[Clock], version: Version, share: float) -> Safe:
    return safe(cases(clocks, calendar=version.calendar).get("", ()), share)
