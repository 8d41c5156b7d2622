"""The time that may be promised safely, of each kind of commitment (METRICS C1): as the last 12 weeks bear it out now.

How long open ones have lasted is asked of their clocks (`desk.sla.safe`), so there are no readings of it, and of an
earlier day nobody knows.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from otklik.desk.sla import safe
from otklik.desk.sla.models import Clock, Kind
from otklik.team.metrics.layer.figure import Figure

if TYPE_CHECKING:
    from otklik.team.metrics.layer.question import Question

SHARE = 0.9
"""Of cases that are to keep it, where no class says another one."""
SAFE = {
    "promise.safe_time.first": Kind.FIRST,
    "promise.safe_time.next": Kind.NEXT,
    "promise.safe_time.update": Kind.UPDATE,
    "promise.safe_time.resolution": Kind.RESOLUTION,
}


def recent(question: "Question") -> QuerySet[Any]:
    return safe.recent(SAFE[question.metric.id])


def figure(question: "Question", clocks: QuerySet[Any]) -> Figure:
    kind = SAFE[question.metric.id]
    return _figure(question, safe.cases(clocks, kinds=(kind,)).get("", []))


def together(asked: "Sequence[Question]", narrowed: Callable[[QuerySet[Any]], QuerySet[Any]]) -> list[Figure]:
    """Of several kinds of the same lines, which `narrowed` picks: they are read together."""
    kinds = [SAFE[one.metric.id] for one in asked]
    found = safe.cases(narrowed(safe.recent(*kinds)), safe.KIND, kinds=kinds)
    return [_figure(one, found.get(kind, [])) for one, kind in zip(asked, kinds, strict=True)]


def by_side(question: "Question", clocks: QuerySet[Any], column: Any) -> dict[str, Figure]:
    found = safe.cases(clocks, column, kinds=(SAFE[question.metric.id],))
    return {key: _figure(question, some) for key, some in found.items()}


def counted(question: "Question", clocks: QuerySet[Any]) -> QuerySet[Clock]:
    """The commitments that a figure is made of."""
    found = safe.cases(clocks, kinds=(SAFE[question.metric.id],))
    return Clock.objects.filter(pk__in=safe.counted(found.get("", []), SHARE))


def _figure(question: "Question", some: list[safe.Case]) -> Figure:
    found = safe.safe(some, SHARE)
    return Figure(question.metric, found.n, None if found.seconds is None else float(found.seconds))
