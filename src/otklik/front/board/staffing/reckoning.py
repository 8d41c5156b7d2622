"""From what will come to how many people it needs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from otklik.core.formulas import (
    agents_required,
    agents_with_patience,
    chat_agents_required,
    chat_durations,
    deferrable_min_agents,
    erlang_a,
    erlang_c_stats,
    load,
    scheduled,
)
from otklik.core.formulas.ladder import HOURS
from otklik.desk.channels.models.channel import VOICE
from otklik.team.metrics import forecasting
from otklik.team.metrics.forecasting import Stream
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.speaking import ABANDONED, ANSWERED, IN_TIME

HOUR = 3600.0
MINUTE = 60.0
CHAT = "chat"
CALLS = Stream(Measure.WAIT, kinds=frozenset({IN_TIME, ANSWERED, ABANDONED}))
CHATS = Stream(Measure.OPENED, channels=frozenset({CHAT}))
WRITTEN = Stream(Measure.OPENED, but=frozenset({CHAT, VOICE}))
USED = 0.85
"""Of the time of somebody who answers written requests (METRICS W8)."""
SMALL_LOAD, SMALL_CREW = 3.0, 5
"""Below these the model is weak: one person more or fewer decides (METRICS W5)."""


@dataclass(frozen=True)
class Crew:
    """With so many people: the share answered in time, and of their time in talks; `lost` where callers hang up."""

    people: int
    in_time: float
    busy: float | None
    lost: float | None = None


@dataclass(frozen=True)
class Hour:
    """One hour of the day: what is expected to come and whom it needs."""

    hour: int
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
    """A day of written requests: people who always are the same number, and the hours that decide."""

    n: float
    people: int
    load: float
    window: list[int] | None


@dataclass(frozen=True)
class Plan:
    """`near` are crews one smaller and one larger at the busiest hour; `planned` are those on the payroll for it."""

    hours: list[Hour]
    busiest: Hour | None
    near: list[Crew]
    written: Written | None
    planned: int
    patience: float | None

    @property
    def is_weak(self) -> bool:
        one = self.busiest
        return one is not None and (one.load < SMALL_LOAD or one.crew.people < SMALL_CREW)


@dataclass(frozen=True)
class Ahead:
    """What comes in the hours of the day; None is not known: too little history, or a special day."""

    calls: list[float] | None
    chats: list[float] | None
    written: list[float] | None


def ahead(lines: Collection[int], now: datetime, day: int) -> Ahead:
    def hours(what: Stream) -> list[float] | None:
        told = forecasting.expected(lines, now, what)
        return None if told.free[None][day] or not told.of[None]["method"] else told.of[None]["hours"][day]

    return Ahead(hours(CALLS), hours(CHATS), hours(WRITTEN))


def plan_of(comes: Ahead, asked: Mapping[str, Any], patience: float | None) -> Plan:
    """`asked` is what the form said; `patience`, in seconds, where callers hang up."""
    calls, chats = comes.calls or [0.0] * HOURS, comes.chats or [0.0] * HOURS
    if asked["calls"] is not None:
        calls = [asked["calls"] if n or not any(calls) else 0.0 for n in calls]
    line = _Line(asked, patience)
    hours = [
        Hour(number, n, load(n, HOUR, line.aht), line.crew_for(n), talks, _for_chats(talks, asked))
        for number, (n, talks) in enumerate(zip(calls, chats, strict=True))
    ]
    busiest = max(hours, key=lambda one: (one.people, one.load), default=None)
    busiest = busiest if busiest and busiest.people else None
    written = _written(comes.written, asked) if comes.written else None
    people = (busiest.people if busiest else 0) + (written.people if written else 0)
    planned = scheduled(people, asked["away"] / 100)
    return Plan(hours, busiest, line.near(busiest) if busiest else [], written, planned, patience)


class _Line:
    """The telephone, as it is wanted: by Erlang's A where callers hang up, else by his C."""

    def __init__(self, asked: Mapping[str, Any], patience: float | None) -> None:
        self.aht, self.within = asked["aht"] * MINUTE, float(asked["within"])
        self.share, self.busy, self.patience = asked["share"] / 100, asked["busy"] / 100, patience

    def crew_for(self, calls: float) -> Crew:
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
            return Crew(people, found["sl"], found["occ"], found["pab"])
        stats = erlang_c_stats(calls, HOUR, self.aht, people, self.within)
        return Crew(people, stats["sl"], stats["occ"])

    def near(self, hour: Hour) -> list[Crew]:
        """As many as the hour needs, one fewer and one more; of no calls nothing is to be said."""
        most = hour.crew.people
        return [self.crew(hour.calls, people) for people in (most - 1, most, most + 1) if people > 0] if most else []


def _for_chats(chats: float, asked: Mapping[str, Any]) -> int:
    handle = chat_durations(asked["chat"] * MINUTE, asked["at_once"])
    return chat_agents_required(chats / HOUR, handle, asked["chat_within"], asked["share"] / 100)


def _written(comes: list[float], asked: Mapping[str, Any]) -> Written:
    found = deferrable_min_agents(comes, asked["letter"] * MINUTE, HOUR, asked["due"], USED)
    return Written(sum(comes), found["agents"], found["load"], found["window"])
