"""The verdict on an improvement: its metric, the guards that must not worsen, and what to be careful about."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from otklik.core.formulas.satisfaction import Mean
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.comparing import FEWEST, Comparison, Verdict, compared, holm
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import Better, How, Metric, Unit
from otklik.team.metrics.layer.pairing import Turned, moved, turned
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.models import Improvement

GUARD_SHARE, GUARD_POINTS, GUARD_PART, GUARD_NET = 0.05, 0.1, 0.1, 5.0
"""A guard has worsened when a share moved by 5 points, a mean by 0.1, a duration or count by a tenth, a net score or
an index by 5 points.
"""
EARLIER = 3
"""So many windows before the one that is compared say what was usual."""


class Care(StrEnum):
    """What a reader of a verdict should know."""

    NOT_IN_ADVANCE = "not_in_advance"
    WORST_OF_FOUR = "worst_of_four"


@dataclass(frozen=True)
class Judgement:
    """`verdict` is None before the day on which it is judged; `turned` and `moved` are of the same clients both times,
    None where that says nothing (`layer.pairing`).
    """

    main: Comparison
    guards: list[tuple[Comparison, Verdict]]
    verdict: Verdict | None
    care: list[Care]
    turned: Turned | None = None
    moved: Mean | None = None


def judged(improvement: Improvement, now: datetime) -> Judgement:
    metric = METRICS[improvement.metric]
    main, guards = _sides(improvement)
    verdict = _verdict(main.verdict(), guards) if improvement.is_ripe(now) else None
    sides = Question(metric, improvement.before()), Question(metric, improvement.after())
    return Judgement(main, guards, verdict, _care(improvement, main), turned(*sides), moved(*sides))


def verdict_of(improvement: Improvement, now: datetime) -> Verdict | None:
    """That of `judged` alone, for a list of many: without what costs most and a list does not tell, as who answered
    twice, and without a look at any figure before its day.
    """
    if not improvement.is_ripe(now):
        return None
    main, guards = _sides(improvement)
    return _verdict(main.verdict(), guards)


def _sides(improvement: Improvement) -> tuple[Comparison, list[tuple[Comparison, Verdict]]]:
    """Its metric and the guards."""
    metric = METRICS[improvement.metric]
    main = _compared(improvement, metric, improvement.least)
    beside = [_compared(improvement, METRICS[name], None) for name in metric.pair]
    # One metric was named in advance, so its p is its own; the guards are several looks at once.
    return main, [(guard, guard.verdict(p)) for guard, p in zip(beside, holm([one.p for one in beside]), strict=True)]


def _compared(improvement: Improvement, metric: Metric, least: float | None) -> Comparison:
    before, after = Question(metric, improvement.before()), Question(metric, improvement.after())
    told = compared(before, after, least or 0.0)
    return told if least is not None else replace(told, least=_least_of_guard(told.before))


def _least_of_guard(before: Figure) -> float:
    match before.metric.unit:
        case Unit.SHARE | Unit.NINES:
            return GUARD_SHARE
        case Unit.POINTS | Unit.FROM_ZERO | Unit.OF_SEVEN | Unit.OF_TEN | Unit.TIMES | Unit.RATIO:
            return GUARD_POINTS
        case Unit.PER_THOUSAND | Unit.PER_CLIENTS:
            return GUARD_POINTS
        case Unit.NET | Unit.INDEX | Unit.SCORED:
            return GUARD_NET
        case Unit.COUNT | Unit.WORKDAYS | Unit.BREACHES:
            return GUARD_PART
        case Unit.SPAN | Unit.HOURS | Unit.DAYS | Unit.MONTHS:
            return GUARD_PART * (before.value or 0.0)


def _verdict(main: Verdict, guards: list[tuple[Comparison, Verdict]]) -> Verdict:
    spoiled = any(verdict == Verdict.WORSENED for _guard, verdict in guards)
    return Verdict.MIXED if main == Verdict.IMPROVED and spoiled else main


def _care(improvement: Improvement, main: Comparison) -> list[Care]:
    care = [] if improvement.is_fixed_in_advance else [Care.NOT_IN_ADVANCE]
    return [*care, Care.WORST_OF_FOUR] if _was_worst(improvement, main.before) else care


def _was_worst(improvement: Improvement, before: Figure) -> bool:
    """A window chosen because it was bad is followed by a better one without any change: regression to the mean."""
    metric = before.metric
    if metric.better == Better.NEITHER or before.value is None:
        return False
    windows = [improvement.before(back) for back in range(2, EARLIER + 2)]
    earlier = [layer.figure(Question(metric, window)) for window in windows]
    fewest = FEWEST[How.MEDIAN]
    values = [figure.value for figure in earlier if figure.value is not None and figure.n >= fewest]
    if len(values) < EARLIER:
        return False
    return before.value < min(values) if metric.better == Better.UP else before.value > max(values)
