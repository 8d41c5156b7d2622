"""Points before and after of the same people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.formulas import paired_gain

POINTS = st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=12)


def test_the_worked_example() -> None:
    assert paired_gain([60], [78])["normalised"] == pytest.approx(0.45)


def test_against_scipy() -> None:
    from scipy.stats import ttest_rel

    before, after = [52, 60, 66, 58, 71], [74, 78, 81, 70, 84]
    told, known = paired_gain(before, after), ttest_rel(after, before)
    bounds = known.confidence_interval(0.95)
    assert told["t"] == pytest.approx(known.statistic) and told["p"] == pytest.approx(known.pvalue)
    assert [told["lo"], told["hi"]] == pytest.approx([bounds.low, bounds.high])


def test_what_cannot_be_known() -> None:
    assert set(paired_gain([], []).values()) == {0, None}
    one = paired_gain([100], [100])
    assert (one["mean"], one["normalised"], one["t"], one["hedges_g"]) == (0, None, None, None)
    alike = paired_gain([50, 60, 70], [60, 70, 80])
    assert (alike["mean"], alike["t"], alike["p"]) == (10, None, None)
    assert alike["hedges_g"] == pytest.approx(4 / 7), "one standard deviation, corrected for two degrees of freedom"
    assert paired_gain([50, 60], [70, 75])["hedges_g"] is None
    with pytest.raises(ValueError, match="1"):
        paired_gain([1], [1, 2])


@given(POINTS)
def test_turned_round_it_is_the_opposite(pairs: list[tuple[int, int]]) -> None:
    before, after = [one for one, _ in pairs], [other for _, other in pairs]
    there, back = paired_gain(before, after), paired_gain(after, before)
    assert there["mean"] == pytest.approx(-(back["mean"] or 0))
    assert (there["hedges_g"] is None) == (back["hedges_g"] is None)
    if there["hedges_g"] is not None:
        assert there["hedges_g"] == pytest.approx(-(back["hedges_g"] or 0))
