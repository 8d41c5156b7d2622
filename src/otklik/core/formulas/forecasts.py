"""How much will come, and how wrong the last forecast was."""

from collections.abc import Sequence
from typing import TypedDict

from otklik.core.formulas.arguments import a_number, a_share, above_zero, as_long, at_least_zero


class Accuracy(TypedDict):
    wape: float | None
    bias: float | None


def seasonal_naive(y: Sequence[float], m: int, h: int) -> list[float] | None:
    """The last season again: ŷ_(t+h) = y_(t+h−m·⌈h/m⌉) (W11; FPP3).  Less than a season: undefined."""
    _check(m, h)
    if len(y) < m:
        return None
    season = list(y[-m:])
    return [season[step % m] for step in range(h)]


def holt_winters_add(y: Sequence[float], m: int, alpha: float, beta: float, gamma: float, h: int) -> list[float] | None:
    """Level, trend and additive season (W11; Hyndman & Athanasopoulos).  Less than two seasons: undefined.

    l = α(y − s_(t−m)) + (1−α)(l′ + b′); b = β(l − l′) + (1−β)b′; s = γ(y − l′ − b′) + (1−γ)s_(t−m).  It starts from
    the mean of season 1, the slope between the means of seasons 1 and 2, and what season 1 differs from its mean.
    Forecasts below zero are left as they are.
    """
    _check(m, h)
    a_share(alpha=alpha, beta=beta, gamma=gamma)
    if len(y) < 2 * m:
        return None
    level = sum(y[:m]) / m
    trend = (sum(y[m : 2 * m]) / m - level) / m
    season = [value - level for value in y[:m]]
    for place, value in enumerate(y[m:]):
        before, usual = level + trend, season[place % m]
        level, earlier = alpha * (value - usual) + (1 - alpha) * before, level
        trend = beta * (level - earlier) + (1 - beta) * trend
        season[place % m] = gamma * (value - before) + (1 - gamma) * usual
    return [level + step * trend + season[(len(y) + step - 1) % m] for step in range(1, h + 1)]


def forecast_accuracy(actual: Sequence[float], forecast: Sequence[float]) -> Accuracy:
    """WAPE = Σ|F−A|/ΣA and bias = Σ(F−A)/ΣA, shares of what came (W12)."""
    as_long(len(actual), len(forecast))
    for value in actual:
        at_least_zero(actual=value)
    for value in forecast:
        a_number(forecast=value)
    total = sum(actual)
    if not total:
        return {"wape": None, "bias": None}
    return {"wape": _errors(actual, forecast) / total, "bias": (sum(forecast) - total) / total}


def mase(train: Sequence[float], m: int, actual: Sequence[float], forecast: Sequence[float]) -> float | None:
    """Mean error ÷ mean |y_t − y_(t−m)| of the training series (W12; Hyndman & Koehler 2006), best below 1."""
    _check(m, 0)
    as_long(len(actual), len(forecast))
    for value in (*train, *actual, *forecast):
        a_number(value=value)
    scale = _errors(train[m:], train[:-m])
    if not (actual and scale):
        return None
    return _errors(actual, forecast) / len(actual) / (scale / (len(train) - m))


def _errors(actual: Sequence[float], forecast: Sequence[float]) -> float:
    return sum(abs(told - came) for came, told in zip(actual, forecast, strict=True))


def _check(season: int, horizon: int) -> None:
    above_zero(season=season)
    at_least_zero(horizon=horizon)
