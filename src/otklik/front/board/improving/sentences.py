"""A verdict in words: what moved, between which bounds, and what to be careful about."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.core.ui import words
from otklik.front.board.measured import telling
from otklik.team.metrics.layer.comparing import Comparison, Verdict
from otklik.team.metrics.layer.judging import Care, Judgement
from otklik.team.metrics.layer.metric import How, Metric, Unit
from otklik.team.metrics.models import Improvement
from otklik.team.metrics.sureness import HIDDEN

VERDICTS: dict[Verdict, tuple[str | LazyText, str]] = {
    Verdict.IMPROVED: (gettext_lazy("It got better"), "ok"),
    Verdict.WORSENED: (gettext_lazy("It got worse"), "breach"),
    Verdict.NO_PROOF: (gettext_lazy("Nothing is proven"), ""),
    Verdict.TOO_LITTLE: (gettext_lazy("Too little data"), ""),
    Verdict.REWORDED: (gettext_lazy("Not comparable: the question had other words"), ""),
    Verdict.MIXED: (gettext_lazy("Better, but something else got worse"), "soon"),
}
CARE: dict[Care, str | LazyText] = {
    Care.NOT_IN_ADVANCE: gettext_lazy(
        "It was written down after it had begun: what to look at was not fixed in advance."
    ),
    Care.WORST_OF_FOUR: gettext_lazy(
        "The weeks before were the worst of four such stretches: a part of the change may be the return to the usual."
    ),
}


def headline(improvement: Improvement, judgement: Judgement) -> tuple[str | LazyText, str]:
    """What to say at the top, and its colour."""
    if judgement.verdict is None:
        return _("The verdict comes on %(day)s") % {"day": words.date_of(improvement.judged_on)}, ""
    return VERDICTS[judgement.verdict]


def effect(told: Comparison) -> str:
    """How much it moved, with its bounds; "" when nothing can be said."""
    if told.effect is None or min(told.before.n, told.after.n) < HIDDEN:
        return ""
    moved = _signed(told.metric, told.effect)
    if told.lo is None or told.hi is None:
        return moved
    bounds = {"moved": moved, "low": _signed(told.metric, told.lo), "high": _signed(told.metric, told.hi)}
    return _("%(moved)s, surely between %(low)s and %(high)s") % bounds


def shortage(told: Comparison) -> str:
    """How many readings a side would be enough, where that can be counted."""
    if told.needed is None or min(told.before.n, told.after.n) >= told.needed:
        return ""
    return _("a change of this size would be proven by about %(n)s readings on each side") % {
        "n": words.number(told.needed)
    }


def least(metric: Metric, change: float) -> str:
    return _signed(metric, change).lstrip("+")


def _signed(metric: Metric, change: float) -> str:
    sign = "+" if change > 0 else "−" if change < 0 else ""
    if metric.how == How.COUNT:
        return f"{sign}{words.percent(abs(change))}"
    if metric.unit == Unit.SHARE:
        return sign + _("%(points)s pp") % {"points": words.number(abs(change) * 100, 1)}
    return sign + telling.value(metric, abs(change))
