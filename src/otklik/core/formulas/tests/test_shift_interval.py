"""Bounds of the Hodges-Lehmann shift (S11)."""

from hypothesis import given
from hypothesis import strategies as st

from otklik.core.formulas.samples import hl_interval, mann_whitney

SAMPLE = st.lists(st.integers(-10_000, 10_000), min_size=4, max_size=40)


@given(SAMPLE, SAMPLE)
def test_the_bounds_are_differences_around_the_shift(a: list[int], b: list[int]) -> None:
    found, shift = hl_interval(a, b), mann_whitney(a, b)["hl_shift"]
    if found["lo"] is None or found["hi"] is None or shift is None:
        return
    differences = {float(y - x) for x in a for y in b}

    assert {found["lo"], found["hi"]} <= differences and found["lo"] <= shift <= found["hi"]


@given(SAMPLE, SAMPLE, st.integers(-1000, 1000))
def test_they_move_with_the_values(a: list[int], b: list[int], by: int) -> None:
    found, moved = hl_interval(a, b), hl_interval(a, [value + by for value in b])
    if found["lo"] is not None and found["hi"] is not None:
        assert (moved["lo"], moved["hi"]) == (found["lo"] + by, found["hi"] + by)


def test_few_values_have_none() -> None:
    assert hl_interval([1, 2], [3, 4]) == {"lo": None, "hi": None}


def test_the_example_of_s11() -> None:
    """Waiting minutes before and after: the shift of −8 is proven, as p = 0.028 says."""
    found = hl_interval([12, 15, 9, 30, 22, 41, 18], [8, 7, 14, 10, 21, 6, 11, 9])

    assert found == {"lo": -21.0, "hi": -1.0}, "the 11th and the 46th of 56 differences"
