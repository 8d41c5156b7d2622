"""What speaks against a figure that looks well: green outside and red within, or a number that does not fit its parts.

Only what rests on enough is said (METRICS C1); without a word nothing is claimed.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from statistics import fmean

from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import Better, Metric
from otklik.team.metrics.layer.question import Question

LOOKS_WELL = 0.9
"""So much kept is shown with pride."""
MANY_COME_BACK = 0.1
"""More than this share opened again: the watermelon of METRICS V18."""
ENOUGH = 30
APART = 0.2
"""Mean open and inflow × lifetime may differ by so much (METRICS V11, Little's law)."""
LONG_ENOUGH = 28
"""Days that a desk has to be looked at before its flow is called uneven."""
DAY = timedelta(days=1).total_seconds()


class Kind(StrEnum):
    COMES_BACK = "comes_back"
    DISSATISFIED = "dissatisfied"
    UNEVEN = "uneven"


@dataclass(frozen=True)
class Doubt:
    """`value` is what was found: a share, or how many would be expected; `least` what it is held against."""

    kind: Kind
    metric: Metric
    value: float
    least: float


def doubts(asked: Question, told: Figure, satisfied: float | None = None) -> list[Doubt]:
    """Of the figure of a question; `satisfied` is the share of satisfied clients that was planned, where one was."""
    if looks_well(told):
        return _watermelon(asked, satisfied)
    return _little(asked) if asked.metric.id == "backlog" else []


def looks_well(told: Figure) -> bool:
    """Commitments of which nearly all were kept: to be held against what clients say."""
    is_kept = told.metric.guide == "V18" and told.metric.better == Better.UP
    return is_kept and told.status == "ok" and told.value is not None and told.value >= LOOKS_WELL


def _watermelon(asked: Question, satisfied: float | None) -> list[Doubt]:
    found = []
    back = _asked(asked, "reopen")
    if back.n >= ENOUGH and back.value is not None and back.value > MANY_COME_BACK:
        found.append(Doubt(Kind.COMES_BACK, back.metric, back.value, MANY_COME_BACK))
    if satisfied is not None:
        content = _asked(asked, "csat.t2b")
        if content.n >= ENOUGH and content.value is not None and content.value < satisfied:
            found.append(Doubt(Kind.DISSATISFIED, content.metric, content.value, satisfied))
    return found


def _little(asked: Question) -> list[Doubt]:
    """Mean open against daily inflow × mean lifetime: L = λ·W (Little 1961)."""
    stood = [one.value for _day, one in layer.course(asked) if one is not None and one.value is not None]
    lives = layer.counts(replace(asked, metric=METRICS["resolution.calendar"]))[""]
    came = _asked(asked, "arrivals").n
    if len(stood) < LONG_ENOUGH or min(lives.n, came) < ENOUGH:
        return []
    expected = came / len(stood) * sum(lives.totals.values()) / lives.n / SECOND / DAY
    usual = fmean(stood)
    apart = abs(usual - expected) > APART * max(usual, expected)
    return [Doubt(Kind.UNEVEN, asked.metric, expected, usual)] if apart else []


def _asked(asked: Question, name: str) -> Figure:
    return layer.figure(replace(asked, metric=METRICS[name]))
