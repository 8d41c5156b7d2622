"""What reviews of conversations say."""

from collections.abc import Iterable, Mapping

from otklik.core.formulas.arguments import a_share, at_least_zero
from otklik.core.formulas.proportions import Share, wilson


def qa_score(items: Iterable[Mapping[str, float | None]]) -> float | None:
    """100·Σ w·s/Σ w over the applicable items, points of 100 (Q1).

    Items are `{"weight", "score"}`, a score from 0 to 1; one that does not apply, `None`, leaves both sums.
    """
    weights = points = 0.0
    for item in items:
        weight, score = item["weight"] or 0.0, item["score"]
        at_least_zero(weight=weight)
        if score is not None:
            a_share(score=score)
            weights += weight
            points += weight * score
    return 100 * points / weights if weights else None


def critical_accuracy(n: int, errors: int) -> Share:
    """The share of n reviews without an error of the family, with Wilson's interval (Q2, COPC)."""
    return wilson(n - errors, n)
