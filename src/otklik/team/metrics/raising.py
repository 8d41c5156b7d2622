"""Who was asked when a line could not go on: whoever leads, or a higher line in time (METRICS V16)."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime

from otklik.core.formulas import WorkingTime, ticket_clocks
from otklik.core.formulas.clocks import Event
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Role, User
from otklik.desk.sla.models import Kind
from otklik.desk.sla.times import times_of
from otklik.desk.tickets.models import Ticket
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.seen import Seen

LEADERS = (Role.LEAD, Role.HEAD, Role.ADMIN)
BEFORE = 0.5
"""Of the line's own time for a solution: later than that the higher line has too little left."""
KEPT_HERE, RAISED = range(2)
"""Kinds of `Measure.RAISED`."""
LATE, IN_TIME = range(2)
"""Kinds of `Measure.UP_IN_TIME`."""


def leaders() -> set[int]:
    """As roles are when it is counted."""
    return set(User.objects.filter(role__in=LEADERS).values_list("pk", flat=True))


def raised(moves: Iterable[Entry], leads: Collection[int], at: datetime, seen_at: Callable[..., Seen]) -> Seen:
    """Whether somebody who leads nobody gave it to somebody who leads; rules and leads themselves raise nothing."""
    gave = any(
        entry.kind == "tickets.TicketAssigned"
        and entry.actor_id is not None
        and entry.actor_id not in leads
        and entry.data["owner_id"] in leads
        for entry in moves
    )
    return seen_at(Measure.RAISED, at, kind=RAISED if gave else KEPT_HERE)


def passed_up(
    ticket: Ticket,
    events: Sequence[Event],
    up: Iterable[Entry],
    passed: Sequence[Entry],
    at: datetime,
    seen_at: Callable[..., Seen],
) -> Iterator[Seen]:
    """Of each time it was passed up: for how long the line's limit had run by then, and whether that was in time.

    As of a solution (METRICS V3): it stands still while the client is waited for, and once it is solved or closed.
    `events` are those of `ticket_clocks`.
    """
    for entry in up:
        line = entry.data["team_was"]
        came = max((one.at for one in passed if one.at < entry.at and one.data["team_id"] == line), default=None)
        times = times_of(None, line, ticket.priority)
        had = _ran(events, times.hours, entry.at) - (_ran(events, times.hours, came) if came else 0.0)
        kind = IN_TIME if had <= BEFORE * times.within[Kind.RESOLUTION] else LATE
        yield seen_at(Measure.UP_IN_TIME, at, round(had * SECOND), kind, team_id=line, agent_id=entry.actor_id)


def _ran(events: Iterable[Event], hours: WorkingTime, at: datetime) -> float:
    """Seconds of the time for a solution by then; of what is over those until it was."""
    clocks = ticket_clocks(events, hours, at)
    ran = clocks["running_business_s"]
    return (clocks["full_resolution_business_s"] if ran is None else ran) or 0.0
