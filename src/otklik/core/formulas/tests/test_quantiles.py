"""Quantiles of values that are known by how often each comes."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import percentile, percentile_of


@settings(deadline=None)
@given(st.lists(st.integers(0, 12), max_size=60), st.floats(0, 1))
def test_it_is_the_quantile_of_the_values_themselves(values: list[int], q: float) -> None:
    assert percentile_of(Counter(values), q) == pytest.approx(percentile(values, q))


def test_edges() -> None:
    assert percentile_of({}, 0.5) is None and percentile_of({3: 0}, 0.5) is None
    assert percentile_of({0: 4, 2: 1}, 0.95) == pytest.approx(1.6)
    assert percentile_of({7: 1}, 1) == 7
    with pytest.raises(ValueError, match="between 0 and 1"):
        percentile_of({1: 1}, 1.1)
    with pytest.raises(ValueError, match="less than never"):
        percentile_of({1: -1}, 0.5)
