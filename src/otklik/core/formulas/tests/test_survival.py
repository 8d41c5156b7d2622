"""Curves of those who stay: worked example, another implementation, areas by hand."""

from collections import Counter
from contextlib import suppress
from itertools import pairwise
from math import isnan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from otklik.core.formulas import (
    kaplan_meier,
    log_rank,
    median_survival,
    restricted_mean,
    rmst,
    rmst_diff,
    survival_interval,
    survival_of_counts,
)
from otklik.core.formulas.tests.shared import printed

AGES = [1, 2, 2, 3, 5, 6, 6, 8, 9, 12, 12, 12]
LEFT = [1, 1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0]
histories = st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=40)


def test_L6_example() -> None:
    rows = {row["t"]: row for row in kaplan_meier(AGES, LEFT)}
    assert list(rows) == [1, 2, 3, 5, 6, 8]
    assert rows[6]["S"] == pytest.approx(0.556, abs=5e-4)
    assert rows[6]["se"] == pytest.approx(0.149, abs=5e-4)
    assert rows[8]["S"] == pytest.approx(0.444, abs=5e-4)
    assert rmst(AGES, LEFT, 12) == pytest.approx(7.77, abs=5e-3)
    assert min(age for age, row in rows.items() if row["S"] <= 0.5) == 8


def test_L9_example() -> None:
    """7.8 months (SE 1.2) to 9.1 (SE 1.0): +1.3, from -1.8 to 4.4, which proves nothing."""
    longer = rmst_diff({"value": 7.8, "se": 1.2}, {"value": 9.1, "se": 1.0})
    assert printed(longer, 1, "diff", "lo", "hi") == [1.3, -1.8, 4.4]


def test_the_same_clients_stay_no_longer_than_they_do() -> None:
    kept = restricted_mean(kaplan_meier(AGES, LEFT), max(AGES), 12)
    assert kept is not None
    longer = rmst_diff(kept, kept)
    assert longer["diff"] == 0
    assert longer["hi"] == -longer["lo"] == pytest.approx(1.96 * sqrt(2) * kept["se"], rel=1e-4)


@settings(deadline=None, max_examples=40)
@given(histories)
def test_the_curve_is_that_of_scipy(history: list[tuple[int, bool]]) -> None:
    ages, left = [age for age, _ in history], [gone for _, gone in history]
    rows = kaplan_meier(ages, left)
    censored = stats.CensoredData(
        uncensored=[age for age, gone in history if gone],
        right=[age for age, gone in history if not gone],
    )
    if not any(left):
        assert rows == []
        return
    curve = stats.ecdf(censored).sf
    assert [row["S"] for row in rows] == pytest.approx(list(curve.evaluate([row["t"] for row in rows])))


def counted(history: list[tuple[int, bool]]) -> tuple[dict[float, int], dict[float, int]]:
    left, still = (Counter(float(age) for age, gone in history if gone == of) for of in (True, False))
    return left, still


@settings(deadline=None, max_examples=40)
@given(histories, histories)
def test_the_test_of_two_curves_is_that_of_scipy(one: list[tuple[int, bool]], other: list[tuple[int, bool]]) -> None:
    p = log_rank(counted(one), counted(other))
    censored = [
        stats.CensoredData(
            uncensored=[age for age, gone in some if gone], right=[age for age, gone in some if not gone]
        )
        for some in (one, other)
    ]
    with suppress(ZeroDivisionError), np.errstate(all="ignore"):
        theirs = stats.logrank(*censored).pvalue
        assert p is None if isnan(theirs) else p == pytest.approx(theirs)
    assert p == log_rank(counted(other), counted(one)) or p == pytest.approx(log_rank(counted(other), counted(one)))


@settings(deadline=None, max_examples=40)
@given(histories)
def test_a_curve_falls_and_its_area_fits_under_the_horizon(history: list[tuple[int, bool]]) -> None:
    ages, left = [age for age, _ in history], [gone for _, gone in history]
    shares = [1.0, *(row["S"] for row in kaplan_meier(ages, left))]
    assert all(later < earlier for earlier, later in pairwise(shares))
    horizon = max(ages)
    area = rmst(ages, left, horizon)
    assert area is not None
    assert min(ages) - 1e-9 <= area <= horizon + 1e-9


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=40))
def test_when_everybody_has_left_the_area_is_the_mean(ages: list[int]) -> None:
    assert rmst(ages, [1] * len(ages), 100) == pytest.approx(sum(ages) / len(ages))


def test_beyond_what_was_observed_nothing_is_known() -> None:
    assert rmst([3, 5], [1, 0], 12) is None
    assert rmst([3, 5], [1, 0], 5) == 4
    assert rmst([3, 5], [1, 1], 12) == 4
    assert rmst([], [], 12) is None
    assert kaplan_meier([], []) == []


def test_the_last_one_to_leave_has_no_error() -> None:
    assert kaplan_meier([4], [1]) == [{"t": 4, "n": 1, "d": 1, "S": 0, "se": None}]


def test_the_median_is_known_once_half_have_left() -> None:
    assert median_survival(kaplan_meier(AGES, LEFT)) == 8
    assert median_survival(kaplan_meier([3, 5, 6], [1, 0, 0])) is None
    assert median_survival([]) is None
    assert median_survival(kaplan_meier(range(20, 44), [1] * 24)) == 31, "twelve of 24 have left, whatever is rounded"


@settings(deadline=None, max_examples=40)
@given(histories)
def test_counts_say_what_the_single_histories_do(history: list[tuple[int, bool]]) -> None:
    left: dict[float, int] = {}
    still: dict[float, int] = {}
    for age, gone in history:
        counts = left if gone else still
        counts[age] = counts.get(age, 0) + 1
    assert survival_of_counts(left, still) == kaplan_meier(*zip(*history, strict=True))


@settings(deadline=None, max_examples=40)
@given(histories)
def test_an_interval_holds_its_share_and_stays_between_nobody_and_all(history: list[tuple[int, bool]]) -> None:
    for row in kaplan_meier(*zip(*history, strict=True)):
        interval = survival_interval(row)
        assert (interval is None) == (row["se"] is None or row["S"] == 0)
        if interval is not None:
            assert 0 <= interval[0] < row["S"] < interval[1] <= 1


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 40), min_size=2, max_size=40))
def test_where_nobody_is_censored_the_error_of_the_area_is_that_of_the_mean(ages: list[int]) -> None:
    mean = sum(ages) / len(ages)
    spread = sqrt(sum((age - mean) ** 2 for age in ages)) / len(ages)
    found = restricted_mean(kaplan_meier(ages, [1] * len(ages)), max(ages), 100)
    assert found is not None
    assert found["value"] == pytest.approx(mean) and found["se"] == pytest.approx(spread, abs=1e-9)


@pytest.mark.parametrize("counts", [{-1: 2}, {3: -2}])
def test_bad_counts_are_refused(counts: dict[float, int]) -> None:
    with pytest.raises(ValueError, match=r"duration|count"):
        survival_of_counts(counts, {})


@pytest.mark.parametrize(("ages", "left"), [([-1], [1]), ([1, 2], [1])])
def test_bad_histories_are_refused(ages: list[int], left: list[int]) -> None:
    with pytest.raises(ValueError, match=r"duration|do not go"):
        kaplan_meier(ages, left)
