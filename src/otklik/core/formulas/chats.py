"""Written talks, several at once."""

from collections.abc import Sequence
from math import exp, log
from typing import TypedDict

from otklik.core.formulas.arguments import above_zero, at_least_zero


class ChatChain(TypedDict):
    stable: bool
    pw: float
    sl: float
    asa: float | None


def chat_chain(lam: float, handle: Sequence[float], agents: int, threshold: float) -> ChatChain:
    """P(wait), share answered within the threshold, mean wait: chats spread evenly over the agents (W7).

    `handle` is the mean duration of a chat when its agent has 1, 2, … K of them; `lam` chats come per the same unit of
    time.  Birth-death up to n·K chats, beyond them the rate stays μ* = n·K/h_K: P(wait) = p_nK/(1 − λ/μ*),
    P(wait ≤ t) = 1 − P(wait)·e^(−(μ*−λ)t), ASA = P(wait)/(μ* − λ).  With K = 1 it is Erlang C.
    """
    at_least_zero(chats=lam, agents=agents, threshold=threshold)
    if not handle:
        raise ValueError("a duration for one chat at a time is needed at least")
    for duration in handle:
        above_zero(handle_time=duration)
    most = agents * len(handle)
    spare = most / handle[-1] - lam
    if spare <= 0:
        return {"stable": False, "pw": 1.0, "sl": 0.0, "asa": None}
    pw = _full(lam, handle, agents)
    return {"stable": True, "pw": pw, "sl": 1 - pw * exp(-spare * threshold), "asa": pw / spare}


def _full(lam: float, handle: Sequence[float], agents: int) -> float:
    """The probability that everybody has as many chats as possible, or more wait."""
    if not lam:
        return 0.0
    weights = [0.0]
    for chats in range(1, agents * len(handle) + 1):
        weights.append(weights[-1] + log(lam / _rate(chats, handle, agents)))
    highest = max(weights)
    *below, full = (exp(weight - highest) for weight in weights)
    waiting = full / (1 - lam * handle[-1] / (agents * len(handle)))
    return waiting / (sum(below) + waiting)


def _rate(chats: int, handle: Sequence[float], agents: int) -> float:
    """Ends per unit of time when so many chats are spread evenly."""
    each, more = divmod(chats, agents)
    ends = (agents - more) * each / handle[each - 1] if each else 0.0
    return ends + (more * (each + 1) / handle[each] if more else 0.0)
