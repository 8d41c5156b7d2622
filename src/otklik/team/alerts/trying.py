"""The past of an alert: when it would have rung, by the same rules by which it rings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from otklik.team.alerts.judging import Finding, judged
from otklik.team.alerts.looking import closed_day
from otklik.team.alerts.models import Alert
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.rolling import rolling

BACK = 90
"""Days of the past that are tried."""


@dataclass(frozen=True)
class Try:
    """What was found on each day, the earliest first, and the days on which it would have begun to ring."""

    found: list[tuple[date, Finding]]
    began: list[date]

    @property
    def is_known(self) -> bool:
        """Whether on any day there was enough data to say something."""
        return any(one.holds is not None for _day, one in self.found)


def tried(alert: Alert) -> Try | None:
    """Of the last 90 closed days; None for what has no past: it is counted as it stands."""
    if alert.measured.stands and alert.metric != "backlog":
        return None
    last = alert.last_day(closed_day())
    days = [last - timedelta(days=back) for back in range(BACK - 1, -1, -1)]
    figures = _figures(alert, days)
    found = [(day, judged(alert, figures[day], _earlier(alert, day, figures))) for day in days]
    return Try(found, list(_begins(alert, found)))


def _figures(alert: Alert, days: list[date]) -> dict[date, Figure]:
    """Of these days, and of the weeks that an anomaly compares the first of them with."""
    first = days[0] - timedelta(weeks=alert.weeks if alert.is_anomaly else 0)
    asked = alert.question(alert.between(first, days[-1]))
    if not alert.measured.stands:
        return rolling(asked, alert.window)
    stood, nothing = layer.by_day(asked), replace(layer.nothing(asked), value=None)
    return {day: stood.get(day, nothing) for day in days}


def _earlier(alert: Alert, day: date, figures: dict[date, Figure]) -> list[Figure]:
    weeks = range(alert.weeks, 0, -1) if alert.is_anomaly else ()
    return [figures[day - timedelta(weeks=back)] for back in weeks]


def _begins(alert: Alert, found: list[tuple[date, Finding]]) -> Iterator[date]:
    """As the job does it; of what stands a day is one look, because no more is kept of it."""
    rings = False
    for day, one in found:
        if one.holds is not None and one.holds != rings:
            rings = one.holds
            if rings:
                yield day
