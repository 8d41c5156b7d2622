"""Agreement of any number of people with gaps, on any level of measurement (METRICS Q4; Krippendorff 2011)."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, permutations, product
from typing import Any, Literal

from otklik.core.formulas.arguments import as_long

ROUNDS, SEED = 1000, 20260101
"""So many samples are drawn, the same ones each time: a figure that is asked for again stays what it was."""

type Level = Literal["nominal", "ordinal", "interval", "ratio"]
type Distance = Callable[[Any, Any], float]


def krippendorff_alpha(data: Sequence[Sequence[Any]], level: Level = "nominal") -> float | None:
    """α = 1 − D_o/D_e; a row for each person, `None` where he did not judge the item.

    Nothing to compare, or only one value in use: undefined.
    """
    for row in data:
        as_long(len(row), len(data[0]))
    units = [[value for value in unit if value is not None] for unit in zip(*data, strict=True)]
    pairable = [unit for unit in units if len(unit) > 1]
    values = Counter(value for unit in pairable for value in unit)
    distance = _distance(level, values)
    total = values.total()
    observed = sum(_disagreement(unit, distance) for unit in pairable)
    expected = sum(values[one] * values[other] * distance(one, other) for one, other in product(values, repeat=2))
    return 1 - observed * (total - 1) / expected if expected else None


def krippendorff_bounds(
    data: Sequence[Sequence[Any]], level: Level = "nominal", groups: Sequence[Any] | None = None
) -> tuple[float, float] | None:
    """Between what α lies in 19 of 20 samples of as many items, drawn with replacement.

    Items that hang together, such as several marks of one conversation, name the same of `groups` and are drawn
    together; without `groups` each is drawn alone.  Data as for `krippendorff_alpha`.  Undefined where α is, or where
    more than every tenth sample has nothing to disagree about.
    """
    import numpy as np

    if krippendorff_alpha(data, level) is None:
        return None
    units = [[value for value in unit if value is not None] for unit in zip(*data, strict=True)]
    groups = range(len(units)) if groups is None else groups
    as_long(len(groups), len(units))
    together = [group for group, unit in zip(groups, units, strict=True) if len(unit) > 1]
    pairable = [unit for unit in units if len(unit) > 1]
    values = Counter(value for unit in pairable for value in unit)
    distance, listed = _distance(level, values), sorted(values)
    apart = np.array([[distance(one, other) for other in listed] for one in listed])
    counts = np.array([[unit.count(value) for value in listed] for unit in pairable], float)
    disagreements = np.array([_disagreement(unit, distance) for unit in pairable])
    places = {group: place for place, group in enumerate(dict.fromkeys(together))}
    many = len(places)
    times = np.random.default_rng(SEED).multinomial(many, [1 / many] * many, size=ROUNDS)
    drawn = times[:, [places[group] for group in together]]
    totals = drawn @ counts
    expected = ((totals @ apart) * totals).sum(axis=1)
    fit = expected > 0
    if fit.mean() < 0.9:
        return None
    alphas = 1 - (drawn @ disagreements)[fit] * (totals.sum(axis=1)[fit] - 1) / expected[fit]
    lo, hi = np.quantile(alphas, (0.025, 0.975))
    return float(lo), float(hi)


def _disagreement(unit: Sequence[Any], distance: Distance) -> float:
    return sum(distance(one, other) for one, other in permutations(unit, 2)) / (len(unit) - 1)


def _distance(level: Level, values: "Counter[Any]") -> Distance:
    match level:
        case "nominal":
            return lambda one, other: float(one != other)
        case "ordinal":
            return _between(values)
        case "interval":
            return lambda one, other: float((one - other) ** 2)
        case "ratio":
            return _proportional(values)
    raise ValueError(f"no level of measurement {level!r}")


def _between(values: "Counter[Any]") -> Distance:
    """The square of how many values lie from the middle of one category to the middle of the other."""
    listed = sorted(values)
    ends = accumulate(values[value] for value in listed)
    middle = {value: end - values[value] / 2 for value, end in zip(listed, ends, strict=True)}
    return lambda one, other: float((middle[one] - middle[other]) ** 2)


def _proportional(values: Iterable[float]) -> Distance:
    if any(value < 0 for value in values):
        raise ValueError("a ratio scale has no negative values")
    return lambda one, other: ((one - other) / (one + other)) ** 2 if one != other else 0.0
