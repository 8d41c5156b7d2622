"""A series against its own noise: a series by hand, runs, what is left out of the baseline."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import xmr


def test_limits_by_hand() -> None:
    """Mean 12, moving ranges 4, 2 and 0: 12 ± 2.66 · 2."""
    result = xmr([10, 14, 12, 12])
    assert (result["mean"], result["lo"], result["hi"]) == pytest.approx((12, 6.68, 17.32))


def test_one_far_value_and_a_run_of_eight() -> None:
    calm = [10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9]
    assert xmr(calm)["signals"] == []
    assert xmr([*calm, 40], baseline=12)["signals"] == [12]
    assert xmr([*calm, *[11] * 9], baseline=12)["signals"] == [19, 20]
    assert xmr([*calm, *[11] * 4, 10, *[11] * 4], baseline=12)["signals"] == []


def test_too_few_values_have_no_limits() -> None:
    assert xmr([]) == {"mean": None, "lo": None, "hi": None, "signals": []}
    assert xmr([3]) == {"mean": 3, "lo": None, "hi": None, "signals": []}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(-100, 100), min_size=2, max_size=40), st.integers(1, 20), st.integers(-50, 50))
def test_signals_know_no_unit(values: list[int], scale: int, shift: int) -> None:
    result, moved = xmr(values), xmr([scale * value + shift for value in values])
    assert result["lo"] is not None and result["mean"] is not None and moved["lo"] is not None
    assert result["lo"] <= result["mean"]
    assert moved["lo"] == pytest.approx(scale * result["lo"] + shift, abs=1e-6)
