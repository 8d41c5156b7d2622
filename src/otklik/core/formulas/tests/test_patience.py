"""A line whose callers hang up: worked examples, limits, a queue lived through call by call."""

from collections import deque
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import agents_required, agents_with_patience, erlang_a, erlang_c_stats
from otklik.core.formulas.tests.shared import printed

A_CALL = 120 / 1800
"""Calls per second, 120 in half an hour."""


def test_W4_example() -> None:
    result = erlang_a(A_CALL, 240, 120, 18, 20)
    assert printed(result, 3, "pab", "sl") == [0.064, 0.818]
    assert printed(result, 1, "asa") == [6.6]


def test_W4_classic_example() -> None:
    patient = erlang_a(48 / 60, 60, 120, 50, 20)
    assert printed(patient, 3, "pab") == [0.031]
    assert printed(patient, 1, "wait_all") == [3.7]
    assert printed(erlang_c_stats(48, 60, 60, 50, 20), 1, "asa") == [20.8]


@settings(deadline=None, max_examples=40)
@given(st.floats(0.001, 0.3), st.floats(30, 600), st.floats(20, 600), st.integers(1, 40), st.floats(0, 90))
def test_what_comes_in_goes_out(lam: float, handle: float, patience: float, agents: int, threshold: float) -> None:
    result = erlang_a(lam, handle, patience, agents, threshold)
    assert result["occ"] is not None and result["asa"] is not None
    assert 0 <= result["sl"] <= 1 - result["pab"] + 1e-9
    assert 0 <= result["occ"] <= 1 + 1e-9
    assert result["lq"] == pytest.approx(lam * result["wait_all"], rel=1e-6, abs=1e-9)
    assert result["sl"] <= erlang_a(lam, handle, patience, agents + 1, threshold)["sl"] + 1e-9


def test_endless_patience_is_erlang_c() -> None:
    result, limit = erlang_a(A_CALL, 240, 1e9, 20, 20), erlang_c_stats(120, 1800, 240, 20, 20)
    assert (result["pw"], result["sl"], result["asa"], result["lq"]) == pytest.approx(
        (limit["pw"], limit["sl"], limit["asa"], limit["lq"]), rel=1e-4
    )


def test_more_load_than_people_is_stable() -> None:
    result = erlang_a(2 * A_CALL, 240, 120, 16, 20)
    assert result["pab"] == pytest.approx(0.5, abs=0.01)
    assert result["occ"] == pytest.approx(1, abs=0.01)


def test_nobody_calls_and_nobody_is_there() -> None:
    assert erlang_a(0, 240, 120, 3, 20) == {
        "a": 0,
        "pw": 0,
        "pab": 0,
        "sl": 1,
        "asa": 0,
        "wait_all": 0,
        "lq": 0,
        "occ": 0,
    }
    alone = erlang_a(A_CALL, 240, 120, 0, 20)
    assert alone["pab"] == pytest.approx(1)
    assert (alone["sl"], alone["asa"], alone["occ"]) == (0, None, None)
    with pytest.raises(ValueError, match="patience"):
        erlang_a(A_CALL, 240, 0, 3, 20)


@settings(deadline=None, max_examples=40)
@given(st.floats(0.01, 200), st.floats(10, 600), st.floats(0, 60), st.floats(0.05, 0.97), st.sampled_from([None, 0.85]))
def test_so_many_suffice_and_one_fewer_would_not(
    calls: float, patience: float, threshold: float, target: float, busy: float | None
) -> None:
    agents = agents_with_patience(calls, 1800, 240, patience, threshold, target, busy)

    def suffices(n: int) -> bool:
        found = erlang_a(calls / 1800, 240, patience, n, threshold)
        return found["sl"] >= target and (busy is None or (found["occ"] or 0) <= busy)

    assert agents <= agents_required(calls, 1800, 240, threshold, target, busy)
    assert suffices(agents) and not (agents > 1 and suffices(agents - 1))


def test_nobody_calls_and_the_example() -> None:
    assert agents_with_patience(0, 1800, 240, 120, 20, 0.8) == 0
    assert agents_with_patience(120, 1800, 240, 120, 20, 0.8) == 18
    assert agents_required(120, 1800, 240, 20, 0.8) == 20


def test_a_queue_lived_through_call_by_call() -> None:
    result = erlang_a(A_CALL, 240, 120, 18, 20)
    lost, in_time = _live_through(A_CALL, 240, 120, 18, 20, calls=60_000)
    assert lost == pytest.approx(result["pab"], abs=0.01)
    assert in_time == pytest.approx(result["sl"], abs=0.015)


def _live_through(
    lam: float, handle: float, patience: float, agents: int, threshold: float, calls: int
) -> tuple[float, float]:
    """First come, first served, with a moment at which each agent is free again; shares lost and served in time."""
    chance, now, lost, in_time = Random(7), 0.0, 0, 0
    free = deque([0.0] * agents)
    for _ in range(calls):
        now += chance.expovariate(lam)
        wait = max(0.0, free[0] - now)
        if wait > chance.expovariate(1 / patience):
            lost += 1
            continue
        in_time += wait <= threshold
        free.popleft()
        free.append(now + wait + chance.expovariate(1 / handle))
        free = deque(sorted(free))
    return lost / calls, in_time / calls
