"""Whether a version can be kept: what the last weeks would have kept of it, and who there is to keep it (METRICS C2).

The past is that of all lines that take requests, since a class may come to any of them.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.formulas import capacity_check, wilson
from otklik.core.journal import clock
from otklik.core.staff.models import Role, Team
from otklik.desk.sla.models import Clock, Kind, Version
from otklik.desk.tickets.models import Priority, Ticket

SPAN, RECENT = timedelta(weeks=12), timedelta(weeks=4)
ENOUGH, KEEPS_UP = 30, 0.95
"""Fewer requests say nothing of whether people keep up, nor do a few that are open at the end of a month."""
MOST = 2000
"""Commitments of each kind that are looked at, the newest first."""
NAMES = (Kind.FIRST, Kind.NEXT, Kind.RESOLUTION)


def found_for(version: Version) -> dict[str, Any]:
    """Colour and reasons, the figures behind them, and whether more is promised than was measured."""
    now = clock.now()
    kept = {kind: _kept(version, kind, now) for kind in NAMES}
    measurable = [each for each in kept.values() if each[1]] or [(0, 0)]
    worst = min(measurable, key=lambda each: wilson(*each)["lo"] or 0.0)
    came, ended = _flow(now)
    able = _able()
    facts = {
        "promised": version.share / 100,
        "kept": worst[0],
        "n": worst[1],
        "feasible": ended >= KEEPS_UP * came if came >= ENOUGH else None,
        "occupancy": None,
        "able": able,
        "suppliers_fit": version.suppliers_fit,
    }
    measured = worst[0] / worst[1] if worst[1] else None
    return {
        **capacity_check(facts),
        "kept": {kind.value: list(each) for kind, each in kept.items()},
        "measured": measured,
        "above_measured": measured is None or version.share / 100 > measured,
        "came": came,
        "ended": ended,
        "able": able,
    }


def _kept(version: Version, kind: Kind, now: datetime) -> tuple[int, int]:
    """How many commitments of the last weeks would have been kept at the proposed times, of how many.

    Those that still run count when they are past the proposed time already: waiting hides nothing.
    """
    target = version.target_of(Priority.NORMAL)
    within = dict(zip(NAMES, target.times, strict=True))[kind].total_seconds()
    recent = Clock.objects.counted().filter(kind=kind, started_at__gte=now - SPAN).order_by("-started_at")
    fates = list(_fates(recent.select_related("team__calendar")[:MOST], version.calendar, within, now))
    return sum(fates), len(fates)


def _fates(clocks: Iterable[Clock], calendar: BusinessCalendar | None, within: float, now: datetime) -> Iterable[bool]:
    for each in clocks:
        hours = (calendar or each.team.calendar).working_time()
        due = hours.due(each.started_at, within + each.paused + each.over)
        done = each.stopped_at
        if done or (due < now and not each.paused_from):
            yield done is not None and done <= due


def _flow(now: datetime) -> tuple[int, int]:
    """Requests that came and that ended in the last four weeks: a line that falls behind promises nothing more."""
    counted, since = Ticket.objects.exclude(status="closed"), now - RECENT
    return counted.filter(opened_at__gte=since).count(), counted.ended().filter(ended_at__gte=since).count()


def _able() -> int:
    """People of the line that has the fewest."""
    answering = Q(memberships__user__is_active=True) & ~Q(memberships__user__role=Role.QUALITY)
    lines = Team.objects.active().annotate(people=Count("memberships", answering, distinct=True))
    return min((line.people for line in lines), default=0)
