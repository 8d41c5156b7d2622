"""What speaks against a figure, in words, and how its metric can be bent."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from otklik.core.ui import words
from otklik.front.board.period import View
from otklik.team.indicators.models import Indicator, Plan
from otklik.team.indicators.models.indicator import Of
from otklik.team.indicators.period import Period, Span
from otklik.team.metrics.layer import doubting
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.doubting import Doubt, Kind
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.misleading import TRICKS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.telling import value

SATISFIED = "csat.t2b"


def doubts(view: View, asked: Question, told: Figure) -> list[dict[str, str]]:
    """Sentences with the address of what they rest on."""
    satisfied = _planned(view) if doubting.looks_well(told) else None
    found = doubting.doubts(asked, told, satisfied)
    return [{"says": _says(one), "address": _page(view, one.metric.id)} for one in found]


def tricks(view: View, name: str) -> list[dict[str, Any]]:
    """How the metric can be bent, and the pages of those that give it away."""
    return [
        {"says": one.says, "shows_in": [(METRICS[each].name, _page(view, each)) for each in one.shows_in]}
        for one in TRICKS.get(name, ())
    ]


def _page(view: View, name: str) -> str:
    return f"{reverse('board:metric', args=[name])}?{view.query}"


def _planned(view: View) -> float | None:
    """The share of satisfied clients that is wanted of the line, or of the department."""
    whose = Indicator.objects.filter(metric=SATISFIED, person=None)
    of_line = whose.filter(of=Of.LINE, team=view.team) if view.team else whose.filter(of=Of.DEPARTMENT)
    plans = Plan.objects.in_force(of_line, Period.now(Span.MONTH))
    return plans[0].target if plans else None


def _says(doubt: Doubt) -> str:
    match doubt.kind:
        case Kind.COMES_BACK:
            said = _("Kept in time, but {share} of the solved requests came back: in time is not solved.")
        case Kind.DISSATISFIED:
            said = _("Kept in time, but only {share} of the clients are satisfied where {least} are planned.")
        case Kind.UNEVEN:
            return _(
                "Inflow and lifetime of these days would leave {expected} requests open, {usual} were: the flow is not"
                " even, or some data is missing."
            ).format(expected=words.number(round(doubt.value)), usual=words.number(round(doubt.least)))
    return said.format(share=value(doubt.metric, doubt.value), least=value(doubt.metric, doubt.least))
