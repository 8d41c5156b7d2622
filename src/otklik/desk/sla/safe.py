"""Which times could be promised and kept: what the commitments of the last 12 weeks bear out (METRICS C1)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
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
from otklik.desk.sla import drawing
from otklik.desk.sla.capacity import SPAN
from otklik.desk.sla.models import Clock, Kind, Version
from otklik.desk.sla.times import Times, ready, times_of

MOST = 1000
"""About so many commitments at most are looked at for one answer, drawn evenly: more would say the same."""
MOST_IN_ALL = 20 * MOST
"""Of many groups at once."""
FEWEST = MOST // 10
"""Where a part that is drawn from all holds fewer of those that are asked for, these are looked up themselves."""
LOT = Func(F("pk"), function="hashint8", output_field=IntegerField())
"""By which they are drawn: the same always, and whatever kinds follow each other in their numbers."""
ALL = Value("")
KIND = F("kind")
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


def recent(*kinds: Kind) -> QuerySet[Clock]:
    """Commitments of the last 12 weeks that somebody waited for."""
    return Clock.objects.counted().filter(kind__in=kinds, started_at__gte=now_of.now() - SPAN)


def cases(
    clocks: QuerySet[Clock],
    group: Combinable = ALL,
    calendar: BusinessCalendar | None = None,
    kinds: Collection[str] = tuple(Kind),
) -> dict[str, list[Case]]:
    """Of each group, by its text, those drawn from all of its 12 weeks; what has none there is left out.

    `clocks` are some of the `recent` ones of these kinds; several kinds are groups.  The newest alone would be the
    quick ones of the last days.  Time is that of their class or line, or of this calendar.  Three statements, which
    sort nothing.  Of kinds that have very many an even part is drawn where it lies (`drawing`), and what is asked for
    is looked for in it: two statements more at most.  Groups of which that holds too few are looked up themselves.
    """
    now = now_of.now()
    named = clocks.annotate(of_group=Cast(group, TextField()), lot=LOT).exclude(of_group=None).order_by()
    rows = list[Any]()
    if busy := drawing.many(kinds, now - SPAN, now):
        rows, rare, few = _of_very_many(named, busy, is_whole=group in (ALL, KIND))
        wanted = Q(kind__in=[kind for kind in kinds if kind not in busy or kind in rare])
        if few and isinstance(group, F):
            column = group.name  # type: ignore[attr-defined]
            wanted |= Q(("kind__in", [kind for kind in busy if kind not in rare]), (f"{column}__in", few))
        named = named.filter(wanted)
    sizes = dict(named.values_list("of_group").annotate(n=Count("pk")).order_by())
    if sizes:
        rows += _told(named.filter(_drawn(sizes)))
    ready((row.version_id for row in rows), (row.team_id for row in rows))
    found: dict[str, list[Case]] = defaultdict(list)
    for row in rows:
        seconds, age = _time_of(row, calendar)
        found[row.of_group].append(Case(row.pk, seconds, row.stopped_at is not None, age))
    return found


def _told(clocks: QuerySet[Any]) -> list[Any]:
    return list(clocks.values_list("pk", "kind", "of_group", "lot", *FIELDS, named=True))


def _drawn(sizes: Mapping[str, int]) -> Q:
    apart = defaultdict(list)
    for name, step in _steps(sizes).items():
        apart[step].append(name)
    each = [Q(of_group__in=names) & Q(Exact(F("lot").bitand(step - 1), 0)) for step, names in apart.items()]
    return Q(*each, _connector=Q.OR)


def _steps(sizes: Mapping[str, int]) -> dict[str, int]:
    """Of each group every second one, every fourth, and so on, as many as may be looked at."""
    most = MOST
    while most > 1 and sum(min(n, most) for n in sizes.values()) > MOST_IN_ALL:
        most //= 2
    return {name: _step(n, most) for name, n in sizes.items()}


def _step(n: int, most: int) -> int:
    """The power of two by which no more are left."""
    return 1 << max(0, (ceil(n / most) - 1).bit_length())


def _of_very_many(
    named: QuerySet[Any], many: Mapping[str, int], *, is_whole: bool
) -> tuple[list[Any], set[str], list[str]]:
    """Rows of an even part of each kind; and kinds, and groups of the others, of which that holds too few to say much.

    What is asked for may be a small part of all: of a whole, which is told from few, a larger part is drawn once.
    """
    now, found = now_of.now(), dict[str, list[Any]]()
    apart = {kind: _step(n, MOST if is_whole else MOST_IN_ALL) for kind, n in many.items()}
    used = dict(apart)
    for _time in range(2):
        used |= apart
        rows = _told(named.filter(drawing.drawn(apart, now - SPAN, now), kind__in=apart))
        found |= {kind: [row for row in rows if row.kind == kind] for kind in apart}
        wider = {kind: _wider(step, len(found[kind]), many[kind]) for kind, step in apart.items()}
        apart = {kind: step for kind, step in wider.items() if step < apart[kind]}
        if not apart:
            break
    rare = {kind for kind, rows in found.items() if len(rows) < FEWEST}
    enough = [row for kind, rows in found.items() if kind not in rare for row in rows]
    sizes = Counter(row.of_group for row in enough)
    few = [] if is_whole else _few(sizes, enough, used)
    steps = _steps({name: n for name, n in sizes.items() if name not in few})
    return [row for row in enough if row.of_group in steps and not row.lot & (steps[row.of_group] - 1)], rare, few


def _few(sizes: Mapping[str, int], rows: Iterable[Any], apart: Mapping[str, int]) -> list[str]:
    """Groups that are worth looking up, the smallest first: together they have about `MOST_IN_ALL` at most."""
    about = Counter[str]()
    for row in rows:
        about[row.of_group] += apart[row.kind]
    found, whole = list[str](), 0
    for name, n in sorted(about.items(), key=lambda pair: pair[1]):
        whole += n
        if whole > MOST_IN_ALL:
            break
        if sizes[name] < min(FEWEST, n):
            found.append(name)
    return found


def _wider(apart: int, n: int, many: int) -> int:
    """One of how many is to be drawn, where one of `apart` were `n`; `MOST_IN_ALL` of them are looked through."""
    while 2 * n <= MOST and apart > 1 and 2 * many <= apart * MOST_IN_ALL:
        apart, n = apart // 2, 2 * n
    return apart


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
    kinds = [kind for kind in Kind if kind != Kind.UPDATE or version.update_every]
    of_class = recent(*kinds).filter(version__service_class=version.service_class_id)
    own = _safe_of(of_class, kinds, version, share)
    lacking = [kind for kind in kinds if own[kind].seconds is None and not own[kind].is_held_up]
    of_all = _safe_of(recent(*lacking), lacking, version, share) if lacking else {}
    for kind in kinds:
        yield Advice(kind, of_all.get(kind, own[kind]), kind in of_all)


def _safe_of(clocks: QuerySet[Clock], kinds: Collection[Kind], version: Version, share: float) -> dict[Kind, Safe]:
    found = cases(clocks, KIND, version.calendar, kinds)
    return {kind: safe(found.get(kind, ()), share) for kind in kinds}
