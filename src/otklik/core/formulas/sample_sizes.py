"""How many answers it takes."""

from math import sqrt
from statistics import NormalDist

from otklik.core.formulas.arguments import a_share, above_zero
from otklik.core.formulas.proportions import z_of
from otklik.core.formulas.whole import rounded_up


def sample_size_prop(p: float, margin: float, conf: float = 0.95, population: int | None = None) -> int:
    """Answers that tell a share near p within ± margin: n = z²·p(1−p)/e², of N people n/(1 + (n−1)/N) (S11)."""
    a_share(share=p)
    above_zero(margin=margin)
    n = z_of(conf) ** 2 * p * (1 - p) / margin**2
    if population is None:
        return rounded_up(n)
    above_zero(population=population)
    return rounded_up(n / (1 + (n - 1) / population)) if n else 0


def sample_size_two_prop(p1: float, p2: float, alpha: float = 0.05, power: float = 0.8) -> int | None:
    """Answers on each side that prove a move from p1 to p2 (S11, Fleiss).

    n = (z_{α/2}·√(2·p̄·q̄) + z_β·√(p₁q₁ + p₂q₂))²/(p₁ − p₂)².  No move is never proven: `None`.
    """
    a_share(first_share=p1, second_share=p2)
    if not 0 < power < 1:
        raise ValueError(f"power must lie between 0 and 1, not {power}")
    z_alpha, z_beta = z_of(1 - alpha), NormalDist().inv_cdf(power)
    if p1 == p2:
        return None
    mean = (p1 + p2) / 2
    reach = z_alpha * sqrt(2 * mean * (1 - mean)) + z_beta * sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    return rounded_up((reach / (p1 - p2)) ** 2)
