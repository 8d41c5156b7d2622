"""From what will come to how many people it needs."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.utils import timezone

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.formulas import (
    agents_required,
    agents_with_patience,
    chat_agents_required,
    chat_durations,
    deferrable_min_agents,
    erlang_a,
    erlang_b,
    erlang_c_stats,
    lines_required,
    load,
    max_calls,
    post_fte,
    scheduled,
)
from otklik.core.formulas.ladder import HOURS
from otklik.core.staff.models import Team
from otklik.desk.channels.models.channel import VOICE
from otklik.team.metrics import forecasting
from otklik.team.metrics.forecasting import Expected, Stream
from otklik.team.metrics.measure import Measure

HOUR = 3600.0
WEEK_NORM = 40.0
"""Hours of a full post."""
MINUTE = 60.0
CHAT = "chat"
CALLS = forecasting.CALLS
CHATS = Stream(Measure.OPENED, channels=frozenset({CHAT}))
WRITTEN = Stream(Measure.OPENED, but=frozenset({CHAT, VOICE}))
USED = 0.85
"""Of the time of somebody who answers written requests (METRICS W8)."""
SMALL_LOAD, SMALL_CREW = 3.0, 5
"""Below these the model is weak: one person more or fewer decides (METRICS W5)."""


@dataclass(frozen=True)
class Crew:
    """With so many people: the share answered in time, and of their time in talks; `lost` where callers hang up.

    `waits` are the seconds for which any caller waits in the mean, None where the queue grows for ever.
    """

    people: int
    in_time: float
    busy: float | None
    lost: float | None = None
    waits: float | None = 0.0


@dataclass(frozen=True)
class Hour:
    """One hour of the day: what is expected to come and whom it needs.  `hour` None is any."""

    hour: int | None
    calls: float
    load: float
    crew: Crew
    chats: float
    for_chats: int

    @property
    def people(self) -> int:
        """Whoever talks takes no chats (METRICS W7)."""
        return self.crew.people + self.for_chats


@dataclass(frozen=True)
class Written:
    """Written requests of a day: people who are the same number in all working hours, and the hours that decide."""

    n: float
    people: int
    load: float
    window: tuple[int, int] | None


@dataclass(frozen=True)
class Lines:
    """Telephone lines (METRICS W2): callers hold `held` of them in the mean, `needed` are enough; `near` are one fewer,
    as many and one more, and those that there are, each with the share of calls that finds all of them busy.
    """

    hour: int | None
    held: float
    needed: int
    near: list[tuple[int, float]]


@dataclass(frozen=True)
class Plan:
    """`near` are crews one smaller and one larger at the busiest hour; `planned` are those on the payroll for it.

    `bears` is how many calls the crew of the busiest hour could take as wanted (METRICS C2; by Erlang's C, so None
    where callers hang up), `post` how many people a seat takes that is never empty (W9).
    """

    hours: list[Hour]
    busiest: Hour | None
    near: list[Crew]
    written: Written | None
    planned: int
    patience: float | None
    bears: float | None = None
    post: float | None = None
    lines: Lines | None = None

    @property
    def room(self) -> float | None:
        """How many calls more an hour may bring than are expected."""
        if self.bears is None or self.busiest is None:
            return None
        return max(0.0, self.bears - self.busiest.calls)

    @property
    def is_weak(self) -> bool:
        one = self.busiest
        return one is not None and (one.load < SMALL_LOAD or one.crew.people < SMALL_CREW)


@dataclass(frozen=True)
class Ahead:
    """What comes in the hours of the day; None is not known: too little history, or `is_special`.

    `at_work` are the hours in which some line is open for half of them at least; none of a day off.
    """

    calls: list[float] | None
    chats: list[float] | None
    written: list[float] | None
    is_special: bool = False
    at_work: Sequence[int] = range(HOURS)


def ahead(lines: Collection[Team], now: datetime, day: int) -> Ahead:
    numbers = [line.pk for line in lines]
    calls, chats, written = (forecasting.expected(numbers, now, what) for what in (CALLS, CHATS, WRITTEN))
    is_special = calls.free[None][day]

    def hours(told: Expected) -> list[float] | None:
        return None if is_special or not told.of[None]["method"] else told.of[None]["hours"][day]

    begins = forecasting.midnight(timezone.localtime(now).date() + timedelta(days=day))
    calendars = BusinessCalendar.objects.filter(pk__in={line.calendar_id for line in lines})
    return Ahead(hours(calls), hours(chats), hours(written), is_special, at_work(calendars, begins))


def at_work(calendars: Iterable[BusinessCalendar], midnight: datetime) -> list[int]:
    """The hours of a day in which some line of these calendars is open for half of them at least."""
    times = [calendar.working_time() for calendar in calendars]
    hours = [(midnight + timedelta(hours=hour), midnight + timedelta(hours=hour + 1)) for hour in range(HOURS)]
    return [n for n, hour in enumerate(hours) if any(time.seconds(*hour) >= HOUR / 2 for time in times)]


def plan_of(comes: Ahead, asked: Mapping[str, Any], patience: float | None) -> Plan:
    """`asked` is what the form said; `patience`, in seconds, where callers hang up."""
    line = _Line(asked, patience)
    hours = [
        Hour(hour, calls, load(calls, HOUR, line.aht), line.crew_for(calls), chats, _for_chats(chats, asked))
        for hour, calls, chats in _live(comes, asked["calls"])
    ]
    busiest = max(hours, key=lambda one: (one.people, one.load))
    written = _written(comes, asked)
    people = busiest.people + (written.people if written else 0)
    planned = scheduled(people, asked["away"] / 100)
    told = busiest if busiest.people else None
    post = post_fte(WEEK_NORM, asked["away"] / 100)
    lines = _lines(hours, line.aht, asked)
    return Plan(hours, told, line.near(busiest), written, planned, patience, line.bears(busiest), post, lines)


def _lines(hours: Collection[Hour], aht: float, asked: Mapping[str, Any]) -> Lines | None:
    """A caller holds a line while they wait and talk; who hung up has held one as long as they waited."""
    held = {one: one.calls / HOUR * (aht * (1 - (one.crew.lost or 0)) + (one.crew.waits or 0)) for one in hours}
    if not any(held.values()):
        return None
    most = max(held, key=lambda one: held[one])
    needed = lines_required(held[most], asked["blocked"] / 100)
    counts = {needed - 1, needed, needed + 1, asked["lines"] or needed} - {0}
    return Lines(most.hour, held[most], needed, [(n, erlang_b(held[most], n)) for n in sorted(counts)])


def _live(comes: Ahead, peak: float | None) -> list[tuple[int | None, float, float]]:
    """Hour, calls and chats.  With calls of one's own for the busiest hour the others keep their share of it."""
    calls, chats = comes.calls or [0.0] * HOURS, comes.chats or [0.0] * HOURS
    if peak is not None and not any(calls):
        if not any(chats):
            return [(None, peak, 0.0)]
        calls = [float(hour == chats.index(max(chats))) for hour in range(HOURS)]
    factor = 1.0 if peak is None else peak / max(calls)
    return [(hour, n * factor, talks) for hour, (n, talks) in enumerate(zip(calls, chats, strict=True))]


class _Line:
    """The telephone, as it is wanted: by Erlang's A where callers hang up, else by his C."""

    def __init__(self, asked: Mapping[str, Any], patience: float | None) -> None:
        self.aht, self.within = asked["aht"] * MINUTE, float(asked["within"])
        self.share, self.busy, self.patience = asked["share"] / 100, asked["busy"] / 100, patience
        self.crew_for = cache(self._crew_for)

    def _crew_for(self, calls: float) -> Crew:
        if not calls:
            return Crew(0, 1.0, None)
        if self.patience:
            people = agents_with_patience(calls, HOUR, self.aht, self.patience, self.within, self.share, self.busy)
        else:
            people = agents_required(calls, HOUR, self.aht, self.within, self.share, self.busy)
        return self.crew(calls, people)

    def crew(self, calls: float, people: int) -> Crew:
        if self.patience:
            found = erlang_a(calls / HOUR, self.aht, self.patience, people, self.within)
            return Crew(people, found["sl"], found["occ"], found["pab"], found["wait_all"])
        stats = erlang_c_stats(calls, HOUR, self.aht, people, self.within)
        return Crew(people, stats["sl"], stats["occ"], waits=stats["asa"])

    def bears(self, hour: Hour) -> float | None:
        people = hour.crew.people
        if self.patience or not people:
            return None
        return max_calls(HOUR, self.aht, people, self.within, self.share, self.busy)

    def near(self, hour: Hour) -> list[Crew]:
        """As many as the hour needs, one fewer and one more; of no calls nothing is to be said."""
        most = hour.crew.people
        return [self.crew(hour.calls, people) for people in (most - 1, most, most + 1) if people > 0] if most else []


def _for_chats(chats: float, asked: Mapping[str, Any]) -> int:
    handle = chat_durations(asked["chat"] * MINUTE, asked["at_once"])
    return chat_agents_required(chats / HOUR, handle, asked["chat_within"], asked["share"] / 100)


def _written(comes: Ahead, asked: Mapping[str, Any]) -> Written | None:
    """In working hours alone: what comes while nobody is there waits at the opening, with as much time to be done in.

    Of a day off all hours are taken.
    """
    if comes.written is None:
        return None
    hours = list(comes.at_work) or list(range(HOURS))
    by_hour, night = dict.fromkeys(hours, 0.0), 0.0
    for hour, n in enumerate(comes.written):
        if hours[0] <= hour <= hours[-1]:
            by_hour[next(one for one in hours if one >= hour)] += n
        else:
            night += n
    due = asked["due"]
    found = deferrable_min_agents(
        list(by_hour.values()), asked["letter"] * MINUTE, HOUR, due, USED, {due: night} if night else None
    )
    return Written(sum(comes.written), found["agents"], found["load"], _clock_hours(found["window"], hours))


def _clock_hours(window: list[int] | None, hours: list[int]) -> tuple[int, int] | None:
    """From the beginning of the first of these hours to the end of the last; the next day has the same."""
    if window is None:
        return None
    return hours[window[0] % len(hours)], hours[(window[1] - 1) % len(hours)] + 1
