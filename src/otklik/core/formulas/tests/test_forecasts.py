"""Forecasts: worked examples, series that are known, accuracy."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import forecast_accuracy, holt_winters_add, mase, seasonal_naive
from otklik.core.formulas.tests.shared import printed

WEEKS = [120, 100, 90, 95, 110, 60, 50, 124, 105, 92, 99, 113, 63, 51, 130, 107, 97, 101, 118, 64, 54]
shares = st.floats(0, 1)
seasons = st.lists(st.integers(-100, 100), min_size=1, max_size=7)


def test_W11_example() -> None:
    told = holt_winters_add(WEEKS, 7, 0.3, 0.05, 0.2, 7) or []
    assert [round(value, 1) for value in told] == [128.9, 108.2, 97.8, 103.2, 118.7, 68.2, 58.4]
    assert seasonal_naive(WEEKS, 7, 9) == [130, 107, 97, 101, 118, 64, 54, 130, 107]


@settings(deadline=None, max_examples=40)
@given(seasons, shares, shares, shares)
def test_a_season_that_repeats_goes_on(season: list[int], alpha: float, beta: float, gamma: float) -> None:
    told = holt_winters_add(season * 4, len(season), alpha, beta, gamma, 2 * len(season))
    assert told == pytest.approx(season * 2, abs=1e-6)


@settings(deadline=None, max_examples=40)
@given(seasons, st.integers(0, 20))
def test_as_before_repeats_the_last_season(season: list[int], h: int) -> None:
    told = seasonal_naive([0, *season], len(season), h) or []
    assert told == [season[step % len(season)] for step in range(h)]


@settings(deadline=None, max_examples=40)
@given(seasons, shares, shares, shares, st.integers(1, 50))
def test_a_forecast_knows_no_unit(season: list[int], alpha: float, beta: float, gamma: float, scale: int) -> None:
    series, m = season * 3, len(season)
    one = holt_winters_add(series, m, alpha, beta, gamma, 5) or []
    other = holt_winters_add([scale * value for value in series], m, alpha, beta, gamma, 5) or []
    assert other == pytest.approx([scale * value for value in one], rel=1e-6, abs=1e-6)


def test_too_short_a_series_says_nothing() -> None:
    assert holt_winters_add(WEEKS[:13], 7, 0.3, 0.05, 0.2, 7) is None
    assert seasonal_naive(WEEKS[:6], 7, 7) is None
    with pytest.raises(ValueError, match="alpha"):
        holt_winters_add(WEEKS, 7, 3, 0.05, 0.2, 7)
    with pytest.raises(ValueError, match="season"):
        seasonal_naive(WEEKS, 0, 7)


def test_W12_example() -> None:
    result = forecast_accuracy([100, 120, 80, 0, 40], [110, 105, 84, 3, 46])
    assert printed(result, 3, "wape", "bias") == [0.112, 0.024]
    assert round(0.8 / 25**0.5, 3) == 0.16


def test_mase_of_the_naive_forecast_is_one() -> None:
    train = [10, 20, 12, 24, 14, 28]
    assert mase(train, 2, [16, 32], seasonal_naive(train, 2, 2) or []) == pytest.approx(1)
    assert mase(train, 2, [16, 32], [16, 32]) == 0


def test_accuracy_of_nothing() -> None:
    assert forecast_accuracy([0, 0], [1, 2]) == forecast_accuracy([], []) == {"wape": None, "bias": None}
    assert mase([5, 5, 5], 1, [6], [5]) is None
    assert mase([5], 1, [6], [5]) is None
    assert mase([5, 6], 1, [], []) is None
    with pytest.raises(ValueError, match="do not go"):
        forecast_accuracy([1, 2], [1])
    with pytest.raises(ValueError, match="actual"):
        forecast_accuracy([-1], [1])
