"""Written talks, several at once."""

from collections.abc import Sequence
from math import exp, floor, log
from typing import TypedDict

from otklik.core.formulas.arguments import above_zero, at_least_zero

FACTORS = (1.0, 1.7, 2.5, 2.9, 3.5)
"""So many times one chat after the other an agent serves with 1 to 5 at once, where nothing was measured (W7)."""


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


def chat_durations(one: float, at_once: int) -> list[float]:
    """How long a chat takes when its agent has 1, 2, … of them, by the rule of thumb of W7 (at most 5 at once)."""
    above_zero(handle_time=one)
    if not 1 <= at_once <= len(FACTORS):
        raise ValueError(f"{at_once} chats at once: 1 to {len(FACTORS)} are known")
    return [chats * one / factor for chats, factor in enumerate(FACTORS[:at_once], 1)]


def chat_agents_required(lam: float, handle: Sequence[float], threshold: float, target: float) -> int:
    """The fewest agents with whom a share of `target` is answered within the threshold; see `chat_chain` (W7)."""
    if not 0 <= target < 1:
        raise ValueError(f"a service level of {target} cannot be promised: it is a share of less than 1")
    if not lam:
        return 0
    agents = floor(lam * handle[-1] / len(handle)) + 1
    while chat_chain(lam, handle, agents, threshold)["sl"] < target:
        agents += 1
    return agents


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
