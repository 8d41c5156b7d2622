"""Two samples, before and after: worked examples, other implementations, brute force."""

from itertools import product
from statistics import fmean, median, stdev
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from otklik.core.formulas import (
    fisher_exact,
    mann_whitney,
    mcnemar_exact,
    sample_size_prop,
    sample_size_two_prop,
    welch,
)
from otklik.core.formulas.tests.shared import printed

BEFORE, AFTER = [12, 15, 9, 30, 22, 41, 18], [8, 7, 14, 10, 21, 6, 11, 9]
small = st.lists(st.integers(-50, 50), min_size=1, max_size=12)
counts = st.integers(0, 12)


def test_S11_waiting_example() -> None:
    result = mann_whitney(BEFORE, AFTER)
    assert (result["u"], result["hl_shift"]) == (8.5, -8)
    assert printed(result, 3, "p") == [0.028]
    assert printed(result, 2, "cliffs_delta") == [-0.7]


@settings(deadline=None, max_examples=40)
@given(small, small)
def test_u_delta_and_shift_are_those_of_all_pairs(a: list[int], b: list[int]) -> None:
    result: Any = mann_whitney(a, b)
    pairs = [(later > earlier) + (later == earlier) / 2 for earlier, later in product(a, b)]
    assert result["u"] == pytest.approx(sum(pairs))
    assert result["cliffs_delta"] == pytest.approx(2 * fmean(pairs) - 1)
    assert result["hl_shift"] == median(later - earlier for earlier, later in product(a, b))


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9),
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9),
)
def test_the_shift_of_broken_numbers_is_one_of_their_differences(a: list[float], b: list[float]) -> None:
    expected = median(later - earlier for earlier, later in product(a, b))
    assert mann_whitney(a, b)["hl_shift"] == pytest.approx(expected, rel=1e-9, abs=1e-6)


def test_ten_thousand_a_side_need_no_table_of_pairs() -> None:
    first = [number % 977 for number in range(10_000)]
    assert mann_whitney(first, [value + 5 for value in first])["hl_shift"] == 5


@settings(deadline=None, max_examples=40)
@given(small, small)
def test_the_other_way_round_ranks_change_their_sign(a: list[int], b: list[int]) -> None:
    there, back = mann_whitney(a, b), mann_whitney(b, a)
    assert there["hl_shift"] == -(back["hl_shift"] or 0.0)
    assert there["cliffs_delta"] == pytest.approx(-(back["cliffs_delta"] or 0.0))
    assert there["p"] == pytest.approx(back["p"])


def test_ranks_of_nothing_and_of_one_value() -> None:
    assert set(mann_whitney([], [1]).values()) == {None}
    assert mann_whitney([4, 4], [4]) == {"u": 1, "p": None, "cliffs_delta": 0, "hl_shift": 0}


def test_S5_two_months_of_an_area_by_hand() -> None:
    """Means 8.1 and 8.4, sd 1.8 and 1.6, 40 and 50 answers: t = 0.3/√(1.8²/40 + 1.6²/50)."""
    a, b = _sample(8.1, 1.8, 40), _sample(8.4, 1.6, 50)
    result = welch(a, b)
    assert printed(result, 6, "diff") == [0.3]
    assert result["t"] == pytest.approx(0.3 / (1.8**2 / 40 + 1.6**2 / 50) ** 0.5)
    pooled = ((39 * 1.8**2 + 49 * 1.6**2) / 88) ** 0.5
    assert result["hedges_g"] == pytest.approx(0.3 / pooled * (1 - 3 / (4 * 88 - 1)))


def _sample(mean: float, spread: float, n: int) -> list[float]:
    values = [mean + step for step in range(n)]
    return [mean + (value - fmean(values)) * spread / stdev(values) for value in values]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.integers(0, 10), min_size=2, max_size=20).filter(lambda values: len(set(values)) > 1),
    st.lists(st.integers(0, 10), min_size=2, max_size=20),
)
def test_welch_is_that_of_scipy_and_agrees_with_its_interval(a: list[int], b: list[int]) -> None:
    there, back = welch(a, b), welch(b, a)
    assert there["lo"] is not None and there["hi"] is not None and there["p"] is not None and there["diff"] is not None
    test = stats.ttest_ind(b, a, equal_var=False) if len(set(b)) > 1 else None
    if test is not None:
        bounds = test.confidence_interval(0.95)
        assert [there[key] for key in ("t", "df", "p")] == pytest.approx([test.statistic, test.df, test.pvalue])
        assert (there["lo"], there["hi"]) == pytest.approx((bounds.low, bounds.high))
    assert there["lo"] <= there["diff"] <= there["hi"]
    if abs(there["p"] - 0.05) > 1e-9:
        assert (there["lo"] > 0 or there["hi"] < 0) == (there["p"] < 0.05)
    assert (back["diff"], back["hedges_g"]) == pytest.approx((-there["diff"], -(there["hedges_g"] or 0)))


def test_means_without_spread_have_no_test() -> None:
    assert welch([1, 1], [2, 2])["diff"] == 1
    assert welch([1, 1], [2, 2])["t"] is None
    assert welch([1], [2, 3])["p"] is None
    assert set(welch([], [1, 2]).values()) == {None}


def test_S11_mcnemar_example() -> None:
    assert printed(mcnemar_exact(18, 6), 3, "p") == [0.023]


@settings(deadline=None, max_examples=40)
@given(counts, counts)
def test_the_direction_of_a_change_does_not_matter_to_p(b: int, c: int) -> None:
    p = mcnemar_exact(b, c)["p"]
    assert p == mcnemar_exact(c, b)["p"]
    if p is not None:
        assert p == pytest.approx(min(1.0, 2 * float(stats.binom.cdf(min(b, c), b + c, 0.5))))


@settings(deadline=None, max_examples=40)
@given(counts, counts, counts, counts)
def test_fisher_by_summing_tables(a: int, b: int, c: int, d: int) -> None:
    p = fisher_exact(a, b, c, d)["p"]
    if p is None:
        assert not (a + b and c + d)
        return
    tables = stats.hypergeom(a + b + c + d, a + c, a + b)
    chances = [float(tables.pmf(k)) for k in range(a + c + 1)]
    assert p == pytest.approx(sum(chance for chance in chances if chance <= chances[a] * (1 + 1e-7)))


def test_the_lady_who_tasted_tea() -> None:
    assert fisher_exact(3, 1, 1, 3)["p"] == pytest.approx(0.4857, abs=1e-4)


@pytest.mark.parametrize("table", [(-1, 1, 1, 1), (1, 1, 1, -1)])
def test_negative_counts_are_refused(table: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="cannot be -1"):
        fisher_exact(*table)
    with pytest.raises(ValueError, match="cannot be -1"):
        mcnemar_exact(min(table), 3)


def test_nobody_changed() -> None:
    assert mcnemar_exact(0, 0) == fisher_exact(0, 0, 1, 2) == {"p": None}


def test_S11_sample_sizes_example() -> None:
    assert sample_size_two_prop(0.82, 0.9) == 295
    assert sample_size_prop(0.85, 0.05) == 196
    assert sample_size_prop(0.85, 0.05, population=600) == 148


def test_Q3_reviews_example() -> None:
    assert sample_size_prop(0.85, 0.1) == 49
    assert sample_size_prop(0.85, 0.1, population=120) == 35


@settings(deadline=None, max_examples=40)
@given(st.floats(0.01, 0.99), st.floats(0.01, 0.3), st.integers(1, 10_000))
def test_a_sample_is_no_larger_than_the_people_and_grows_as_the_margin_shrinks(
    p: float, margin: float, people: int
) -> None:
    assert 1 <= sample_size_prop(p, margin, population=people) <= people
    assert sample_size_prop(p, margin) <= sample_size_prop(p, margin / 2)
    assert sample_size_prop(p, margin) == sample_size_prop(1 - p, margin)


def test_sizes_that_do_not_exist() -> None:
    assert sample_size_two_prop(0.8, 0.8) is None
    assert sample_size_prop(1, 0.05) == sample_size_prop(1, 0.05, population=9) == 0
    with pytest.raises(ValueError, match="margin"):
        sample_size_prop(0.5, 0)
    with pytest.raises(ValueError, match="power"):
        sample_size_two_prop(0.5, 0.6, power=1)
    with pytest.raises(ValueError, match="share"):
        sample_size_two_prop(0.5, 1.6)
