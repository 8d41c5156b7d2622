"""What a metric's page tells of chance: its weeks against their own noise, and how its times are spread."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.formulas.control_chart import xmr
from otklik.core.ui import words
from otklik.front.board.measured import telling
from otklik.front.board.measured.course import scaled
from otklik.front.board.period import View
from otklik.front.board.stats import TARGETS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import How, Unit
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.rolling import weekly
from otklik.team.metrics.layer.spread import Bin, place_of, spread

WEEKS = 26
BASELINE = 12
"""Weeks of which the limits are made (METRICS S11): of fewer nothing is said."""
ONLY_NUMBERS = (How.LONGEST, How.MOST, How.DAYS, How.SAFE)
"""The largest of a week is no series with a noise of its own."""


def by_week(asked: Question) -> dict[str, Any] | None:
    """The last half year of whole weeks as the control chart takes it; None of what stands and of time at work,
    `few` of too few weeks.
    """
    metric = asked.metric
    if metric.stands or metric.is_time or metric.closed or metric.how in ONLY_NUMBERS:
        return None
    known = _since_it_began([(monday, one) for monday, one in weekly(asked, WEEKS).items() if _is_known(one)])
    if len(known) < BASELINE:
        return {"few": len(known), "needed": BASELINE} if known else None
    values = [value for _monday, one in known if (value := scaled(one)) is not None]
    told = xmr(values, BASELINE)
    days = [words.date_of(monday) for monday, _one in known]
    signals = told["signals"]
    some = ngettext("%(n)s week is no chance", "%(n)s weeks are no chance", len(signals))
    says = some % {"n": words.number(len(signals))} if signals else _("no week stands out of its usual noise")
    return {
        "mean": told["mean"],
        "lo": told["lo"] if metric.unit == Unit.NET else max(0.0, told["lo"] or 0.0),
        "hi": min(100.0, told["hi"] or 0.0) if metric.unit in (Unit.SHARE, Unit.NINES) else told["hi"],
        "signals": signals,
        **telling.on_chart(metric.unit),
        "values": values,
        "says": f"{metric.name}: {says}",
        "conclusion": says,
        "mondays": [monday for monday, _one in known],
        "labels": [days[0], days[len(days) // 2], days[-1]],
        "points": [f"{words.date_of(monday)} – {words.date_of(monday + timedelta(days=6))}" for monday, _one in known],
    }


def times(view: View, asked: Question, whole: Figure) -> dict[str, Any] | None:
    """The histogram of a duration with its median, and the norm of the lines that are looked at where they have one."""
    if whole.status in ("undefined", "hidden") or not (bins := spread(asked)):
        return None
    norm = _norm(view, asked)
    return {
        "counts": [one.n for one in bins],
        "says": f"{asked.metric.name}: {telling.shown(whole)}",
        "labels": [words.span(one.low) for one in bins] + [_end(bins[-1])],
        "points": [_said(one) for one in bins],
        "median": None if whole.value is None else place_of(whole.value, bins),
        "median_label": _("median %(span)s") % {"span": telling.shown(whole)},
        "norm": None if norm is None else place_of(norm, bins),
        "norm_label": "" if norm is None else _("target: %(span)s") % {"span": words.span(norm)},
    }


def _is_known(one: Figure) -> bool:
    return one.value is not None and one.status not in ("undefined", "hidden")


def _since_it_began[K](rows: list[tuple[K, Figure]]) -> list[tuple[K, Figure]]:
    """Weeks of nothing before there was anything to count say nothing of the noise."""
    first = next((place for place, (_monday, one) in enumerate(rows) if one.n), len(rows))
    return rows[first:]


def _norm(view: View, asked: Question) -> float | None:
    """In seconds, where the lines that are looked at have the same."""
    name = TARGETS.get(asked.metric.id)
    targets = {getattr(team, name) for team in ([view.team] if view.team else view.teams)} if name else set()
    return targets.pop().total_seconds() if len(targets) == 1 else None


def _said(one: Bin) -> str:
    low = words.span(one.low)
    if one.high is None:
        return _("%(low)s and longer") % {"low": low}
    return _("from %(low)s to %(high)s") % {"low": low, "high": words.span(one.high)}


def _end(one: Bin) -> str:
    return "…" if one.high is None else words.span(one.high)
