"""A person's own figures, asked of the layer: theirs, what these were before, and those of their lines.

For their own eyes: no rank, and no other person (METRICS P6).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q

from otklik.core.staff.models import User
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import How, Metric
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.models import Reading
from otklik.team.metrics.observing import BROKEN, KEPT, MOVED
from otklik.team.metrics.scope import Scope

OWN = ("frt", "solved", "promise.kept", "csat.t2b", "reopen")
"""Which figures, in this order."""
DAYS = 28
"""Whole weeks, so that a period has as many Mondays as the one before."""
PAGE = 50
PROMISED = "promise.kept"
FATES = {"kept": KEPT, "moved": MOVED, "broken": BROKEN}
"""What became of dates that were told, by the word in an address."""


@dataclass(frozen=True)
class Own:
    """`line` is None where theirs cannot be compared: a count grows with the number of people."""

    now: Figure
    before: Figure
    line: Figure | None

    @property
    def metric(self) -> Metric:
        return self.now.metric


def period() -> Scope:
    """Four weeks to the end of this day, by whole days as the sums are kept."""
    tomorrow = today() + timedelta(days=1)
    return Scope(midnight(tomorrow - timedelta(days=DAYS)), midnight(tomorrow))


def figures(user: User) -> list[Own]:
    """As many statements for a busy person as for an idle one."""
    lines = replace(period(), teams=list(user.team_ids))
    return [_own(asked(name, user), lines) for name in OWN]


def asked(name: str, user: User, fate: str = "") -> Question:
    """Of one person; `fate` is that of promised dates.  Raises KeyError for what is not shown here."""
    if name not in OWN or (fate and name != PROMISED):
        raise KeyError(name)
    part = frozenset({FATES[fate]}) if fate else frozenset[int]()
    return Question(METRICS[name], period(), {"agent": str(user.pk)}, part)


def fates(user: User) -> dict[str, int]:
    """How many dates this person gave were kept, moved and broken (METRICS V19)."""
    told = layer.counts(asked(PROMISED, user))[""].of
    return {fate: told.get(kind, 0) for fate, kind in FATES.items()}


def behind(question: Question, before: tuple[datetime, int] | None) -> list[Reading]:
    """One page of the readings of a figure, newest first, and one row more when it goes on."""
    rows = layer.behind(question)
    if before:
        at, pk = before
        rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=pk))
    return list(rows[: PAGE + 1])


def _own(question: Question, lines: Scope) -> Own:
    compared = question.metric.how != How.COUNT and bool(lines.teams)
    line = layer.figure(Question(question.metric, lines)) if compared else None
    return Own(layer.figure(question), layer.figure(question.before()), line)
