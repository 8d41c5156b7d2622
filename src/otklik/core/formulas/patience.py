"""A telephone line whose callers hang up."""

from bisect import bisect_left
from math import exp, log
from typing import TypedDict

from otklik.core.formulas.arguments import above_zero, at_least_zero
from otklik.core.formulas.erlang import agents_required, load

_NEGLIGIBLE = log(1e-15)
"""States so much rarer than the most frequent one are left out."""


class ErlangA(TypedDict):
    a: float
    pw: float
    pab: float
    sl: float
    asa: float | None
    wait_all: float
    lq: float
    occ: float | None


def erlang_a(lam: float, aht: float, patience: float, agents: int, threshold: float) -> ErlangA:
    """Load, P(wait), P(abandon), service level of the offered, ASA of the served, mean wait of all, queue, occupancy.

    Calls come at `lam` per the unit of time in which `aht`, `patience` and `threshold` are given.  Patience is
    exponential with mean τ = 1/θ; birth λ, death min(i, n)·μ + max(i−n, 0)·θ; with c = nμ/θ and k ahead
    P(served within t) = c/(c+k+1)·(1 − I_{e^(−θt)}(c+1, k+1)).  Stable under any load (W4; Palm 1946, Garnett,
    Mandelbaum & Reiman 2002).
    """
    at_least_zero(calls=lam, agents=agents, threshold=threshold)
    above_zero(handle_time=aht, patience=patience)
    import numpy as np
    from scipy.special import betainc

    states = np.exp(_weights(lam, aht, patience, agents))
    states /= states.sum()
    busy, queue = states[:agents], states[agents:]
    c, ahead = agents * patience / aht, np.arange(len(queue))
    served_later = c / (c + ahead + 1)
    in_time = served_later * (1 - betainc(c + 1, ahead + 1, exp(-threshold / patience)))
    waits = patience * np.cumsum(1 / (c + 1 + ahead))
    lost = float(queue @ (1 - served_later))
    reached = 1 - lost
    return {
        "a": lam * aht,
        "pw": float(queue.sum()),
        "pab": lost,
        "sl": float(busy.sum() + queue @ in_time),
        "asa": float(queue @ (served_later * waits)) / reached if agents else None,
        "wait_all": lost * patience,
        "lq": float(queue @ ahead),
        "occ": lam * aht * reached / agents if agents else None,
    }


def agents_with_patience(
    calls: float,
    interval: float,
    aht: float,
    patience: float,
    threshold: float,
    target: float,
    max_occ: float | None = None,
) -> int:
    """As `agents_required`, where callers hang up: the fewest with service level ≥ target of the offered (W5 by W4).

    Never more than where nobody hangs up.
    """
    most = agents_required(calls, interval, aht, threshold, target, max_occ)
    lam = calls / interval

    def suffices(n: int) -> bool:
        found = erlang_a(lam, aht, patience, n, threshold)
        return found["sl"] >= target and (max_occ is None or found["occ"] is None or found["occ"] <= max_occ)

    return bisect_left(range(most), True, lo=min(1, most), key=suffices) if load(calls, interval, aht) else 0


def _weights(lam: float, aht: float, patience: float, agents: int) -> list[float]:
    """Logarithms of how often 0, 1, 2 … calls are at hand, the most frequent number having 0."""
    weights, highest = [0.0], 0.0
    while lam and (len(weights) <= agents or weights[-1] - highest > _NEGLIGIBLE):
        at_hand = len(weights)
        leaving = min(at_hand, agents) / aht + max(at_hand - agents, 0) / patience
        weights.append(weights[-1] + log(lam / leaving))
        highest = max(highest, weights[-1])
    return [weight - highest for weight in weights]
