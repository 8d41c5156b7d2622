"""Whether those who judge agree: 1 is always, 0 is as often as by chance."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import product
from typing import Any, Literal

from otklik.core.formulas.arguments import as_long, at_least_zero

type Weights = Literal["linear", "quadratic"] | None
type Pairs = Mapping[tuple[Any, Any], float]
"""How often a value met another one."""


def cohen_kappa(a: Sequence[Any], b: Sequence[Any], weights: Weights = None) -> float | None:
    """κ = (p_o − p_e)/(1 − p_e) of two people over the same items (Q4; Cohen 1960, 1968).

    Weighted, a disagreement costs its distance in the order of the categories in use, or the square of it.  Everybody
    always says the same: undefined.
    """
    if weights not in (None, "linear", "quadratic"):
        raise ValueError(f"no weights {weights!r}")
    as_long(len(a), len(b))
    ranks = _ranks({*a, *b}, ordered=weights is not None)
    power = {None: 0, "linear": 1, "quadratic": 2}[weights]

    def cost(one: Any, other: Any) -> float:
        return abs(ranks[one] - ranks[other]) ** power if one != other else 0

    observed = sum(map(cost, a, b))
    first, second = Counter(a), Counter(b)
    expected = sum(cost(one, other) * first[one] * second[other] for one, other in product(first, second))
    return 1 - observed * len(a) / expected if expected else None


def _ranks(categories: Iterable[Hashable], *, ordered: bool) -> dict[Any, int]:
    listed: list[Any] = list(categories)
    return {category: rank for rank, category in enumerate(sorted(listed) if ordered else listed)}


def fleiss_kappa(matrix: Sequence[Sequence[int]]) -> float | None:
    """Several people, as many for each item; a row for an item says how many chose each category (Q4; Fleiss 1971)."""
    if not matrix:
        return None
    raters = sum(matrix[0])
    for row in matrix:
        as_long(len(row), len(matrix[0]))
        at_least_zero(**{f"category_{number}": count for number, count in enumerate(row, 1)})
        if sum(row) != raters:
            raise ValueError(f"{sum(row)} people judged one item and {raters} another")
    if raters < 2:
        raise ValueError("one person agrees with nobody")
    observed = sum(count * (count - 1) for row in matrix for count in row) / (len(matrix) * raters * (raters - 1))
    expected = sum((sum(column) / (len(matrix) * raters)) ** 2 for column in zip(*matrix, strict=True))
    return (observed - expected) / (1 - expected) if expected < 1 else None
