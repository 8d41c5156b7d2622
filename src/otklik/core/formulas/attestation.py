"""Whether a test of knowledge measures anything."""

from collections.abc import Sequence
from statistics import fmean, pvariance

from otklik.core.formulas.arguments import as_long


def kr20(matrix: Sequence[Sequence[int]]) -> float | None:
    """k/(k − 1)·(1 − Σ p·q/σ²), σ² that of the population; from 0.70 on it may decide about people (P4).

    A row for a person, 1 for each right answer and 0 for a wrong one (Kuder & Richardson 1937).  One question, or the
    same result for everybody: undefined.
    """
    for row in matrix:
        as_long(len(row), len(matrix[0]))
        if not {*row} <= {0, 1}:
            raise ValueError("an answer is right, 1, or wrong, 0")
    if not matrix or len(matrix[0]) < 2:
        return None
    questions = len(matrix[0])
    spread = pvariance([sum(row) for row in matrix])
    shares = [fmean(column) for column in zip(*matrix, strict=True)]
    if not spread:
        return None
    return questions / (questions - 1) * (1 - sum(share * (1 - share) for share in shares) / spread)
