"""Does the condition of an alert hold?  Arithmetic on figures that somebody else asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from otklik.core.formulas import usual_count, xmr
from otklik.team.alerts.models import Alert
from otklik.team.alerts.models.alert import LEAST_WEEKS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import AS_IT_IS, How, Unit


@dataclass(frozen=True)
class Finding:
    """`holds` None is not enough data; `lo` and `hi` are the limits by which it was judged, in the metric's unit."""

    figure: Figure
    holds: bool | None
    lo: float | None = None
    hi: float | None = None


def judged(alert: Alert, figure: Figure, earlier: Sequence[Figure] = ()) -> Finding:
    """`earlier` are the same weekdays of the weeks before, the latest last; only anomalies look at them."""
    if alert.is_anomaly:
        return _odd(alert, figure, earlier)
    lo = alert.bound if alert.way == Alert.Way.BELOW else None
    hi = alert.bound if alert.way == Alert.Way.ABOVE else None
    if not _is_enough(alert, figure):
        return Finding(figure, None, lo, hi)
    return Finding(figure, _is_beyond(alert, figure, lo, hi), lo, hi)


def limits(metric_how: How, unit: Unit, values: Sequence[float]) -> tuple[float, float] | None:
    """The room of chance of one more value: control limits, of counts no narrower than chance alone makes them.

    Few and equal counts have control limits of no width, and many have wider ones than Poisson's: the wider of both
    holds (METRICS Q8, S11).  None of fewer than four values.
    """
    told = xmr(values)
    lo, hi, mean = told["lo"], told["hi"], told["mean"]
    if len(values) < LEAST_WEEKS or lo is None or hi is None or mean is None:
        return None
    if metric_how == How.COUNT:
        chance = usual_count(mean)
        lo, hi = min(lo, chance["lo"]), max(hi, chance["hi"])
    if unit != Unit.NET:
        lo = max(0.0, lo)
    return lo, min(1.0, hi) if unit in (Unit.SHARE, Unit.NINES) else hi


def _odd(alert: Alert, figure: Figure, earlier: Sequence[Figure]) -> Finding:
    known = _known(alert, earlier)
    metric = alert.measured
    bounds = limits(metric.how, metric.unit, known)
    if bounds is None or not _is_enough(alert, figure):
        return Finding(figure, None)
    if metric.how == How.COUNT and max(sum(known) / len(known), figure.n) < alert.fewest:
        return Finding(figure, None, *bounds)
    return Finding(figure, _is_beyond(alert, figure, *bounds), *bounds)


def _known(alert: Alert, earlier: Sequence[Figure]) -> list[float]:
    """Values that rest on enough; of counts all since the first day that had any: before it nobody counted.

    Of hours it is known of each day whether somebody looked, and none at all are hours as well.
    """
    if alert.measured.how == How.TOTAL:
        return [one.value for one in earlier if one.value is not None]
    if alert.measured.how == How.COUNT:
        begun = next((place for place, one in enumerate(earlier) if one.n), len(earlier))
        return [float(one.n) for one in earlier[begun:]]
    return [one.value for one in earlier if one.value is not None and one.n >= alert.fewest]


def _is_enough(alert: Alert, figure: Figure) -> bool:
    """What is no sample is what it is: none at all may be just what one wants to know."""
    return figure.value is not None and (alert.measured.how in AS_IT_IS or figure.n >= alert.fewest)


def _is_beyond(alert: Alert, figure: Figure, lo: float | None, hi: float | None) -> bool:
    assert figure.value is not None
    above = alert.way != Alert.Way.BELOW and figure.value > (inf if hi is None else hi)
    below = alert.way != Alert.Way.ABOVE and figure.value < (-inf if lo is None else lo)
    return above or below
