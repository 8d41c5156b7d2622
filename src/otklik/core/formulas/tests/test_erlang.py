"""People on a telephone line without hanging up: worked examples, published tables, factorials."""

import json
from math import factorial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import (
    agents_required,
    erlang_b,
    erlang_c,
    erlang_c_stats,
    lines_required,
    load,
    max_calls,
)
from otklik.core.formulas.tests.shared import SHARED, printed, real

loads = st.floats(0.01, 80)


def rows(name: str) -> list[Any]:
    """Cases of one list of the Erlang vectors."""
    path = SHARED / "data/vectors/erlang.json"
    if not path.exists():
        return real("vectors/erlang.json")
    return [pytest.param(row, id=row["id"]) for row in json.loads(path.read_text())[name]]


@pytest.mark.parametrize("row", rows("rows"))
def test_a_row_of_the_vectors(row: dict[str, Any]) -> None:
    line = row["calls"], row["interval_s"], row["aht_s"], row["agents"], row["target_s"]
    result = erlang_c_stats(*line)
    assert load(*line[:3]) == pytest.approx(row["load_erlangs"], abs=1e-6)
    assert erlang_b(result["a"], row["agents"]) == pytest.approx(row["erlang_b"], abs=1e-8)
    if not row["stable"]:
        assert (result["pw"], result["sl"], result["asa"], result["lq"]) == (1, 0, None, None)
        return
    assert result["pw"] == pytest.approx(row["p_wait"], abs=1e-8)
    assert result["sl"] == pytest.approx(row["service_level"], abs=1e-8)
    assert result["asa"] == pytest.approx(row["asa_s"], abs=1e-6)
    assert result["occ"] == pytest.approx(row["occupancy"], abs=1e-8)


@pytest.mark.parametrize("row", rows("required_agents"))
def test_required_agents_of_the_vectors(row: dict[str, Any]) -> None:
    line = row["calls"], row["interval_s"], row["aht_s"], row["target_s"], row["service_level"]
    assert agents_required(*line, row["max_occupancy"]) == row["agents"]


@pytest.mark.parametrize("row", rows("published"))
def test_what_others_published(row: dict[str, Any]) -> None:
    given, told = row["given"], row["expect"]
    match row["id"]:
        case "pub-1":
            line = given["calls"], 60 * given["interval_min"], 60 * given["aht_min"]
            threshold = 60 * given["target_min"]
            needed = agents_required(*line, threshold, given["service_level"], given["max_occupancy"])
            result = erlang_c_stats(*line, needed, threshold)
            assert needed == told["raw_agents"]
            assert printed(result, 3, "sl", "occ", "pw") == [told["service_level"], told["occupancy"], told["p_wait"]]
        case "pub-2":
            assert round(erlang_c(given["load_erlangs"], given["agents"]), 4) == told["p_wait"]
        case "pub-3":
            assert erlang_b(given["load_erlangs"], given["lines"]) == pytest.approx(told["erlang_b"], abs=1e-6)
        case "pub-4":
            for lines, erlangs in told["lines_to_erlangs"].items():
                assert erlang_b(erlangs, int(lines)) == pytest.approx(given["blocking"], rel=2e-3)
        case other:
            pytest.fail(f"no such case: {other}")


def test_W1_example() -> None:
    assert load(120, 1800, 240) == 16
    assert load(0, 1800, 240) == 0


def test_W2_example() -> None:
    assert round(erlang_b(8.108, 15), 5) == 0.01
    assert round(erlang_b(25, 30), 4) == 0.0526
    assert (erlang_b(0, 0), erlang_b(0, 3), erlang_b(5, 0)) == (1, 0, 1)


def test_W2_the_fewest_lines() -> None:
    assert (lines_required(8.108, 0.01), lines_required(25, 0.0527)) == (15, 30)
    assert lines_required(0, 0.01) == 0
    for blocked in (0, 1, -0.1, 1.5):
        with pytest.raises(ValueError, match="find a line"):
            lines_required(5, blocked)


@given(loads, st.floats(0.0005, 0.9))
def test_one_line_fewer_would_not_do(load: float, blocked: float) -> None:
    lines = lines_required(load, blocked)
    assert erlang_b(load, lines) <= blocked * (1 + 1e-9) and erlang_b(load, lines - 1) > blocked * (1 - 1e-9)


def test_W3_example() -> None:
    ours = erlang_c_stats(120, 1800, 240, 20, 20)
    assert printed(ours, 4, "pw") == [0.2561]
    assert printed(ours, 3, "sl") == [0.817]
    assert printed(ours, 1, "asa") == [15.4]
    published = erlang_c_stats(360, 1800, 240, 55, 15)
    assert printed(published, 4, "pw") == [0.2387]
    assert printed(published, 2, "asa") == [8.18]
    assert printed(published, 3, "sl") == [0.846]


def test_W5_example() -> None:
    assert agents_required(120, 1800, 240, 20, 0.8, 0.85) == 20
    small = agents_required(6, 1800, 300, 20, 0.8)
    assert (load(6, 1800, 300), small) == (1, 3)
    assert erlang_c_stats(6, 1800, 300, small, 20)["occ"] == pytest.approx(1 / 3)


def test_C2_inverse_example() -> None:
    most = max_calls(1800, 240, 20, 20, 0.8, 0.85)
    assert round(most, 1) == 121.3
    assert int((most - 112) / 0.05) == 185


@settings(deadline=None, max_examples=40)
@given(loads, st.integers(0, 60))
def test_blocking_by_factorials(a: float, n: int) -> None:
    terms = [a**k / factorial(k) for k in range(n + 1)]
    assert erlang_b(a, n) == pytest.approx(terms[-1] / sum(terms), rel=1e-9)


@settings(deadline=None, max_examples=40)
@given(loads, st.integers(1, 100))
def test_more_people_wait_less(a: float, n: int) -> None:
    assert 0 <= erlang_b(a, n) <= erlang_c(a, n) <= 1
    assert erlang_c(a, n + 1) <= erlang_c(a, n)


@settings(deadline=None, max_examples=40)
@given(st.floats(0.1, 400), st.floats(10, 900), st.floats(0, 120), st.floats(0.05, 0.99), st.floats(0.3, 1))
def test_required_people_are_the_fewest(
    calls: float, handle: float, threshold: float, target: float, most: float
) -> None:
    n = agents_required(calls, 1800, handle, threshold, target, most)
    assert fits(calls, handle, n, threshold, target, most)
    assert not fits(calls, handle, n - 1, threshold, target, most)


def fits(calls: float, handle: float, agents: int, threshold: float, target: float, most: float) -> bool:
    result = erlang_c_stats(calls, 1800, handle, agents, threshold)
    return agents > result["a"] and result["sl"] >= target and (result["occ"] or 0) <= most + 1e-9


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 60), st.floats(0.05, 0.99), st.floats(0, 60))
def test_as_many_calls_as_people_can_take(agents: int, target: float, threshold: float) -> None:
    most = max_calls(1800, 240, agents, threshold, target)
    fewer, more = (erlang_c_stats(part * most, 1800, 240, agents, threshold)["sl"] for part in (0.999, 1.001))
    assert fewer >= target - 1e-6
    assert more <= target + 1e-6


def test_a_thousand_lines_do_not_overflow() -> None:
    assert 0 < erlang_b(5000, 5100) < 0.05
    assert erlang_b(1, 2000) == 0
    assert erlang_c(5000, 5100) < 1


def test_nobody_calls_and_nobody_is_there() -> None:
    assert erlang_c_stats(0, 1800, 240, 3, 20) == {"a": 0, "pw": 0, "sl": 1, "asa": 0, "occ": 0, "lq": 0}
    assert erlang_c_stats(5, 1800, 240, 0, 20)["occ"] is None
    assert agents_required(0, 1800, 240, 20, 0.8) == 0
    assert max_calls(1800, 240, 0, 20, 0.8, 0.85) == 0
    assert max_calls(1800, 240, 4, 20, 0) == 4 * 1800 / 240


@pytest.mark.parametrize("target", [1, 80, -0.1])
def test_what_cannot_be_promised(target: float) -> None:
    with pytest.raises(ValueError, match="cannot be promised"):
        agents_required(10, 1800, 240, 20, target)
    with pytest.raises(ValueError, match="cannot be promised"):
        max_calls(1800, 240, 3, 20, target)


def test_lines_that_do_not_exist() -> None:
    with pytest.raises(ValueError, match="load cannot be -1"):
        erlang_b(-1, 3)
    with pytest.raises(ValueError, match="interval"):
        load(1, 0, 240)
    with pytest.raises(ValueError, match="occupancy"):
        agents_required(10, 1800, 240, 20, 0.8, 85)
