"""How many people a telephone line needs, as long as nobody hangs up (Erlang 1917).

Calls and handling times share a unit of time, seconds as a rule; a load is in erlangs, people who talk all the time.
"""

from math import exp, floor
from typing import TypedDict

from otklik.core.formulas.arguments import above_zero, at_least_zero
from otklik.core.formulas.whole import NOISE, rounded_up


class ErlangC(TypedDict):
    a: float
    pw: float
    sl: float
    asa: float | None
    occ: float | None
    lq: float | None


def load(calls: float, interval: float, aht: float) -> float:
    """A = λ·h/T, erlangs (W1)."""
    at_least_zero(calls=calls, handle_time=aht)
    above_zero(interval=interval)
    return calls * aht / interval


def erlang_b(a: float, n: int) -> float:
    """The share of calls that find all n lines busy: B(0) = 1, 1/B(n) = 1 + (n/A)/B(n−1) (W2)."""
    at_least_zero(load=a, lines=n)
    if a == 0:
        return 0.0 if n else 1.0
    inverse = 1.0
    for lines in range(1, n + 1):
        inverse = 1 + inverse * lines / a
    return 1 / inverse


def lines_required(a: float, blocked: float) -> int:
    """The fewest lines that are all busy for no more than this share of calls; none for no calls (W2)."""
    at_least_zero(load=a)
    if not 0 < blocked < 1:
        raise ValueError(f"a share of {blocked} of calls cannot be promised to find a line: it lies between 0 and 1")
    lines, share = 0, 1.0
    while a and share > blocked:
        lines += 1
        share = a * share / (lines + a * share)
    return lines


def erlang_c(a: float, n: int) -> float:
    """The probability to wait, C = n·B/(n − A(1−B)); everybody waits when n ≤ A (W3)."""
    return _waiting(a, n, erlang_b(a, n))


def _waiting(a: float, n: int, blocked: float) -> float:
    return 1.0 if n <= a else n * blocked / (n - a * (1 - blocked))


def erlang_c_stats(calls: float, interval: float, aht: float, agents: int, threshold: float) -> ErlangC:
    """Load, P(wait), service level 1 − C·e^(−(n−A)t/h), ASA C·h/(n−A), occupancy A/n, mean queue C·A/(n−A) (W3).

    With n ≤ A the queue grows for ever: service level 0, no ASA, no queue, everybody busy.
    """
    above_zero(handle_time=aht)
    at_least_zero(threshold=threshold)
    a = load(calls, interval, aht)
    pw, spare = erlang_c(a, agents), agents - a
    if spare <= 0:
        return {"a": a, "pw": 1.0, "sl": 0.0, "asa": None, "occ": 1.0 if agents else None, "lq": None}
    return {
        "a": a,
        "pw": pw,
        "sl": _service_level(pw, spare, threshold / aht),
        "asa": pw * aht / spare,
        "occ": a / agents,
        "lq": pw * a / spare,
    }


def _service_level(pw: float, spare: float, handle_times: float) -> float:
    return 1 - pw * exp(-spare * handle_times)


def agents_required(
    calls: float,
    interval: float,
    aht: float,
    threshold: float,
    target: float,
    max_occ: float | None = None,
) -> int:
    """The smallest n > A with service level ≥ target and, if asked for, occupancy ≤ max_occ (W5)."""
    _check_target(target, max_occ)
    above_zero(handle_time=aht)
    at_least_zero(threshold=threshold)
    a = load(calls, interval, aht)
    if a == 0:
        return 0
    n = floor(a) + 1
    blocked = erlang_b(a, n)
    while _service_level(_waiting(a, n, blocked), n - a, threshold / aht) < target:
        n += 1
        blocked = a * blocked / (n + a * blocked)
    return n if max_occ is None else max(n, rounded_up(a / max_occ))


def max_calls(
    interval: float,
    aht: float,
    agents: int,
    threshold: float,
    target: float,
    max_occ: float | None = None,
) -> float:
    """The inverse of W5: how many calls an interval may bring to so many people (METRICS C2)."""
    _check_target(target, max_occ)
    above_zero(interval=interval, handle_time=aht)
    at_least_zero(agents=agents, threshold=threshold)
    if not agents:
        return 0.0
    from scipy.optimize import brentq

    def surplus(a: float) -> float:
        return _service_level(erlang_c(a, agents), agents - a, threshold / aht) - target

    most = float(brentq(surplus, 0, agents, xtol=NOISE * agents)) if target else float(agents)
    return min(most, agents * (1 if max_occ is None else max_occ)) * interval / aht


def _check_target(target: float, max_occ: float | None) -> None:
    if not 0 <= target < 1:
        raise ValueError(f"a service level of {target} cannot be promised: it is a share of less than 1")
    if max_occ is not None and not 0 < max_occ <= 1:
        raise ValueError(f"an occupancy of {max_occ} does not exist")
