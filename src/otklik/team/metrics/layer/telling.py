"""A figure in words, as every screen shows it: its value, how sure it is, of how many it is made."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.care.status.figures import floored
from otklik.core.ui import words
from otklik.team.metrics.buckets import SECOND
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import How, Metric, Records, Unit
from otklik.team.metrics.layer.standing import OF_COMMITMENTS
from otklik.team.metrics.layer.worded import OF_MARKS
from otklik.team.metrics.measure import DURATIONS, Measure
from otklik.team.metrics.models import Reading

_AS_CHOSEN = (Unit.POINTS, Unit.FROM_ZERO, Unit.OF_SEVEN, Unit.OF_TEN, Unit.TIMES, Unit.NET, Unit.INDEX)


def value(metric: Metric, number: float | None) -> str:
    """As the screen shows it (METRICS C2); nothing is a dash, never a zero."""
    if number is None:
        return "—"
    match metric.unit:
        case Unit.SPAN:
            return words.worked(number) if metric.how == How.SAFE else words.span(number)
        case Unit.SHARE:
            return words.percent(number, 1)
        case Unit.COUNT | Unit.BREACHES:
            return words.number(number)
        case Unit.HOURS:
            return _("%(n)s h") % {"n": words.number(number / 3600, 1)}
        case Unit.NET:
            return signed(number)
        case Unit.WORKDAYS:
            return _("%(days)s working d.") % {"days": words.number(number, 1)}
        case Unit.MONTHS:
            return _("%(n)s mo.") % {"n": words.number(number, 1)}
        case Unit.NINES:
            return nines(number)
        case Unit.DAYS:
            return _("%(n)s d.") % {"n": words.number(number)}
        case Unit.SCORED:
            return signed(number)
        case Unit.INDEX:
            return words.number(number, 1)
        case Unit.POINTS | Unit.FROM_ZERO | Unit.OF_SEVEN | Unit.OF_TEN | Unit.TIMES | Unit.RATIO:
            return words.number(number, 2)
        case Unit.PER_THOUSAND | Unit.PER_CLIENTS:
            return words.number(number, 2)


def nines(number: float) -> str:
    """Cut and never rounded up: 99.9996 is not 100 (METRICS I5)."""
    return f"{words.number(floored(number) or 0.0, 3)}\N{NO-BREAK SPACE}%"


def signed(number: float) -> str:
    """A net score always has its sign: it is no share."""
    sign = "+" if round(number, 1) > 0 else "−" if round(number, 1) < 0 else ""
    return sign + words.number(abs(number), 1)


def shown(figure: Figure) -> str:
    """Of fewer than five nothing but how many there are (METRICS C1)."""
    about = "" if figure.exact else "≈ "
    return _("too little data") if figure.status == "hidden" else about + value(figure.metric, figure.value)


def sure(figure: Figure) -> str:
    """Its interval, of a duration that of the median, and then what nine of ten did not exceed."""
    if figure.status in ("hidden", "undefined"):
        return ""
    told = []
    if figure.lo is not None and figure.hi is not None:
        bounds = {"low": value(figure.metric, figure.lo), "high": value(figure.metric, figure.hi)}
        if figure.p90 is None:
            told.append(_("most likely between %(low)s and %(high)s") % bounds)
        else:
            told.append(_("the median is most likely between %(low)s and %(high)s") % bounds)
    if figure.p90 is not None:
        told.append(_("9 of 10 within %(span)s") % {"span": words.span(figure.p90)})
    return "; ".join(told)


def of_how_many(figure: Figure) -> str:
    """Answers to several wordings are told so: they are no one question (METRICS S1)."""
    if len(figure.wordings) > 1:
        n = len(figure.wordings)
        told = ngettext("%(of)s, to %(n)s wording of the question", "%(of)s, to %(n)s wordings of the question", n)
        return told % {"of": _of_how_many(figure), "n": n}
    return _of_how_many(figure)


def _of_how_many(figure: Figure) -> str:
    if figure.metric.unit == Unit.PER_CLIENTS:
        months = ngettext("%(events)s for %(n)s client-month", "%(events)s for %(n)s client-months", figure.n)
        return months % {"events": words.number(figure.good or 0), "n": words.number(figure.n)}
    if figure.metric.how == How.RATE:
        contacts = ngettext("%(events)s for %(n)s contact", "%(events)s for %(n)s contacts", figure.n)
        return contacts % {"events": words.number(figure.good or 0), "n": words.number(figure.n)}
    if figure.metric.records == Records.ROSTER and figure.metric.unit == Unit.BREACHES:
        shifts = ngettext("%(good)s in %(n)s shift", "%(good)s in %(n)s shifts", figure.n)
        return shifts % {"good": words.number(figure.good or 0), "n": words.number(figure.n)}
    if figure.metric.is_time or figure.metric.records == Records.WATCHED:
        minutes = ngettext("%(good)s of %(n)s minute", "%(good)s of %(n)s minutes", figure.n)
        return minutes % {"good": words.number(figure.good or 0), "n": words.number(figure.n)}
    if figure.good is not None:
        return _("%(good)s of %(n)s") % {"good": words.number(figure.good), "n": words.number(figure.n)}
    if figure.metric.stands and not figure.metric.records and figure.metric.id not in OF_COMMITMENTS:
        open_now = ngettext("%(count)s request", "%(count)s requests", figure.n)
        return open_now % {"count": words.number(figure.n)}
    if figure.metric.records == Records.BY_LINE:  # over so many requests a forecast was tried
        return ngettext("%(count)s request", "%(count)s requests", figure.n) % {"count": words.number(figure.n)}
    if figure.metric.records:
        return ngettext("%(count)s record", "%(count)s records", figure.n) % {"count": words.number(figure.n)}
    counted = ngettext("%(count)s reading", "%(count)s readings", figure.n)
    return counted % {"count": words.number(figure.n)}


def was(before: Figure, now: Figure | None = None) -> str:
    """What it was; with `now` also whether the question had other words then."""
    if before.value is None or before.status == "hidden":
        return ""
    if now is not None and now.reworded(before):
        return _("was %(it)s, the question had other words") % {"it": shown(before)}
    return _("was %(it)s") % {"it": shown(before)}


def of_reading(metric: Metric, row: Reading) -> str:
    """What one reading says beside its request."""
    if row.measure == Measure.OVERTAKEN:
        return words.number(row.kind)
    if metric.how in (How.AVERAGE, How.TOTAL) or row.measure in (*DURATIONS, Measure.PAUSE):
        return words.span(row.value / SECOND)
    if metric.unit in _AS_CHOSEN or row.measure in OF_MARKS:
        return words.number(row.value)
    if not metric.good:
        return ""
    return _("counts") if row.kind in metric.good else _("does not count")
