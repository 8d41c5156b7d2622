"""A share of few cases, drawn to what such requests bring the department (METRICS P6).

What is expected of each kind of request, a topic in a class, is what the whole department had of it in the last 12
weeks of the period; of a kind that it did not have then, what it had of all.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Count

from otklik.core.formulas import shrink
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.metric import How
from otklik.team.metrics.layer.question import Question

KINDS = ("topic_id", "class_id")
WEEKS = timedelta(weeks=12)

type Kind = tuple[int | None, int | None]


@dataclass(frozen=True)
class Shrunk:
    """`good` of `n` are one's own, `usual` the share that is expected of such requests, `value` what is between."""

    n: int
    good: int
    usual: float
    value: float


def shrunk(question: Question, person: int) -> Shrunk | None:
    """Of one person in the scope of the question; two statements.

    None where they, or the department in 12 weeks, had nothing.  Raises ValueError for what is no share.
    """
    if question.metric.how != How.SHARE:
        raise ValueError(f"{question.metric.id} is no share")
    scope = replace(question.scope, start=question.scope.end - WEEKS, teams=None, line=None)
    whole, whole_good = _counted(replace(question, scope=scope))
    own, own_good = _counted(question.of("agent", str(person)))
    n = own.total()
    if not n or not whole.total():
        return None
    everything = whole_good.total() / whole.total()
    expected = sum(
        (whole_good[kind] / whole[kind] if whole[kind] else everything) * times for kind, times in own.items()
    )
    usual = min(1.0, expected / n)
    value = shrink(own_good.total(), n, usual)
    return None if value is None else Shrunk(n, own_good.total(), usual, value)


def _counted(question: Question) -> tuple[Counter[Kind], Counter[Kind]]:
    """Readings of each kind of request, and those that count."""
    all_, good = Counter[Kind](), Counter[Kind]()
    rows = layer.behind(question).order_by().values(*KINDS, "kind").annotate(times=Count("pk"))
    for topic, of_class, kind, times in rows.values_list(*KINDS, "kind", "times"):
        all_[topic, of_class] += times
        good[topic, of_class] += times * (kind in question.metric.good)
    return all_, good
