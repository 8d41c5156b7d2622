"""Which times could be promised and kept: what the commitments of the last 12 weeks bear out (METRICS C1)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any, NamedTuple

from django.db.models import Count, F, Func, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.db.models.lookups import Exact

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.formulas import human_time, safe_time
from otklik.core.formulas.promises import SafeTime
from otklik.core.journal import clock as now_of
from otklik.desk.sla.capacity import SPAN
from otklik.desk.sla.models import Clock, Kind, Version
from otklik.desk.sla.times import Times, times_of

MOST = 1000
"""About so many commitments at most are looked at for one answer, drawn evenly: more would say the same."""
MOST_IN_ALL = 20 * MOST
"""Of many groups at once."""
LOT = Func(F("pk"), function="hashint8", output_field=IntegerField())
"""By which they are drawn: the same always, and whatever kinds follow each other in their numbers."""
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
    """A commitment: how much of its time passed until it was done, or has by now; `age` if nothing had ended it."""

    clock: int
    seconds: float
    is_done: bool
    age: float


def recent(kind: Kind) -> QuerySet[Clock]:
    """Commitments of the last 12 weeks that somebody waited for."""
    return Clock.objects.counted().filter(kind=kind, started_at__gte=now_of.now() - SPAN)


def cases(
    clocks: QuerySet[Clock], group: Combinable = ALL, calendar: BusinessCalendar | None = None
) -> dict[str, list[Case]]:
    """Of each group, by its text, those drawn from all of its 12 weeks; what has none there is left out.

    The newest alone would be the quick ones of the last days.  Time is that of their class or line, or of this
    calendar.  Two statements, which read the commitments of the 12 weeks once each and sort nothing.
    """
    named = clocks.annotate(of_group=Cast(group, TextField())).exclude(of_group=None)
    sizes = dict(named.values_list("of_group").annotate(n=Count("pk")).order_by())
    found: dict[str, list[Case]] = defaultdict(list)
    if not sizes:
        return found
    drawn = named.alias(lot=LOT).filter(_drawn(sizes)).order_by()
    for row in drawn.values_list("pk", "of_group", *FIELDS, named=True):
        seconds, age = _time_of(row, calendar)
        found[row.of_group].append(Case(row.pk, seconds, row.stopped_at is not None, age))
    return found


def _drawn(sizes: dict[str, int]) -> Q:
    """Of each group every second one, every fourth, and so on, as many as may be looked at."""
    most, apart = MOST, defaultdict(list)
    while most > 1 and sum(min(n, most) for n in sizes.values()) > MOST_IN_ALL:
        most //= 2
    for name, n in sizes.items():
        apart[1 << max(0, (ceil(n / most) - 1).bit_length())].append(name)
    each = [Q(of_group__in=names) & Q(Exact(F("lot").bitand(step - 1), 0)) for step, names in apart.items()]
    return Q(*each, _connector=Q.OR)


def lasted(row: Any, calendar: BusinessCalendar | None = None) -> float:
    """Seconds of a commitment, or of a row with its `FIELDS`, without its pauses: until it was done, or by now."""
    return _time_of(row, calendar)[0]


def _time_of(row: Any, calendar: BusinessCalendar | None) -> tuple[float, float]:
    """How long it lasted, and how long ago it began; both without its pauses."""
    times, now = times_of(row.version_id, row.team_id, row.priority), now_of.now()
    if calendar:
        times = Times(calendar.working_time(), times.within, times.pause_limit, times.warn)
    paused = row.paused
    if row.paused_from and row.stopped_at is None:
        paused = max(paused, min(times.pause_limit, paused + times.passed(row.paused_from, now)))
    age = max(0.0, times.passed(row.started_at, now) - paused - row.over)
    if row.stopped_at is None:
        return age, age
    return max(0.0, times.passed(row.started_at, row.stopped_at) - paused - row.over), age


def safe(some: Iterable[Case], share: float) -> Safe:
    """What this share of them bears out, with 19 chances of 20; nobody can promise all."""
    some = list(some)
    if not 0 < share < 1:
        return Safe(len(some), None)
    found = _borne_out(some, share)[1]
    if found["value"] is None:
        return Safe(found["n"], None, found["k"] is not None)
    return Safe(found["n"], human_time(found["value"]))


def counted(some: Iterable[Case], share: float) -> list[int]:
    """The commitments that an answer is made of: what began too lately to say anything is none of them."""
    some = list(some)
    if not 0 < share < 1:
        return [one.clock for one in some]
    old, found = _borne_out(some, share)
    value = found["value"]
    return [one.clock for one in old if one.is_done or value is None or one.seconds > value]


def _borne_out(some: list[Case], share: float) -> tuple[list[Case], SafeTime]:
    """The safe time, and the cases that had that long to be done.

    Of what began later only the quick ones are done: they go as the slow ones do, of which nobody knows yet.
    """
    while True:
        done, lasting = ([one.seconds for one in some if one.is_done is wanted] for wanted in (True, False))
        found = safe_time(done, lasting, share)
        value = found["value"]
        old = [one for one in some if value is None or not one.is_done or one.age >= value]
        if len(old) == len(some):
            return some, found
        some = old


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
