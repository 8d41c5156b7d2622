"""What an alert watches, and what rang, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from otklik.core.ui import words
from otklik.team.alerts.models import Alert, Ringing
from otklik.team.metrics.layer.telling import value


def condition(alert: Alert) -> str:
    """When it rings: "above 30 min over the last 7 days"."""
    if alert.is_anomaly:
        return {
            Alert.Way.ABOVE: _("unusually much for this weekday"),
            Alert.Way.BELOW: _("unusually little for this weekday"),
            Alert.Way.EITHER: _("unusual for this weekday"),
        }[Alert.Way(alert.way)]
    said = _("below %(bound)s, %(over)s") if alert.way == Alert.Way.BELOW else _("above %(bound)s, %(over)s")
    return said % {"bound": value(alert.measured, alert.bound), "over": alert.get_days_display()}


def rang(one: Ringing) -> str:
    """The figure and what it left: "First answer 42 min, the bound is 30 min"."""
    metric = one.alert.measured
    told = {"metric": metric.name, "value": value(metric, one.value), **limits(one)}
    if one.alert.is_anomaly:
        return _("%(metric)s: %(value)s, usual for this weekday is %(lo)s to %(hi)s") % told
    return _("%(metric)s: %(value)s, the bound is %(bound)s") % told


def limits(one: Ringing) -> dict[str, str]:
    metric = one.alert.measured
    lo, hi = value(metric, one.lo), value(metric, one.hi)
    return {"lo": lo, "hi": hi, "bound": hi if one.lo is None else lo}


def state(alert: Alert, rings: Ringing | None) -> tuple[str, str]:
    """Words and colour: paused, ringing since, or quiet, which has none."""
    if alert.paused_at:
        return _("paused"), ""
    if rings:
        return _("rings since %(when)s") % {"when": words.at(rings.began)}, "breach"
    return _("quiet"), ""


def times(count: int) -> str:
    """How often it would have rung."""
    if not count:
        return _("It would not have rung in the last 90 days.")
    said = ngettext(
        "It would have rung %(count)s time in the last 90 days",
        "It would have rung %(count)s times in the last 90 days",
        count,
    )
    return said % {"count": words.number(count)}
