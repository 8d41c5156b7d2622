"""Half hours of the telephone: in how many of them the line answered as it wants to, and what other formulas say.

A mean over the day hides the hour at which nobody gets through (METRICS V6).  A half hour without a call is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Count, DateTimeField, F, Func, Q, Value

from otklik.core.formulas import wilson
from otklik.team.metrics.giving_up import EARLY
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.speaking import ABANDONED, ANSWERED, IN_TIME

if TYPE_CHECKING:
    from otklik.team.metrics.layer.question import Question

WANTED = 0.8
"""Of the calls of a half hour that are answered in time: the custom of the field, 80/20; no standard."""


@dataclass(frozen=True)
class Others:
    """What contracts and other desks may mean by the same name: (in time, of how many)."""

    ours: tuple[int, int]
    of_all: tuple[int, int]
    of_answered: tuple[int, int]
    without_early: tuple[int, int] | None = None
    with_early: tuple[int, int] | None = None


class _HalfHour(Func):
    """Of an instant; half hours of every zone of the world but a few begin with those of UTC."""

    template = "date_bin('30 minutes', %(expressions)s, '2000-01-01T00:00:00Z'::timestamptz)"
    output_field = DateTimeField()


def reached(question: "Question") -> Figure:
    """The share of half hours in which enough was answered in time, each line by itself, with Wilson's interval."""
    from otklik.team.metrics.layer import question as layer

    halves = layer.behind(question).order_by().annotate(half=_HalfHour(F("at"))).values("team_id", "half")
    told = halves.annotate(calls=Count("*"), good=Count("pk", filter=Q(kind=IN_TIME))).aggregate(
        n=Count("calls"), reached=Count("calls", filter=Q(good__gte=F("calls") * Value(WANTED)))
    )
    share = wilson(told["reached"], told["n"])
    return Figure(question.metric, told["n"], share["p"], share["lo"], share["hi"], good=told["reached"])


def others(question: "Question") -> Others:
    """By the letters of METRICS V6: A is ours, B divides by all that came, C by the answered alone.

    Who hung up within the seconds that are demanded is left out by D, and counts as answered in time by E.  Both are
    unknown while older calls have not been looked at for that.
    """
    of = _kinds(question, Measure.WAIT)
    good, answered = of.get(IN_TIME, 0), of.get(IN_TIME, 0) + of.get(ANSWERED, 0)
    all_ = sum(of.values())
    told = Others((good, answered + of.get(ABANDONED, 0)), (good, all_), (good, answered))
    gave_up = _kinds(question, Measure.GAVE_UP)
    if sum(gave_up.values()) != all_ - answered:
        return told
    early = gave_up.get(EARLY, 0)
    return replace(told, without_early=(good, all_ - early), with_early=(good + early, all_))


def _kinds(question: "Question", measure: Measure) -> Mapping[int, int]:
    from otklik.team.metrics.layer import question as layer

    metric = replace(question.metric, measure=measure, kinds=frozenset())
    return layer.counts(replace(question, metric=metric, part=frozenset()))[""].of
