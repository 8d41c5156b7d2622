"""Clients without a contract: are they still there, how much will they buy (BG/NBD; Fader, Hardie & Lee 2005, L8).

r and alpha describe how often people buy, a and b how soon they drop out; a client has bought again x times, the last
time at t_x, and is known for T (one unit of time for all).
"""

from math import isfinite, log

from otklik.core.formulas.arguments import above_zero, at_least_zero


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
