"""A figure in words: its value, how sure it is, and whether it moved."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from otklik.core.ui import words
from otklik.front.board.sentences import change
from otklik.team.metrics.layer import saying
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import Better, Unit
from otklik.team.metrics.sureness import FEW

value, signed = saying.value, saying.signed

UNITS: dict[Unit, str | LazyText] = {
    Unit.SPAN: gettext_lazy("hours and minutes"),
    Unit.SHARE: gettext_lazy("per cent"),
    Unit.COUNT: gettext_lazy("requests"),
    Unit.POINTS: gettext_lazy("points of 5"),
    Unit.NET: gettext_lazy("points from −100 to +100"),
    Unit.INDEX: gettext_lazy("index from 0 to 100"),
    Unit.TIMES: gettext_lazy("for each request"),
}
FACTORS = {Unit.SPAN: 1 / 60, Unit.SHARE: 100.0}
"""From the unit of a metric to the one on a chart and in a form: minutes, per cent."""
BETTER: dict[Better, str | LazyText] = {
    Better.UP: gettext_lazy("more is better"),
    Better.DOWN: gettext_lazy("less is better"),
    Better.NEITHER: gettext_lazy("neither more nor less is better by itself"),
}


def shown(figure: Figure) -> str:
    """Of fewer than five nothing but how many there are (METRICS C1)."""
    about = "" if figure.exact else "≈ "
    return _("too little data") if figure.status == "hidden" else about + value(figure.metric, figure.value)


def sure(figure: Figure) -> str:
    """Its interval; of a duration what nine of ten did not exceed, too."""
    if figure.status in ("hidden", "undefined"):
        return ""
    told = [_("9 of 10 within %(span)s") % {"span": words.span(figure.p90)}] if figure.p90 is not None else []
    if figure.lo is not None and figure.hi is not None:
        low, high = value(figure.metric, figure.lo), value(figure.metric, figure.hi)
        told.append(_("surely between %(low)s and %(high)s") % {"low": low, "high": high})
    return ", ".join(told)


def of_how_many(figure: Figure) -> str:
    if figure.good is not None:
        return _("%(good)s of %(n)s") % {"good": words.number(figure.good), "n": words.number(figure.n)}
    if figure.metric.stands and figure.metric.id != "sla.ahead":
        open_now = ngettext("%(count)s request", "%(count)s requests", figure.n)
        return open_now % {"count": words.number(figure.n)}
    counted = ngettext("%(count)s reading", "%(count)s readings", figure.n)
    return counted % {"count": words.number(figure.n)}


def was(before: Figure) -> str:
    return "" if before.value is None or before.status == "hidden" else _("was %(it)s") % {"it": shown(before)}


def state(now: Figure, before: Figure) -> str:
    """ "ok", "breach" or "": a change is coloured only when it is notable and both rest on enough."""
    metric = now.metric
    if metric.better == Better.NEITHER or min(now.n, before.n) < FEW:
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
