"""The same clients before and after (METRICS S11): what changed in them, whoever else answered.

Beside the comparison of all answers, never instead of it: who answers twice is not everybody.
"""

from dataclasses import dataclass

from otklik.core.formulas import mcnemar_exact, mean_ci
from otklik.core.formulas.satisfaction import Mean
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.metric import How, Metric
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.measure import Measure

OPINIONS = (Measure.SCORE, Measure.RECOMMENDED, Measure.EFFORT)
FEWEST_CHANGED, FEWEST_PAIRS = 6, 10
"""Clients who changed their mind, and clients who gave a mark both times: with fewer nothing is said."""


@dataclass(frozen=True)
class Turned:
    """Of `clients` who said yes or no both times so many turned to the `good` answer and so many away from it; `p` is
    None where too few turned.
    """

    clients: int
    good: int
    bad: int
    p: float | None


def turned(before: Question, after: Question) -> Turned | None:
    """McNemar's exact test of a share of opinions; None of all else, and where nobody answered twice."""
    if before.metric.how != How.SHARE or before.metric.measure not in OPINIONS:
        return None
    pairs = [(_is_good(before.metric, was), _is_good(after.metric, now)) for was, now in _pairs(before, after)]
    good, bad = pairs.count((False, True)), pairs.count((True, False))
    p = mcnemar_exact(good, bad)["p"] if good + bad >= FEWEST_CHANGED else None
    return Turned(len(pairs), good, bad, p) if pairs else None


def moved(before: Question, after: Question) -> Mean | None:
    """How far the marks of the same clients moved, with Student's interval of the differences (a paired t)."""
    if before.metric.how not in (How.MEAN, How.NET) or before.metric.measure not in OPINIONS:
        return None
    differences = [float(now - was) for was, now in _pairs(before, after)]
    return mean_ci(differences) if len(differences) >= FEWEST_PAIRS else None


def _pairs(before: Question, after: Question) -> list[tuple[int, int]]:
    was, now = _last(before), _last(after)
    return [(was[person], now[person]) for person in sorted(was.keys() & now.keys())]


def _last(question: Question) -> dict[int, int]:
    """What each person answered last in these days."""
    rows = layer.behind(question).order_by("contact_id", "-at", "-pk").distinct("contact_id")
    return dict(rows.values_list("contact_id", "kind"))


def _is_good(metric: Metric, kind: int) -> bool:
    return kind in metric.good
