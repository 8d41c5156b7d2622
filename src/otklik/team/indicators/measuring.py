"""The figures of many plans at once, from the one layer; as many statements as there are different metrics."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from otklik.team.indicators.leaving import left_within, worked
from otklik.team.indicators.models.indicator import Of, Plan
from otklik.team.indicators.period import Period, Span
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import recorded
from otklik.team.metrics.layer.apart import WHOLE, Part, by_sides
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.each import each, tickets_of_each
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question

type Alike = tuple[str, str, str, date | None]
"""Metric, whose figure it is, span, and the last day of who left within it."""
SIDE = {Of.OWN: "agent", Of.LINE: "line"}


def question_of(plan: Plan, period: Period) -> Question:
    """What its figure answers."""
    indicator = plan.indicator
    last = left_within(period).get(indicator.person_id or 0) if indicator.of == Of.OWN else None
    asked = _question(indicator.metric, period.span, period.first, last)
    side = SIDE.get(Of(indicator.of))
    return asked.of(side, indicator.key) if side else asked


def measured(plans: Iterable[Plan], day: date, *, bounds: bool = True) -> dict[int, Figure]:
    """The figure of each plan, by its number, in the period of its span that the day is in.

    One's own figure of somebody who left within it ends with their last day.
    """
    found: dict[int, Figure] = {}
    for (metric, of, span, last), some in _alike(plans, day).items():
        question = _question(metric, span, day, last)
        side = SIDE.get(Of(of))
        if side is None:
            whole = layer.figure(question)
            found |= {plan.pk: whole for plan in some}
            continue
        figures = each(question, side, {plan.indicator.key for plan in some}, bounds=bounds)
        found |= {plan.pk: figures[plan.indicator.key] for plan in some}
    return found


def over(plans: Iterable[Plan], days: Collection[date]) -> dict[date, dict[int, Figure]]:
    """As `measured`, in the periods of all these days at once: without intervals, and words of questions."""
    some, parts = list(plans), dict[tuple[date, Alike], Part]()
    groups = {day: _alike(some, day) for day in days}
    for day, alike in groups.items():
        for one in alike:
            metric, of, span, last = one
            parts[day, one] = Part(_question(metric, span, day, last), SIDE.get(Of(of), WHOLE))
    figures = dict(zip(parts, by_sides(list(parts.values())), strict=True))
    found: dict[date, dict[int, Figure]] = {}
    for day, alike in groups.items():
        told = found[day] = {}
        for one, of_one in alike.items():
            part, known = parts[day, one], figures[day, one]
            lacking = any(_key(part, plan) not in known for plan in of_one)
            nothing = layer.nothing(part.question) if lacking else Figure(part.question.metric, 0, None)
            told |= {plan.pk: known.get(_key(part, plan), nothing) for plan in of_one}
    return found


def _key(part: Part, plan: Plan) -> str:
    return plan.indicator.key if part.by else WHOLE


def tickets_behind(plans: Iterable[Plan], day: date) -> dict[int, list[int]]:
    """The requests behind each of these figures, one number for each reading; of records these."""
    found: dict[int, list[int]] = {}
    for (metric, of, span, last), some in _alike(plans, day).items():
        question = _question(metric, span, day, last)
        side = SIDE.get(Of(of))
        if question.metric.records:
            found |= _records_behind(question, some)
            continue
        if side is None:
            whole = list(layer.behind(question).values_list("ticket_id", flat=True))
            found |= {plan.pk: whole for plan in some}
            continue
        tickets = tickets_of_each(question, side, {plan.indicator.key for plan in some})
        found |= {plan.pk: tickets[plan.indicator.key] for plan in some}
    return found


def _records_behind(question: Question, plans: Iterable[Plan]) -> dict[int, list[int]]:
    """The numbers of complaints or incidents, one for each thing that was counted."""
    items = recorded.behind(question)
    return {
        plan.pk: [one.record for one in items if plan.indicator.of != Of.LINE or str(one.line) == plan.indicator.key]
        for plan in plans
    }


def _question(metric: str, span: str, day: date, last: date | None) -> Question:
    """Plans and bonuses are read by more people than may know of each complaint."""
    return Question(METRICS[metric], replace(worked(Period.of(span, day), last), for_all=True))


def _alike(plans: Iterable[Plan], day: date) -> dict[Alike, list[Plan]]:
    """Plans that one question answers; the last day of whoever left is a part of it."""
    some = list(plans)
    left = {Span(span): left_within(Period.of(span, day)) for span in {plan.indicator.span for plan in some}}
    groups: dict[Alike, list[Plan]] = defaultdict(list)
    for plan in some:
        one = plan.indicator
        last = left[Span(one.span)].get(one.person_id or 0) if one.of == Of.OWN else None
        groups[one.metric, one.of, one.span, last].append(plan)
    return groups


def is_enough(plan: Plan, figure: Figure) -> bool:
    return figure.value is not None and figure.n >= plan.fewest
