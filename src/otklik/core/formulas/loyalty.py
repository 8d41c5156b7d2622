"""Net promoter score: points from -100 to 100, never per cent."""

from collections.abc import Iterable, Sequence
from math import sqrt
from typing import Literal, TypedDict

from otklik.core.formulas.proportions import two_sided, z_of

type Method = Literal["adj_wald", "wald"]
type Answers = Sequence[int]
"""Promoters, passives, detractors."""


class Nps(TypedDict):
    n: int
    nps: float | None
    lo: float | None
    hi: float | None


class NpsOfScores(Nps):
    promoters: int
    passives: int
    detractors: int


class NpsDifference(TypedDict):
    diff: float | None
    lo: float | None
    hi: float | None
    z: float | None
    p: float | None


class NpsLimit(TypedDict):
    max_detractor_share: float


def nps(promoters: int, passives: int, detractors: int, conf: float = 0.95, method: Method = "adj_wald") -> Nps:
    """100·(P − D)/n points with its interval, adjusted Wald unless the plain one is asked for (S6; Rocks 2016)."""
    _check(promoters, passives, detractors)
    if method not in ("adj_wald", "wald"):
        raise ValueError(f"no method {method!r}")
    z, n = z_of(conf), promoters + passives + detractors
    if n == 0:
        return {"n": 0, "nps": None, "lo": None, "hi": None}
    centre, error = _centre(promoters, n, detractors, 0.75 if method == "adj_wald" else 0.0)
    return {
        "n": n,
        "nps": 100 * (promoters - detractors) / n,
        "lo": max(100 * (centre - z * error), -100.0),
        "hi": min(100 * (centre + z * error), 100.0),
    }


def nps_from_scores(scores: Iterable[int | None]) -> NpsOfScores:
    """From answers 0 to 10: promoters give 9 or 10, detractors up to 6; a blank (`None`) is not an answer."""
    given = [score for score in scores if score is not None]
    if any(not 0 <= score <= 10 for score in given):
        raise ValueError("scores of this question run from 0 to 10")
    promoters = sum(score >= 9 for score in given)
    detractors = sum(score <= 6 for score in given)
    passives = len(given) - promoters - detractors
    score = nps(promoters, passives, detractors)
    return {"promoters": promoters, "passives": passives, "detractors": detractors, **score}


def nps_diff(before: Answers, after: Answers) -> NpsDifference:
    """Second period minus first, points; z and interval are those of the adjusted values (S6)."""
    (p1, n1, d1), (p2, n2, d2) = before, after
    first, second = nps(p1, n1, d1), nps(p2, n2, d2)
    if first["nps"] is None or second["nps"] is None:
        return {"diff": None, "lo": None, "hi": None, "z": None, "p": None}
    centre1, error1 = _centre(p1, first["n"], d1, 0.75)
    centre2, error2 = _centre(p2, second["n"], d2, 0.75)
    shift, error = centre2 - centre1, sqrt(error1**2 + error2**2)
    reach, z = z_of(0.95) * error, shift / error
    return {
        "diff": second["nps"] - first["nps"],
        "lo": max(100 * (shift - reach), -200.0),
        "hi": min(100 * (shift + reach), 200.0),
        "z": z,
        "p": two_sided(z),
    }


def nps_target_feasible(target: float) -> NpsLimit:
    """The share of detractors that a target allows when nobody is passive, (100 − T)/200 (S7)."""
    if not -100 <= target <= 100:
        raise ValueError(f"a net promoter score of {target} does not exist")
    return {"max_detractor_share": (100 - target) / 200}


def _check(*counts: int) -> None:
    if min(counts) < 0:
        raise ValueError("a count of answers cannot be negative")


def _centre(promoters: int, n: int, detractors: int, added: float) -> tuple[float, float]:
    """Net share and its standard error after `added` answers at either end (and as many in the middle twice)."""
    m = n + 4 * added
    p, d = (promoters + added) / m, (detractors + added) / m
    return p - d, sqrt(max(p + d - (p - d) ** 2, 0.0) / m)
