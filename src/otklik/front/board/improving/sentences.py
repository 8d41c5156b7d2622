"""A verdict in words: what moved, between which bounds, and what to be careful about."""

from collections.abc import Iterable

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from otklik.core.formulas.satisfaction import Mean
from otklik.core.ui import words
from otklik.front.board.measured import telling
from otklik.team.metrics.layer.comparing import PROVEN, Comparison, Verdict
from otklik.team.metrics.layer.judging import Care, Judgement
from otklik.team.metrics.layer.metric import How, Metric, Unit
from otklik.team.metrics.models import Improvement
from otklik.team.metrics.sureness import HIDDEN

VERDICTS: dict[Verdict, tuple[str | LazyText, str]] = {
    Verdict.IMPROVED: (gettext_lazy("It got better"), "ok"),
    Verdict.WORSENED: (gettext_lazy("It got worse"), "breach"),
    Verdict.NO_PROOF: (gettext_lazy("Nothing is proven"), ""),
    Verdict.MOVED: (gettext_lazy("It changed; neither more nor less is better by itself"), ""),
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


def headline(improvement: Improvement, verdict: Verdict | None) -> tuple[str | LazyText, str]:
    """What to say at the top, and its colour."""
    if verdict is None:
        return _("The verdict comes on %(day)s") % {"day": words.date_of(improvement.judged_on)}, ""
    return VERDICTS[verdict]


def effect(told: Comparison) -> str:
    """How much it moved, with its bounds; "" when nothing can be said.

    Of durations that is a shift, which is not the difference of the medians beside it, and is called so.
    """
    if told.effect is None or told.is_hidden:
        return ""
    moved = _signed(told.metric, told.effect)
    if is_shift(told):
        moved = _("shift %(moved)s") % {"moved": moved}
    if told.lo is None or told.hi is None:
        return moved
    bounds = {"moved": moved, "low": _signed(told.metric, told.lo), "high": _signed(told.metric, told.hi)}
    return _("%(moved)s, most likely between %(low)s and %(high)s") % bounds


def is_shift(told: Comparison) -> bool:
    """Whether the change is that of Hodges and Lehmann, between two medians (METRICS S11)."""
    return told.metric.how == How.MEDIAN


def of_what(told: Comparison) -> str:
    """Which statistic stands before and after; "" where the name of the metric says it."""
    return _("median") if is_shift(told) else ""


def about_shift(told: Iterable[Comparison]) -> str:
    """What a shift is, where one is shown."""
    if not any(is_shift(one) and effect(one) for one in told):
        return ""
    return _(
        "Of durations, before and after are medians: half took less. The shift compares each one after with each one"
        " before and is the middle of all these differences (Hodges and Lehmann), so it is not the difference of the"
        " medians, and may even be zero where they differ. The verdict rests on the shift."
    )


def shortage(told: Comparison) -> str:
    """How many readings a side would be enough, where that can be counted."""
    if told.needed is None or min(told.before.n, told.after.n) >= told.needed:
        return ""
    return _("a change of this size would be proven by about %(n)s readings on each side") % {
        "n": words.number(told.needed)
    }


def same_clients(judgement: Judgement) -> str:
    """What changed in those who answered before and after; "" before the verdict and of too few."""
    if judgement.verdict is None or judgement.main.before.reworded(judgement.main.after):
        return ""
    if (told := judgement.turned) is not None and told.clients >= HIDDEN:
        said = ngettext(
            "%(n)s client answered both before and after: turned to the better %(good)s, to the worse %(bad)s",
            "%(n)s clients answered both before and after: turned to the better %(good)s, to the worse %(bad)s",
            told.clients,
        ) % {"n": words.number(told.clients), "good": words.number(told.good), "bad": words.number(told.bad)}
        if told.p is None:
            return _("%(said)s. Too few of them changed to prove anything.") % {"said": said}
        if told.p < PROVEN:
            return _("%(said)s. That is hardly chance.") % {"said": said}
        return _("%(said)s. That may be chance.") % {"said": said}
    return _moved(judgement.moved) if judgement.moved else ""


def _moved(told: Mean) -> str:
    if told["mean"] is None or told["lo"] is None or told["hi"] is None:
        return ""
    figures = {"mean": _with_sign(told["mean"]), "lo": _with_sign(told["lo"]), "hi": _with_sign(told["hi"])}
    said = ngettext(
        "The mark of %(n)s client who answered both before and after moved by %(mean)s, most likely between %(lo)s"
        " and %(hi)s.",
        "The marks of %(n)s clients who answered both before and after moved by %(mean)s, most likely between %(lo)s"
        " and %(hi)s.",
        told["n"],
    )
    return said % {"n": words.number(told["n"]), **figures}


def _with_sign(moved: float) -> str:
    return ("+" if moved > 0 else "−" if moved < 0 else "") + words.number(abs(moved), 2)


def least(metric: Metric, change: float) -> str:
    return _signed(metric, change).lstrip("+")


def _signed(metric: Metric, change: float) -> str:
    sign = "+" if change > 0 else "−" if change < 0 else ""
    if metric.how == How.COUNT:
        return f"{sign}{words.percent(abs(change))}"
    if metric.unit == Unit.SHARE:
        return sign + _("%(points)s pp") % {"points": words.number(abs(change) * 100, 1)}
    return sign + telling.value(metric, abs(change))
