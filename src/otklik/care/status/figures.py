"""Availability of components by the kernel (METRICS I5, I6): the one place that reckons it, for everybody and for us.

Works are excluded when they were announced early enough and within the limit of the year; time in which nobody looked
is excluded, too, and said.  A few statements, however many components there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from math import floor

from django.utils import timezone

from otklik.care.status.models import Component, Outage, StatusPolicy, Works
from otklik.care.status.states import FAULTS, State, worst
from otklik.core.formulas import downtime_budget, uptime
from otklik.core.formulas.availability import Uptime
from otklik.core.formulas.instants import elapsed
from otklik.core.formulas.spans import common, joined, length
from otklik.core.journal import clock

type Moments = tuple[datetime, datetime]
LEAST = timedelta(hours=24)
"""Of a shorter window nothing is told: one minute would be a share that says nothing."""


@dataclass(frozen=True)
class Availability:
    """Of one component, or of several as one; seconds.  `share` is None where too little is known.

    `planned_s` are works that are excluded, `unknown_s` time in which nobody looked; `base_s` is without both.
    """

    window_s: float
    base_s: float
    down_s: float
    planned_s: float
    unknown_s: float

    @property
    def share(self) -> float | None:
        return 1 - self.down_s / self.base_s if self.is_enough else None

    @property
    def is_enough(self) -> bool:
        return self.base_s >= LEAST.total_seconds()

    @property
    def planned_share(self) -> float | None:
        """The part of the window that works took: what a guard of the figure looks at."""
        return self.planned_s / self.window_s if self.window_s else None


@dataclass(frozen=True)
class Budget:
    """What may be lost in the window, what is left of it, and how fast it goes: 1 is exactly on the way to the end."""

    target: float
    budget_s: float
    remaining_s: float
    burn: float | None

    @property
    def is_spent(self) -> bool:
        return self.remaining_s < 0


@dataclass
class Record:
    """All that is known of some components in a window, read once."""

    start: datetime
    end: datetime
    policy: StatusPolicy
    outages: Mapping[int, list[Outage]] = field(default_factory=dict)
    excluded: Mapping[int, list[Moments]] = field(default_factory=dict)
    drawn: Mapping[int, list[Works]] = field(default_factory=dict)

    def weight(self, outage: Outage) -> float:
        return weight_of(outage.state, self.policy)

    def of(
        self,
        component: Component,
        start: datetime | None = None,
        end: datetime | None = None,
        clients: int | None = None,
    ) -> Availability:
        """In the window or in a part of it.  With `clients`, how many there are, an outage of which somebody counted
        the affected weighs as much less.
        """
        since = max(start or self.start, component.since)
        until = max(since, min(end or self.end, clock.now()))
        unknown: list[Moments] = []
        outages = []
        for one in self.outages.get(component.pk, ()):
            if one.began_at >= until or (one.ended_at and one.ended_at <= since):
                continue
            if one.state == State.UNKNOWN:
                unknown.append((one.began_at, one.ended_at or until))
                continue
            weight = self.weight(one)
            if clients and one.affected is not None:
                weight *= min(1.0, one.affected / clients)
            outages.append({"start": one.began_at, "end": one.ended_at, "weight": weight})
        works = [one for one in self.excluded.get(component.pk, ()) if one[0] < until and one[1] > since]
        told: Uptime = uptime((since, until), outages, [*works, *unknown])
        window = joined([(since, until)])
        planned = length(common(window, joined(works)))
        return Availability(
            elapsed(since, until), told["base_s"], told["down_s"], planned, told["excluded_s"] - planned
        )

    def budget(
        self,
        component: Component,
        target: float | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> Budget | None:
        """Of the whole window, against what was lost so far (I6); None where too little is known."""
        first, last = max(start or self.start, component.since), end or self.end
        found = self.of(component, start, end)
        if not found.is_enough:
            return None
        aim = float(component.target) / 100 if target is None else target
        whole = elapsed(first, last)
        told = downtime_budget(aim, whole, found.down_s)
        passed = found.window_s / whole if whole else 0
        burn = found.down_s / told["budget_s"] / passed if told["budget_s"] and passed else None
        return Budget(aim, told["budget_s"], told["remaining_s"], burn)

    def faults(self, components: Iterable[Component]) -> list[Outage]:
        """Whatever a figure is made of, the newest first."""
        found = [
            one for component in components for one in self.outages.get(component.pk, ()) if one.state != State.UNKNOWN
        ]
        return sorted(found, key=lambda one: (one.began_at, one.pk), reverse=True)


def weight_of(state: str, policy: StatusPolicy) -> float:
    """How much of a moment is lost, 0 to 1."""
    return {
        State.SLOW: float(policy.slow) / 100,
        State.PARTIAL: float(policy.partial) / 100,
        State.DOWN: 1.0,
    }.get(State(state), 0.0)


def record(components: Sequence[Component], start: datetime, end: datetime) -> Record:
    """Four statements."""
    policy, pks = StatusPolicy.objects.current(), [one.pk for one in components]
    outages: dict[int, list[Outage]] = defaultdict(list)
    rows = Outage.objects.within(start, end).filter(component__in=pks).select_related("report", "component__group")
    for one in rows.order_by("began_at", "pk"):
        outages[one.component_id].append(one)
    year = datetime(start.year, 1, 1, tzinfo=UTC) - timedelta(days=1)
    drawn: dict[int, list[Works]] = defaultdict(list)
    all_works: dict[int, list[Works]] = defaultdict(list)
    known = Works.objects.within(min(year, start), end).order_by("begins_at", "pk").prefetch_related("components")
    for works in known:
        for component in works.components.all():
            all_works[component.pk].append(works)
            if works.ends_at > start:
                drawn[component.pk].append(works)
    excluded = {pk: allowed(some, policy) for pk, some in all_works.items()}
    return Record(start, end, policy, outages, excluded, drawn)


def allowed(works: Iterable[Works], policy: StatusPolicy) -> list[Moments]:
    """Of works in their order, what does not count: announced early enough, up to the limit of each year."""
    left: dict[int, timedelta] = defaultdict(lambda: timedelta(hours=policy.works_hours))
    found = []
    for one in works:
        begin, end = one.span
        if not one.is_early_enough(policy):
            continue
        year = timezone.localtime(begin, timezone.get_default_timezone()).year
        taken = min(end - begin, left[year])
        left[year] -= taken
        if taken > timedelta(0):
            found.append((begin, begin + taken))
    return found


@dataclass(frozen=True)
class Day:
    """How a component was on one day of the department, at its worst."""

    date: date
    state: State
    lost_s: float = 0
    known: bool = True


def days(known: Record, component: Component, first: date, last: date) -> list[Day]:
    """Each day from the first to the last; what lies before it was watched is not known."""
    marked: dict[date, list[State]] = defaultdict(list)
    lost: dict[date, list[Moments]] = defaultdict(list)
    works = known.drawn.get(component.pk, ())
    for one in known.outages.get(component.pk, ()):
        span = max(one.began_at, known.start), one.ended_at or clock.now()
        for part in _apart(span, works) if one.is_unsaid else [span]:
            for day, piece in _by_day(*part):
                marked[day].append(State(one.state))
                if one.state in FAULTS:
                    lost[day].append(piece)
    for each in works:
        for day, _piece in _by_day(each.begins_at, min(each.ended_at or each.ends_at, clock.now())):
            marked[day].append(State.PLANNED)
    since = clock.house_day(component.since)
    found = []
    for place in range((last - first).days + 1):
        day = first + timedelta(days=place)
        if day < since:
            found.append(Day(day, State.UNKNOWN, known=False))
        else:
            found.append(Day(day, worst(marked[day]) if day in marked else State.WORKS, _lasted(lost[day])))
    return found


def _lasted(some: Iterable[Moments]) -> float:
    """Seconds; what failed at one moment in two ways was lost once."""
    return length(joined(some))


def _apart(span: Moments, works: Iterable[Works]) -> list[Moments]:
    """What of a failure lies outside of the works that were announced: what lies in them everybody knew ahead."""
    parts = [span]
    for one in works:
        begin, end = one.span
        parts = [part for start, after in parts for part in ((start, min(after, begin)), (max(start, end), after))]
        parts = [(start, after) for start, after in parts if start < after]
    return parts


def _by_day(start: datetime, end: datetime) -> Iterable[tuple[date, Moments]]:
    """The part of each day of the department.  In UTC: two moments of one zone are subtracted by their faces."""
    start, end, day = start.astimezone(UTC), end.astimezone(UTC), clock.house_day(start)
    while start < end:
        after = min(end, midnight(day + timedelta(days=1)).astimezone(UTC))
        yield day, (start, after)
        start, day = after, day + timedelta(days=1)


def midnight(day: date) -> datetime:
    """Where a day of the department begins."""
    return datetime.combine(day, time(), timezone.get_default_timezone())


def month_of(day: date) -> Moments:
    """The calendar month of a day, in the zone of the page."""
    first = day.replace(day=1)
    return midnight(first), midnight(following(first))


def following(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def months_back(day: date, count: int) -> list[date]:
    """The first days of this month and those before it, the newest first."""
    places = [day.year * 12 + day.month - 1 - back for back in range(count)]
    return [date(place // 12, place % 12 + 1, 1) for place in places]


def floored(share: float | None, digits: int = 3) -> float | None:
    """Per cent, cut and never rounded up: 99.9996 is not 100 (I5)."""
    if share is None:
        return None
    scale = 10**digits
    return floor(share * 100 * scale + 1e-7) / scale


def headline(found: Iterable[Availability]) -> float | None:
    """Of several components the worst one (I5); None where nothing is known of any."""
    known = [one.share for one in found if one.share is not None]
    return min(known, default=None)


def states_now(components: Sequence[Component]) -> dict[int, tuple[State, datetime | None]]:
    """How each is at this moment, and since when it is not well.  Two statements.

    While works run as announced, what a check finds meanwhile is part of them.
    """
    found: dict[int, list[tuple[State, datetime]]] = defaultdict(list)
    running = Works.objects.running().filter(components__in=[one.pk for one in components])
    kept: set[int] = set()
    for pk, began, ends in running.values_list("components", "begins_at", "ends_at"):
        found[pk].append((State.PLANNED, began))
        if ends > clock.now():
            kept.add(pk)
    going = Outage.objects.going_on().filter(component__in=[one.pk for one in components])
    for one in going:
        if not (one.is_unsaid and one.component_id in kept):  # what fails in works was announced
            found[one.component_id].append((State(one.state), one.began_at))
    told: dict[int, tuple[State, datetime | None]] = {}
    for one in components:
        some = found.get(one.pk, [])
        state = worst([state for state, _began in some])
        told[one.pk] = state, min((began for each, began in some if each == state), default=None)
    return told
