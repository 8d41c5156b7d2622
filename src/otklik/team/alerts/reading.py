"""The figures of many alerts from few statements: what several of them ask for is asked once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from otklik.team.alerts.models import Alert
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope

WEEK = timedelta(weeks=1)
WHOLE = ""

type Asked = tuple[object, ...]


class Reads:
    """One round: each metric is asked once for a period and a side, however many lines, keys and alerts want it."""

    def __init__(self) -> None:
        self._known: dict[Asked, dict[str, Figure]] = {}

    def figure(self, alert: Alert, day: date) -> Figure:
        """Of the window that ended with this day; of what stands, as of now."""
        return self._figure(alert, alert.scope(day))

    def earlier(self, alert: Alert, day: date) -> list[Figure]:
        """The same weekday of the weeks before, the latest last; nothing for who does not compare."""
        weeks = range(alert.weeks, 0, -1) if alert.is_anomaly else ()
        return [self._figure(alert, alert.scope(day - back * WEEK)) for back in weeks]

    def _figure(self, alert: Alert, scope: Scope) -> Figure:
        """A line without a side is one of all lines, a key one of all keys of its side."""
        whole = replace(scope, teams=None, line=None)
        question, key = Question(alert.measured, whole), str(alert.team_id or WHOLE)
        if alert.side:
            question, key = Question(alert.measured, scope), alert.key
            found = self._asked(alert, scope, alert.side, alert.team_id, lambda: layer.by_side(question, alert.side))
        elif alert.team_id:
            found = self._asked(alert, whole, "line", None, lambda: layer.by_side(question, "line"))
        else:
            found = self._asked(alert, whole, WHOLE, None, lambda: {WHOLE: layer.figure(question)})
        return found.get(key) or layer.nothing(question)

    def _asked(
        self, alert: Alert, scope: Scope, side: str, team: int | None, ask: Callable[[], dict[str, Figure]]
    ) -> dict[str, Figure]:
        place = alert.metric, scope.start, scope.end, side, team, scope.viewer and scope.viewer.pk
        if place not in self._known:
            self._known[place] = ask()
        return self._known[place]
