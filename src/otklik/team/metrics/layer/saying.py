"""A number of a metric in words, in the language of the reader."""

from otklik.core.ui import words
from otklik.team.metrics.layer.metric import Metric, Unit


def value(metric: Metric, number: float | None) -> str:
    """As the screen shows it (METRICS C2); nothing is a dash, never a zero."""
    if number is None:
        return "—"
    match metric.unit:
        case Unit.SPAN:
            return words.span(number)
        case Unit.SHARE:
            return words.percent(number, 1)
        case Unit.COUNT:
            return words.number(number)
        case Unit.NET:
            return signed(number)
        case Unit.INDEX:
            return words.number(number, 1)
        case Unit.POINTS | Unit.TIMES:
            return words.number(number, 2)


def signed(number: float) -> str:
    """A net score always has its sign: it is no share."""
    sign = "+" if round(number, 1) > 0 else "−" if round(number, 1) < 0 else ""
    return sign + words.number(abs(number), 1)
