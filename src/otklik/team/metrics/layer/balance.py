"""Whether what comes and what ends are in balance (METRICS V11); whether they fit what is open, `doubting` says."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from otklik.team.metrics.days import today

if TYPE_CHECKING:
    from otklik.team.metrics.layer.question import Question

WEEKS = 8
"""Whole ones that are shown."""
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Week:
    """What came, and what ended: a solution, a refusal, or closed as nobody waited for an answer."""

    monday: date
    came: int
    ended: int

    @property
    def balance(self) -> int:
        """Above zero the open ones became fewer."""
        return self.ended - self.came


def weeks(question: "Question") -> list[Week]:
    """The last whole weeks, the newest first, of the same lines and narrowed alike."""
    from otklik.team.metrics.layer import question as layer

    day = today()
    monday = day - timedelta(days=day.weekday())
    asked = replace(question, scope=question.scope.at(monday - timedelta(weeks=WEEKS), monday - DAY))
    came = {on: one.n for on, one in layer.by_day(_as(asked, "arrivals")).items()}
    ended = {on: one.n for on, one in layer.by_day(_all_that_ended(asked)).items()}
    mondays = [monday - timedelta(weeks=back) for back in range(1, WEEKS + 1)]
    return [Week(one, _sum(came, one), _sum(ended, one)) for one in mondays]


def _sum(days: dict[date, int], monday: date) -> int:
    return sum(days.get(monday + timedelta(days=more), 0) for more in range(7))


def _all_that_ended(question: "Question") -> "Question":
    asked = _as(question, "solved")
    return replace(asked, metric=replace(asked.metric, kinds=frozenset()))


def _as(question: "Question", name: str) -> "Question":
    from otklik.team.metrics.layer.catalogue import METRICS

    return replace(question, metric=METRICS[name])
