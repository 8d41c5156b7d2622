"""Which clocks of a ticket run, and when they are due: the one place that says it.

A pure rule over how the ticket stands: whatever happened to it, by whatever verb, its clocks follow from its row.
First and next answers never pause (METRICS 3); a solution pauses for the client, up to the limit of its class; a word
on how it goes is owed until the ticket is over, but not while the client is the one to move or knows the date.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from otklik.desk.sla.models import Clock, Kind
from otklik.desk.sla.standing import Facts
from otklik.desk.sla.times import Times
from otklik.desk.tickets.models.states import Status


def planned(facts: Facts, clocks: Sequence[Clock], times: Times, now: datetime) -> list[Clock]:
    """The given clocks in their new state, and new ones; nothing is saved."""
    wanted = dict(_wanted(facts, clocks, times, now))
    for clock in clocks:
        if clock.is_live and wanted.get(clock.kind) != clock.started_at:
            _end(clock, facts, times, now)
    known = {(clock.kind, clock.started_at): clock for clock in clocks}
    begun: list[Clock] = []
    for kind, since in wanted.items():
        clock = known.get((kind, since)) or _begun(facts, kind, since)
        if clock.pk is None:
            begun.append(clock)
        _run(clock, facts, times, now)
    return [*clocks, *begun]


def _wanted(facts: Facts, clocks: Sequence[Clock], times: Times, now: datetime) -> Iterator[tuple[str, datetime]]:
    """Kinds that run, and since when."""
    if facts.is_over:
        return
    if facts.waiting_since:
        yield (Kind.NEXT if facts.first_answer_at else Kind.FIRST), facts.waiting_since
    yield Kind.RESOLUTION, facts.opened_at
    if times.every and not facts.pauses:
        yield Kind.UPDATE, _last_word(facts, clocks, now)


def _begun(facts: Facts, kind: str, since: datetime) -> Clock:
    clock = Clock(kind=kind, started_at=since)
    clock.ticket_id = facts.ticket  # type: ignore[assignment]  # None while the ticket itself is about to be saved
    return clock


def _last_word(facts: Facts, clocks: Sequence[Clock], now: datetime) -> datetime:
    """Since when the client waits for the next word: our last one, or the end of a pause."""
    said = facts.informed_at or facts.opened_at
    updates = [clock for clock in clocks if clock.kind == Kind.UPDATE]
    runs = next((clock for clock in updates if clock.is_live), None)
    if runs and runs.started_at > said:
        untouched = not any(clock.started_at == said for clock in updates)
        return runs.started_at if untouched else said
    begun_before = any(clock.kind == Kind.RESOLUTION for clock in clocks)
    known = any(clock.started_at == said for clock in updates)
    return said if runs or known or not begun_before else max(said, now)


def _end(clock: Clock, facts: Facts, times: Times, now: datetime) -> None:
    """Done at the moment of the act that did it, or dropped because nobody waits for it any more."""
    clock.next_at = None
    if clock.kind == Kind.RESOLUTION:
        done = None if facts.status == Status.CLOSED else facts.ended_at
        _end_pause(clock, times, done or now)
    else:
        done = facts.informed_at
    if done and done >= clock.started_at:
        clock.stopped_at = done
    else:
        clock.dropped_at = now


def _run(clock: Clock, facts: Facts, times: Times, now: datetime) -> None:
    clock.version_id, clock.team_id, clock.priority = facts.version, facts.team, facts.priority
    clock.within = times.within[clock.kind]
    if not clock.is_live:
        ended = clock.stopped_at or clock.dropped_at
        if clock.kind == Kind.RESOLUTION and ended:
            clock.over += times.passed(ended, now)
        clock.stopped_at = clock.dropped_at = None
    if clock.kind == Kind.RESOLUTION and not facts.pauses:
        _end_pause(clock, times, now)
    elif clock.kind == Kind.RESOLUTION:
        clock.paused_from = clock.paused_from or now
    _set_due(clock, times, now)


def _end_pause(clock: Clock, times: Times, at: datetime) -> None:
    if clock.paused_from:
        clock.paused = min(times.pause_limit, clock.paused + times.passed(clock.paused_from, at))
        clock.paused_from = None


def _set_due(clock: Clock, times: Times, now: datetime) -> None:
    """A moment that moves into the future by a new reason may be warned of again; a pause alone is no reason."""
    extra = clock.over + (times.pause_limit if clock.paused_from else clock.paused)
    was, clock.due_at = clock.due_at, times.due(clock.started_at, clock.within + extra)
    if was and clock.due_at > now and clock.breached_at:
        clock.warned_at = clock.breached_at = None
    if clock.breached_at:
        clock.next_at = None
    elif clock.warned_at:
        clock.next_at = clock.due_at
    else:
        clock.next_at = warning_of(clock, times)


def warning_of(clock: Clock, times: Times) -> datetime:
    extra = clock.over + (times.pause_limit if clock.paused_from else clock.paused)
    return times.due(clock.started_at, clock.within * times.warn + extra)
