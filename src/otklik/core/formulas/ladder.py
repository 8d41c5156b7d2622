"""What will come, by the simplest method that did best, and between which bounds (METRICS W11, W12).

Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd edition: seasonal naive (5.2), intervals from the
errors themselves, whatever their distribution (5.5), a rolling origin (5.10), Holt-Winters (8.3).
"""

from collections.abc import Callable, Iterator, Sequence
from math import sqrt
from typing import TypedDict

from otklik.core.formulas.arguments import a_part, above_zero, at_least_zero
from otklik.core.formulas.forecasts import forecast_accuracy, holt_winters_add, mase
from otklik.core.formulas.quantiles import percentile

SMOOTHING = (0.3, 0.05, 0.2)
"""alpha, beta, gamma of W11."""
WEEKDAYS = 6
"""So many of the last same weekdays make the mean; as many as there are while there are fewer."""
BACKTEST = 4
"""Seasons at the end of the series, of which each method is asked what it would have said."""
FEWEST_ERRORS = 10
"""Fewer errors have no tails, and the forecast no band."""
WEEK, HOURS = 7, 24
THIN = 2 * HOURS
"""Fewer requests than these, two for each hour, say nothing of the shape of a weekday."""

type Series = Sequence[float | None]
"""A value for each day; None is one that is cut, as a holiday is."""
type Pair = tuple[float, float]
"""What came, and what was told of it."""
type Method = Callable[[Series, int, int], list[float] | None]


class Band(TypedDict):
    lo: float | None
    hi: float | None


class Try(TypedDict):
    """What the chosen method said from the values before `origin` about the `step`-th day from there on."""

    origin: int
    step: int
    told: float


class Ladder(TypedDict):
    method: str | None
    values: list[float]
    tries: list[Try]


class HourForecast(TypedDict):
    method: str | None
    hours: list[list[float]]
    lo: list[list[float | None]]
    hi: list[list[float | None]]
    days: list[float]
    days_lo: list[float | None]
    days_hi: list[float | None]
    day_wape: float | None
    day_bias: float | None
    day_mase: float | None
    hour_wape: float | None
    came: float


def forecast_ladder(y: Sequence[float | None], m: int, h: int) -> Ladder:
    """The next h values of a series with seasons of m, by the method whose errors at these distances were smallest.

    "naive" (the last season again), "mean" (of the last six of the same place in the season) or "holt_winters"; a later
    one is taken only when it did better than those before it.  Negative forecasts are 0.  None, and no values, of less
    than two seasons.
    """
    above_zero(season=m)
    at_least_zero(horizon=h)
    for value in y:
        at_least_zero(value=value or 0)
    if len(y) < 2 * m or all(value is None for value in y):
        return {"method": None, "values": [], "tries": []}
    tries = {name: list(_tried(method, y, m, h)) for name, method in METHODS.items()}
    errors = {name: _wape(y, some) for name, some in tries.items()}
    known = [name for name, error in errors.items() if error is not None]
    best = min(known, key=lambda name: errors[name] or 0.0) if known else "mean"
    for name in (best, "mean", "naive"):
        if (told := METHODS[name](y, m, h)) is not None:
            return {"method": name, "values": told, "tries": tries[name]}
    return {"method": None, "values": [], "tries": []}


def forecast_band(point: float, past: Sequence[Pair], level: float = 0.8) -> Band:
    """Between which values a forecast of `point` comes true in `level` of cases, by how (came, told) differed before.

    Quantiles of the errors, each in roots of what was told, because counts spread with their root; the band holds the
    point and is never below 0.  Fewer than ten pairs have no band.
    """
    at_least_zero(forecast=point)
    above_zero(level=level)
    a_part(level=level)
    errors = [(came - told) / _spread(told) for came, told in past]
    lo, hi = (percentile(errors, q) for q in ((1 - level) / 2, (1 + level) / 2))
    if len(errors) < FEWEST_ERRORS or lo is None or hi is None:
        return {"lo": None, "hi": None}
    return {
        "lo": max(0.0, min(point, point + lo * _spread(point))),
        "hi": max(point, point + hi * _spread(point)),
    }


def forecast_hours(days: Sequence[Sequence[float] | None], h: int, level: float = 0.8) -> HourForecast:
    """The next h days by hours: the day by the ladder with seasons of a week, times the usual shares of its hours.

    `days` are the counts of 24 hours of each past day, None for a holiday.  Bands of hours and of whole days come from
    the errors at the same distance (and hour) in the last four weeks; `day_wape`, `day_bias`, `day_mase` and
    `hour_wape` are those of one day ahead; `came` is what came on the days that were tried.
    """
    totals = [None if day is None else float(sum(day)) for day in days]
    told = forecast_ladder(totals, WEEK, h)
    steps = range(1, len(told["values"]) + 1)
    whole = {step: list(_pairs(totals, told["tries"], step)) for step in steps}
    single = {step: list(_hour_pairs(days, told["tries"], step)) for step in steps}
    hours = [_by_hour(days, len(days) + step - 1, told["values"][step - 1]) for step in steps]
    bands = [
        [forecast_band(point, [pairs[hour] for pairs in single[step]], level) for hour, point in enumerate(some)]
        for step, some in zip(steps, hours, strict=True)
    ]
    around = [forecast_band(told["values"][step - 1], whole[step], level) for step in steps]
    next_day = forecast_accuracy(*_apart(whole.get(1, [])))
    return {
        "method": told["method"],
        "hours": hours,
        "lo": [[band["lo"] for band in some] for some in bands],
        "hi": [[band["hi"] for band in some] for some in bands],
        "days": told["values"],
        "days_lo": [band["lo"] for band in around],
        "days_hi": [band["hi"] for band in around],
        "day_wape": next_day["wape"],
        "day_bias": next_day["bias"],
        "day_mase": _scaled(totals, told["tries"], whole.get(1, [])),
        "hour_wape": forecast_accuracy(*_apart([pair for pairs in single.get(1, []) for pair in pairs]))["wape"],
        "came": sum(came for came, _told in whole.get(1, [])),
    }


def _naive(y: Series, m: int, h: int) -> list[float] | None:
    """W11 (1): the last one of the same place in the season that was not cut."""
    return _of_each_step(h, lambda step: next(_same_place(y, m, step), None))


def _mean(y: Series, m: int, h: int) -> list[float] | None:
    """W11 (2)."""

    def mean(step: int) -> float | None:
        known = [value for value, _place in zip(_same_place(y, m, step), range(WEEKDAYS), strict=False)]
        return sum(known) / len(known) if known else None

    return _of_each_step(h, mean)


def _holt_winters(y: Series, m: int, h: int) -> list[float] | None:
    """W11 (3); what was cut is taken as a season before, or after, it."""
    filled: list[float] = []
    for place, value in enumerate(y):
        known = value if value is not None else next(_same_place(y[:place], m, 1), None)
        known = known if known is not None else next((later for later in y[place::m] if later is not None), None)
        if known is None:
            return None
        filled.append(known)
    told = holt_winters_add(filled, m, *SMOOTHING, h)
    return None if told is None else [max(0.0, value) for value in told]


METHODS: dict[str, Method] = {"naive": _naive, "mean": _mean, "holt_winters": _holt_winters}
"""From the simplest on."""


def _of_each_step(h: int, tell: Callable[[int], float | None]) -> list[float] | None:
    told = [tell(step) for step in range(1, h + 1)]
    known = [value for value in told if value is not None]
    return known if len(known) == len(told) else None


def _same_place(y: Series, m: int, step: int) -> Iterator[float]:
    """Values of the same place in the season as the `step`-th to come, the latest first."""
    for place in range(len(y) + step - 1 - m * -(-step // m), -1, -m):
        if (value := y[place]) is not None:
            yield value


def _tried(method: Method, y: Series, m: int, h: int) -> Iterator[Try]:
    """A rolling origin over the last seasons; each time the method knows two seasons at least."""
    for origin in range(max(2 * m, len(y) - BACKTEST * m), len(y)):
        for step, told in enumerate(method(y[:origin], m, min(h, len(y) - origin)) or (), 1):
            yield {"origin": origin, "step": step, "told": told}


def _pairs(y: Series, tries: Sequence[Try], step: int | None = None) -> Iterator[Pair]:
    for one in tries:
        came = y[one["origin"] + one["step"] - 1]
        if came is not None and step in (None, one["step"]):
            yield came, one["told"]


def _hour_pairs(days: Sequence[Sequence[float] | None], tries: Sequence[Try], step: int) -> Iterator[list[Pair]]:
    """For each try of this distance what came in each hour and what was told of it."""
    for one in tries:
        place = one["origin"] + one["step"] - 1
        came = days[place]
        if came is not None and one["step"] == step:
            yield list(zip(came, _by_hour(days[: one["origin"]], place, one["told"]), strict=True))


def _by_hour(days: Sequence[Sequence[float] | None], place: int, total: float) -> list[float]:
    """A day divided as the last of its weekday were; as all days were when too little came on these."""
    same = [day for day in days[place % WEEK :: WEEK] if day is not None][-WEEKDAYS:]
    for some, fewest in ((same, THIN), ([day for day in days if day is not None], 1)):
        sums = [sum(day[hour] for day in some) for hour in range(HOURS)]
        if sum(sums) >= fewest:
            return [total * part / sum(sums) for part in sums]
    return [total / HOURS] * HOURS


def _wape(y: Series, tries: Sequence[Try]) -> float | None:
    return forecast_accuracy(*_apart(list(_pairs(y, tries))))["wape"]


def _scaled(y: Series, tries: Sequence[Try], pairs: Sequence[Pair]) -> float | None:
    """W12: MASE against the days before the first one that was tried, of which nothing was told.

    A day that is cut has no difference from the week before it; the others stand in two rows, so that the kernel
    takes each from its own.
    """
    train = y[: min((one["origin"] for one in tries), default=0)]
    known = [(a, b) for a, b in zip(train, train[WEEK:], strict=False) if a is not None and b is not None]
    if not known:
        return None
    return mase([*(a for a, _b in known), *(b for _a, b in known)], len(known), *_apart(pairs))


def _apart(pairs: Sequence[Pair]) -> tuple[list[float], list[float]]:
    return [came for came, _told in pairs], [told for _came, told in pairs]


def _spread(value: float) -> float:
    """A count spreads with its root; below one it is taken as one."""
    return sqrt(max(1.0, value))
