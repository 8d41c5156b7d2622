"""People on the payroll and their times: worked examples, bounds."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import adherence, post_fte, scheduled
from otklik.core.formulas.tests.shared import printed


def day(*pairs: str) -> list[list[str]]:
    return [[f"2026-06-08T{part}+03:00" for part in pair.split("-")] for pair in pairs]


def test_W6_example() -> None:
    assert scheduled(20, 0.28) == 28
    assert round(20 * 1.28, 1) == 25.6
    assert round(1 - (1 - 0.1) * (1 - 0.12), 3) == 0.208


def test_W9_example() -> None:
    assert post_fte(40, 0) == pytest.approx(4.2)
    assert post_fte(40, 0.25) == pytest.approx(5.6)
    assert post_fte(40, 0.25, seats=2) == pytest.approx(11.2)


def test_W13_example() -> None:
    result = adherence(day("09:00-13:00", "14:00-18:00"), day("09:10-13:00", "14:00-18:10"))
    assert printed(result, 3, "adherence", "conformance") == [0.979, 1]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 200), st.floats(0, 0.9))
def test_enough_are_there_and_not_one_too_many(required: int, shrinkage: float) -> None:
    planned = scheduled(required, shrinkage)
    assert planned * (1 - shrinkage) >= required - 1e-6
    assert planned == 0 or (planned - 1) * (1 - shrinkage) < required


def test_time_that_overlaps_counts_once() -> None:
    result = adherence(day("09:00-13:00", "12:00-14:00"), day("09:00-14:00", "13:00-14:00"))
    assert result == {"adherence": 1, "conformance": 1}


def test_nothing_scheduled() -> None:
    assert adherence([], day("09:00-10:00")) == {"adherence": None, "conformance": None}
    assert adherence(day("09:00-10:00"), []) == {"adherence": 0, "conformance": 0}


@pytest.mark.parametrize("call", [lambda: scheduled(5, 1), lambda: post_fte(0, 0.1), lambda: scheduled(-1, 0.1)])
def test_people_that_cannot_be(call: Any) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        call()


def test_a_stretch_that_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="is before"):
        adherence(day("10:00-09:00"), [])
