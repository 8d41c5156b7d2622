"""Exact tests of counts, for samples of any size."""

from typing import TypedDict

from otklik.core.formulas.arguments import at_least_zero


class PValue(TypedDict):
    p: float | None


def fisher_exact(a: int, b: int, c: int, d: int) -> PValue:
    """Two shares a/(a+b) and c/(c+d): the probability of all tables not more probable than this one (S11, Fisher).

    `None` where one side is empty.
    """
    at_least_zero(a=a, b=b, c=c, d=d)
    if not (a + b and c + d):
        return {"p": None}
    from scipy.stats import fisher_exact as test

    return {"p": float(test([[a, b], [c, d]]).pvalue)}


def mcnemar_exact(b: int, c: int) -> PValue:
    """The same people twice, `b` of whom changed one way and `c` the other: binomial, two-sided (S11, McNemar 1947).

    `None` where nobody changed.
    """
    at_least_zero(b=b, c=c)
    if not b + c:
        return {"p": None}
    from scipy.stats import binomtest

    return {"p": float(binomtest(b, b + c).pvalue)}
