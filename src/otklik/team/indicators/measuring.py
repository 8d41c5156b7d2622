"""The figures of many plans at once, from the one layer; as many statements as there are different metrics."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from otklik.team.indicators.models.indicator import Of, Plan
from otklik.team.indicators.period import Period
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.each import each, tickets_of_each
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question

SIDE = {Of.OWN: "agent", Of.LINE: "line"}


def question_of(plan: Plan, period: Period) -> Question:
    """What its figure answers."""
    indicator = plan.indicator
    asked = Question(METRICS[indicator.metric], period.scope())
    side = SIDE.get(Of(indicator.of))
    return asked.of(side, indicator.key) if side else asked


def measured(plans: Iterable[Plan], day: date, *, bounds: bool = True) -> dict[int, Figure]:
    """The figure of each plan, by its number, in the period of its span that the day is in."""
    found: dict[int, Figure] = {}
    for (metric, of, span), some in _alike(plans).items():
        question = Question(METRICS[metric], Period.of(span, day).scope())
        side = SIDE.get(Of(of))
        if side is None:
            whole = layer.figure(question)
            found |= {plan.pk: whole for plan in some}
            continue
        figures = each(question, side, {plan.indicator.key for plan in some}, bounds=bounds)
        found |= {plan.pk: figures[plan.indicator.key] for plan in some}
    return found


def tickets_behind(plans: Iterable[Plan], day: date) -> dict[int, list[int]]:
    """The requests behind each of these figures, one number for each reading."""
    found: dict[int, list[int]] = {}
    for (metric, of, span), some in _alike(plans).items():
        question = Question(METRICS[metric], Period.of(span, day).scope())
        side = SIDE.get(Of(of))
        if side is None:
            whole = list(layer.behind(question).values_list("ticket_id", flat=True))
            found |= {plan.pk: whole for plan in some}
            continue
        tickets = tickets_of_each(question, side, {plan.indicator.key for plan in some})
        found |= {plan.pk: tickets[plan.indicator.key] for plan in some}
    return found


def _alike(plans: Iterable[Plan]) -> dict[tuple[str, str, str], list[Plan]]:
    groups: dict[tuple[str, str, str], list[Plan]] = defaultdict(list)
    for plan in plans:
        groups[plan.indicator.metric, plan.indicator.of, plan.indicator.span].append(plan)
    return groups


def is_enough(plan: Plan, figure: Figure) -> bool:
    return figure.value is not None and figure.n >= plan.fewest
