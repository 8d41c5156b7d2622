"""Clients without a contract: are they still there, how much will they buy (BG/NBD; Fader, Hardie & Lee 2005, L8).

r and alpha describe how often people buy, a and b how soon they drop out; a client has bought again x times, the last
time at t_x, and is known for T (one unit of time for all).
"""

from collections.abc import Iterable
from math import isfinite, log
from typing import NamedTuple

from otklik.core.formulas.arguments import above_zero, at_least_zero

FARTHEST = 12.0
"""Logarithms of parameters are looked for no farther from 0: beyond, a share is 0 or 1 for any purpose."""


class Buying(NamedTuple):
    """How a base of clients buys: r, alpha (in the unit of time of the fit), a, b."""

    r: float
    alpha: float
    a: float
    b: float


def bgnbd_fit(groups: Iterable[tuple[int, float, float, int]]) -> Buying | None:
    """The most likely r, alpha, a and b of clients in groups of (x, t_x, T, how many of them are alike).

    L = Γ(r+x)·α^r/Γ(r) · B(a, b+x)/B(a, b) · [(α+T)^−(r+x) + [x>0]·a/(b+x−1)·(α+t_x)^−(r+x)]; by the simplex of Nelder
    and Mead over logarithms.  None where nobody has bought again, or where the search does not settle.
    """
    rows = [row for row in groups if row[3]]
    for row in rows:
        _check(1, 1, 1, 1, *row[:3])
    if not any(row[0] for row in rows):
        return None
    import numpy as np
    from scipy.optimize import minimize
    from scipy.special import gammaln

    x, t_x, known, clients = (np.array(column, float) for column in zip(*rows, strict=True))
    unit = max(1.0, float(known.max()))
    bought, last, known = x > 0, t_x / unit, known / unit
    after = np.where(bought, x, 1.0)  # b + x − 1 has no logarithm where nobody bought again, and no part there

    def unlikely(logs: np.ndarray) -> float:
        r, alpha, a, b = np.exp(np.clip(logs, -FARTHEST, FARTHEST))
        rate = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        stays = gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
        here = -(r + x) * np.log(alpha + known)
        left = np.where(bought, np.log(a) - np.log(b + after - 1) - (r + x) * np.log(alpha + last), -np.inf)
        return -float(clients @ (rate + stays + np.logaddexp(here, left))) / float(clients.sum())

    steps = {"maxiter": 4000, "maxfev": 8000, "xatol": 1e-5, "fatol": 1e-10}
    found = minimize(unlikely, np.zeros(4), method="Nelder-Mead", options=steps)
    if not found.success:
        return None
    r, alpha, a, b = (float(one) for one in np.exp(np.clip(found.x, -FARTHEST, FARTHEST)))
    return Buying(r, alpha * unit, a, b)


def bgnbd_alive(r: float, alpha: float, a: float, b: float, x: int, t_x: float, T: float) -> float:  # noqa: N803
    """P(alive) = 1/(1 + [x>0]·a/(b+x−1)·((α+T)/(α+t_x))^(r+x)); a probability."""
    _check(r, alpha, a, b, x, t_x, T)
    if x == 0:
        return 1.0
    from scipy.special import expit

    return float(expit(log(b + x - 1) - log(a) - (r + x) * log((alpha + T) / (alpha + t_x))))


def bgnbd_expected(
    r: float,
    alpha: float,
    a: float,
    b: float,
    x: int,
    t_x: float,
    T: float,  # noqa: N803
    t: float,
) -> float | None:
    """Purchases expected in the next t.

    (a+b+x−1)/(a−1)·[1 − ((α+T)/(α+T+t))^(r+x)·₂F₁(r+x, b+x; a+b+x−1; t/(α+T+t))]·P(alive), where Euler's transformation
    of ₂F₁ keeps its arguments small.  Where a factor has no value, at a = 1, there is none.
    """
    alive = bgnbd_alive(r, alpha, a, b, x, t_x, T)
    at_least_zero(time_ahead=t)
    if a == 1:
        return None
    from scipy.special import hyp2f1

    after = alpha + T + t
    rest = ((alpha + T) / after) ** (a - 1) * float(hyp2f1(a + b - 1 - r, a - 1, a + b + x - 1, t / after))
    expected = (a + b + x - 1) / (a - 1) * (1 - rest) * alive
    return expected if isfinite(expected) else None


def _check(r: float, alpha: float, a: float, b: float, x: int, t_x: float, known_for: float) -> None:
    above_zero(r=r, alpha=alpha, a=a, b=b)
    at_least_zero(purchases=x, last_purchase=t_x)
    if not t_x <= known_for:
        raise ValueError(f"the last purchase at {t_x} is after {known_for}, the age of the client")
