"""Profiles, tests of knowledge, fair comparison, bonus: worked examples and properties."""

from decimal import Decimal
from statistics import fmean
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import bonus, kr20, malus_limit, profile_score, shrink, shrink_mean, standardised
from otklik.core.formulas.tests.shared import printed


def ask(kind: str, level: float, required: float, trainable: bool = False) -> dict[str, Any]:
    return {"kind": kind, "level": level, "required": required, "trainable": trainable}


RANKED = [ask("important", 4, 4), ask("important", 3, 4), ask("trainable", 1, 3), ask("plus", 2, 2)]


def test_P1_example() -> None:
    result = profile_score([ask("must", 3, 3), *RANKED])
    assert (result["gate"], result["group"]) == (True, "green")
    assert printed(result, 1, "score") == [81.1]


@pytest.mark.parametrize(
    ("criteria", "gate", "group"),
    [
        ([ask("must", 2, 3), *RANKED], False, "red"),
        ([ask("must", 2, 3, trainable=True), *RANKED], False, "yellow"),
        ([ask("must", 2, 3, trainable=True), ask("must", 2, 3), *RANKED], False, "red"),
        ([ask("must", 2, 3, trainable=True), ask("important", 1, 4)], False, "red"),
        ([ask("important", 4, 5)], True, "green"),
        ([ask("important", 3, 5)], True, "yellow"),
        ([ask("important", 2.9, 5)], True, "red"),
        ([ask("must", 3, 3)], True, "green"),
        ([ask("must", 2, 3, trainable=True)], False, "yellow"),
        ([ask("must", 2, 3)], False, "red"),
        ([], True, "green"),
    ],
)
def test_the_groups(criteria: list[dict[str, Any]], gate: bool, group: str) -> None:
    result = profile_score(criteria)
    assert (result["gate"], result["group"]) == (gate, group)


def test_profiles_that_cannot_be() -> None:
    assert profile_score([ask("must", 3, 3)])["score"] is None
    with pytest.raises(ValueError, match="no kind"):
        profile_score([ask("nice", 1, 1)])
    with pytest.raises(ValueError, match="required"):
        profile_score([ask("plus", 1, 0)])


def test_P4_example() -> None:
    """Eight people, five questions; the definition gives the figure alone, these answers come to it."""
    answers = ["00000", "00000", "10000", "11000", "11000", "11000", "11100", "11111"]
    assert kr20([[int(sign) for sign in row] for row in answers]) == pytest.approx(0.811, abs=5e-4)


def test_P4_normalised_gain_example() -> None:
    assert (78 - 60) / (100 - 60) == 0.45


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.integers(0, 1), min_size=4, max_size=4), min_size=2, max_size=12))
def test_reliability_is_that_of_the_covariances(matrix: list[list[int]]) -> None:
    """Cronbach's alpha of right and wrong: k/(k−1)·(1 − Σ of the variances/variance of the sum)."""
    result = kr20(matrix)
    sums = [sum(row) for row in matrix]
    whole = fmean((value - fmean(sums)) ** 2 for value in sums)
    if not whole:
        assert result is None
        return
    parts = sum(fmean((value - fmean(column)) ** 2 for value in column) for column in zip(*matrix, strict=True))
    assert result == pytest.approx(4 / 3 * (1 - parts / whole))
    assert result is not None
    assert result <= 1 + 1e-9


def test_tests_that_measure_nothing() -> None:
    assert kr20([]) is kr20([[1], [0]]) is kr20([[1, 0], [1, 0]]) is None
    with pytest.raises(ValueError, match="right, 1, or wrong"):
        kr20([[2, 0], [1, 1]])
    with pytest.raises(ValueError, match="do not go"):
        kr20([[1, 0], [1]])


def test_P6_example() -> None:
    strata = [{"rate": 0.06, "n": 20}, {"rate": 0.10, "n": 30}, {"rate": 0.25, "n": 70}]
    result = standardised(22, strata)
    assert printed(result, 1, "expected") == [21.7]
    assert printed(result, 3, "ratio") == [1.014]
    assert printed(result, 2, "z") == [0.07]
    assert round(22 / 120, 3) == 0.183
    assert shrink(5, 6, 0.9) == pytest.approx(0.885, abs=5e-4)


def test_comparisons_of_nothing() -> None:
    assert standardised(0, []) == {"expected": 0, "ratio": None, "z": None}
    assert standardised(0, [{"rate": 0, "n": 9}])["ratio"] is None
    assert shrink(0, 0, 0.9, strength=0) is None
    with pytest.raises(ValueError, match="not a share"):
        standardised(10, [{"rate": 0.1, "n": 9}])
    with pytest.raises(ValueError, match="rate"):
        standardised(1, [{"rate": 10, "n": 9}])


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 100), st.integers(0, 100), st.floats(0, 1), st.floats(0.1, 100))
def test_drawn_to_the_mean_it_lies_between(k: int, more: int, p0: float, strength: float) -> None:
    n = k + more
    drawn = shrink(k, n, p0, strength)
    own = k / n if n else p0
    assert drawn is not None
    assert min(own, p0) - 1e-9 <= drawn <= max(own, p0) + 1e-9


def test_P9_example() -> None:
    assert shrink_mean(12, 5.0, 4.6) == pytest.approx(4.75)
    assert shrink_mean(0, None, 4.6) == 4.6
    assert shrink_mean(0, None, 4.6, strength=0) is None


def figure(weight: float, actual: float | None, floor: float, target: float, **cases: int) -> dict[str, Any]:
    return {"weight": weight, "actual": actual, "floor": floor, "target": target, "n": 100, "min_n": 30, **cases}


FOUR = [
    figure(0.30, 93, 80, 90),
    figure(0.30, 86, 70, 90),
    figure(0.25, 94, 85, 95),
    figure(0.15, 92, 80, 95),
]


def test_P7_example() -> None:
    result = bonus(12_000, FOUR)
    assert result["scores"] == [1.2, 0.8, 0.9, 0.8]
    assert (result["total"], result["payout"]) == (0.945, Decimal("11340.00"))
    assert malus_limit(11_340, 50_000, 11_340) == 11_340
    assert malus_limit(20_000, 50_000, 20_000) == 14_000


def test_the_gate_and_the_cap() -> None:
    assert bonus(12_000, FOUR, gate_cap=0.8)["payout"] == Decimal("9600.00")
    splendid = [figure(0.5, 100, 0, 50), figure(0.5, 100, 0, 50)]
    assert bonus(1000, splendid)["total"] == 1.2
    assert bonus(1000, splendid, cap=1)["payout"] == 1000
    assert bonus(1000, [figure(1, 10, 50, 90)])["payout"] == 0


def test_less_may_be_better_and_few_cases_are_neutral() -> None:
    assert bonus(100, [figure(1, 3, 10, 2)])["scores"] == [0.875]
    assert bonus(100, [figure(1, 0, 80, 90, n=29)])["scores"] == [1]
    assert bonus(100, [figure(1, None, 80, 90, n=0)])["scores"] == [1]


def test_half_a_kopeck_is_paid() -> None:
    """0.1 of 0.05 roubles is half a kopeck exactly, in no binary fraction."""
    assert bonus(Decimal("0.05"), [figure(1, 1, 0, 10)])["payout"] == Decimal("0.01")


@pytest.mark.parametrize(
    ("metrics", "words"),
    [
        ([figure(0.9, 1, 0, 1)], "sum to 0.9"),
        ([], "sum to 0"),
        ([figure(1.5, 1, 0, 1), figure(-0.5, 1, 0, 1)], "sum to 1"),
        ([figure(1, 1, 5, 5)], "equals its floor"),
        ([figure(1, None, 0, 5)], "without a value"),
    ],
)
def test_formulas_that_cannot_be(metrics: list[dict[str, Any]], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        bonus(100, metrics)


@settings(deadline=None, max_examples=40)
@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3), st.sampled_from([(0, 50), (50, 0)]))
def test_better_never_earns_less(one: float, other: float, scale: tuple[float, float]) -> None:
    worse, better = sorted((one, other), reverse=scale[0] > scale[1])
    low, high = (bonus(1000, [figure(1, actual, *scale)])["payout"] for actual in (worse, better))
    assert 0 <= low <= high <= 1200


@settings(deadline=None, max_examples=40)
@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6))
def test_no_more_than_a_fifth_is_cut(requested: float, salary: float, earned: float) -> None:
    cut = malus_limit(requested, salary, earned)
    assert 0 <= cut <= min(requested, earned)
    assert cut <= (salary + earned) / 5
    with pytest.raises(ValueError, match="requested"):
        malus_limit(-1, salary, earned)
