"""Plan and fact of an indicator, as tables show them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from otklik.core.formulas import goal_progress
from otklik.core.ui.charts import spark
from otklik.front.board.measured import telling
from otklik.front.board.planning.months import from_to, key_of
from otklik.team.indicators.measuring import is_enough, measured, over
from otklik.team.indicators.models import Frozen, Of, Plan
from otklik.team.indicators.period import Period, Span
from otklik.team.indicators.reckoning import HUNDRED, weights
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure

TREND = 6
"""Periods of the small curve."""


@dataclass
class Group:
    """The rows of one owner and span, with the sum of their weights."""

    name: str
    span: str
    plans: list[Plan] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def weights(self) -> str:
        return f"{weights(self.plans).normalize():f}"

    @property
    def is_whole(self) -> bool:
        return weights(self.plans) == HUNDRED


def groups(plans: Sequence[Plan], month: Period, frozen: Mapping[int, Frozen] | None = None) -> list[Group]:
    """By owner; of a closed month what was frozen stands first, what it is today beside it."""
    figures, before = measured(plans, month.first), trends(plans, month)
    found: dict[tuple[Any, str], Group] = {}
    for plan in plans:
        group = found.setdefault((plan.indicator.owner, plan.indicator.span), Group(owner(plan), plan.indicator.span))
        group.plans.append(plan)
        kept = frozen.get(plan.pk) if frozen else None
        group.rows.append(row(plan, figures[plan.pk], month.first, before[plan.pk], kept))
    return list(found.values())


def trends(plans: Sequence[Plan], month: Period) -> dict[int, list[float]]:
    """The values of the last periods that had enough cases, the shown one included."""
    found: dict[int, list[float]] = defaultdict(list)
    for span in Span:
        some = [plan for plan in plans if plan.indicator.span == span]
        last = Period.of(span, month.first)
        days = [last.move(-back).first for back in range(TREND - 1, -1, -1)] if some else []
        for figures in over(some, days).values():
            for plan in some:
                value = figures[plan.pk].value
                if value is not None and is_enough(plan, figures[plan.pk]):
                    found[plan.pk].append(value)
    return defaultdict(list, found)


def owner(plan: Plan) -> str:
    indicator = plan.indicator
    if indicator.person:
        return indicator.person.name
    return indicator.team.name if indicator.team else _("The whole department")


def row(
    plan: Plan, figure: Figure, day: date, trend: Sequence[float] = (), frozen: Frozen | None = None
) -> dict[str, Any]:
    """One line of a table; of too few cases only how many there are."""
    indicator, period = plan.indicator, Period.of(plan.indicator.span, day)
    shown = frozen.figure if frozen else figure
    enough = is_enough(plan, shown)
    progress = goal_progress(plan.floor, plan.target, shown.value) if enough and shown.value is not None else None
    behind = f"{reverse('board:behind_indicator', args=[plan.pk])}?month={key_of(Period.of(Span.MONTH, day))}"
    return {
        "plan": plan,
        "metric": indicator.measured,
        "whose": whose(plan),
        "address": metric_address(plan, period),
        "value": telling.value(shown.metric, shown.value) if enough else _("not enough data"),
        "enough": enough,
        "sure": telling.sure(shown) if enough else "",
        "made_of": telling.of_how_many(shown),
        "fewest": plan.fewest,
        "behind": reverse("board:frozen", args=[frozen.pk]) if frozen else behind,
        "n": shown.n,
        "floor": telling.value(shown.metric, plan.floor),
        "target": telling.value(shown.metric, plan.target),
        "stretch": telling.value(shown.metric, plan.stretch) if plan.stretch is not None else "",
        "progress": progress,
        "shown": None if progress is None else min(max(progress, 0.0), 1.0),
        "state": state_of(progress),
        "spark": curve(plan, trend),
        "pairs": [METRICS[name] for name in indicator.measured.pair],
        "today": today_of(frozen, figure) if frozen else "",
        "changed": bool(frozen and not frozen.is_by_todays_definition),
    }


def whose(plan: Plan) -> str:
    """Where a figure in the plan of a person is not their own."""
    indicator = plan.indicator
    if not indicator.person_id or indicator.of == Of.OWN:
        return ""
    return indicator.team.name if indicator.team else _("the whole department")


def state_of(progress: float | None) -> str:
    """ "ok" from the target on, "breach" at the floor or below, "soon" between them."""
    if progress is None:
        return ""
    return "ok" if progress >= 1 else "breach" if progress <= 0 else "soon"


def curve(plan: Plan, trend: Sequence[float]) -> SafeString | str:
    if len(trend) < 2:
        return ""
    factor = telling.FACTORS.get(plan.indicator.measured.unit, 1.0)
    first, last = (telling.value(plan.indicator.measured, one) for one in (trend[0], trend[-1]))
    return spark([one * factor for one in trend], _("from %(first)s to %(last)s") % {"first": first, "last": last})


def today_of(frozen: Frozen, figure: Figure) -> str:
    """What it is today, when that is not what was frozen."""
    if (figure.n, figure.value) == (frozen.n, frozen.value):
        return ""
    value = telling.value(figure.metric, figure.value)
    return _("today %(value)s, %(of)s") % {"value": value, "of": telling.of_how_many(figure)}


def metric_address(plan: Plan, period: Period) -> str:
    """The page of the metric, narrowed to the same time and line, from the side of people where it is one's own."""
    asked = from_to(period)
    if plan.indicator.of == Of.LINE:
        asked["team"] = str(plan.indicator.team_id)
    elif plan.indicator.of == Of.OWN:
        asked["by"] = "agent"
    return f"{reverse('board:metric', args=[plan.indicator.metric])}?{asked.urlencode()}"
