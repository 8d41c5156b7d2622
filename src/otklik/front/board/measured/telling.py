"""A figure in words on the board: what the layer says of it, its unit, and whether it moved."""

from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from otklik.front.board.sentences import change
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import Better, Unit
from otklik.team.metrics.layer.telling import of_how_many as of_how_many
from otklik.team.metrics.layer.telling import shown as shown
from otklik.team.metrics.layer.telling import signed as signed
from otklik.team.metrics.layer.telling import sure as sure
from otklik.team.metrics.layer.telling import value as value
from otklik.team.metrics.layer.telling import was as was
from otklik.team.metrics.sureness import FEW

UNITS: dict[Unit, str | LazyText] = {
    Unit.SPAN: gettext_lazy("hours and minutes"),
    Unit.SHARE: gettext_lazy("per cent"),
    Unit.COUNT: gettext_lazy("requests"),
    Unit.BREACHES: gettext_lazy("broken rules"),
    Unit.HOURS: gettext_lazy("hours"),
    Unit.POINTS: gettext_lazy("points of 5"),
    Unit.FROM_ZERO: gettext_lazy("points from 0 to 5"),
    Unit.OF_SEVEN: gettext_lazy("points of 7"),
    Unit.OF_TEN: gettext_lazy("points of 10"),
    Unit.PER_THOUSAND: gettext_lazy("for a thousand contacts"),
    Unit.PER_CLIENTS: gettext_lazy("for a thousand clients in a month"),
    Unit.NET: gettext_lazy("points from −100 to +100"),
    Unit.INDEX: gettext_lazy("index from 0 to 100"),
    Unit.TIMES: gettext_lazy("for each request"),
    Unit.WORKDAYS: gettext_lazy("working days"),
    Unit.MONTHS: gettext_lazy("months"),
    Unit.DAYS: gettext_lazy("days"),
    Unit.NINES: gettext_lazy("per cent, cut behind the third digit"),
    Unit.RATIO: gettext_lazy("a plain number"),
    Unit.SCORED: gettext_lazy("points of 100"),
}
FACTORS = {Unit.SPAN: 1 / 60, Unit.SHARE: 100.0, Unit.NINES: 100.0, Unit.HOURS: 1 / 3600}
"""From the unit of a metric to the one on a chart and in a form: minutes, per cent, hours."""
FINE = (
    Unit.POINTS,
    Unit.FROM_ZERO,
    Unit.OF_SEVEN,
    Unit.OF_TEN,
    Unit.TIMES,
    Unit.PER_THOUSAND,
    Unit.PER_CLIENTS,
    Unit.RATIO,
)
"""Small numbers, told apart behind the point."""
BETTER: dict[Better, str | LazyText] = {
    Better.UP: gettext_lazy("more is better"),
    Better.DOWN: gettext_lazy("less is better"),
    Better.NEITHER: gettext_lazy("neither more nor less is better by itself"),
}


def on_chart(unit: Unit) -> dict[str, Any]:
    """The unit of a chart, and how many digits its numbers have behind the point."""
    return {
        "unit": {Unit.SPAN: _("min"), Unit.SHARE: "%", Unit.NINES: "%", Unit.HOURS: _("h")}.get(unit, ""),
        "digits": 3 if unit == Unit.NINES else 2 if unit in FINE else 0,
    }


def state(now: Figure, before: Figure) -> str:
    """ "ok", "breach" or "": a change is coloured only when it is notable and both rest on enough."""
    metric = now.metric
    if metric.better == Better.NEITHER or min(now.n, before.n) < FEW or now.reworded(before):
        return ""
    turn = change(now.value, before.value)
    if not turn or _may_be_chance(now, before):
        return ""
    return "ok" if (turn > 0) == (metric.better == Better.UP) else "breach"


def _may_be_chance(now: Figure, before: Figure) -> bool:
    """Where both have intervals and these overlap, nothing is proven."""
    if now.lo is None or now.hi is None or before.lo is None or before.hi is None:
        return False
    return now.lo <= before.hi and before.lo <= now.hi
