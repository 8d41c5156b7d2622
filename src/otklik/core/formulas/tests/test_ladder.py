"""The ladder of forecasts: which method wins, what is cut, what the band promises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import (
    forecast_band,
    forecast_hours,
    forecast_ladder,
    holt_winters_add,
    seasonal_naive,
    usual_count,
)
from otklik.core.formulas.repeats import poisson_spike
from otklik.core.formulas.tests.test_forecasts import WEEKS

SEASON = [120, 100, 90, 95, 110, 60, 50]
counts = st.integers(0, 300)
series = st.lists(st.one_of(st.none(), counts), min_size=14, max_size=45)
pairs = st.lists(st.tuples(counts, counts), min_size=10, max_size=40)


def test_a_season_that_repeats_is_told_by_the_simplest() -> None:
    told = forecast_ladder(SEASON * 5, 7, 9)
    assert (told["method"], told["values"]) == ("naive", [*SEASON, *SEASON[:2]])
    assert len(told["tries"]) == sum(min(9, 21 - back) for back in range(21))


def test_noise_around_a_season_is_told_by_the_mean() -> None:
    """Weeks of ten more and ten less: the last one says nothing of the next."""
    noisy = [value + (10 if week % 2 else -10) for week in range(8) for value in SEASON]
    told = forecast_ladder(noisy, 7, 7)
    assert told["method"] == "mean" and told["values"] == SEASON


def test_growth_is_told_by_holt_and_winters() -> None:
    growing = [value + 12 * week for week in range(9) for value in SEASON]
    told = forecast_ladder(growing, 7, 7)
    assert told["method"] == "holt_winters"
    assert told["values"] == pytest.approx(holt_winters_add(growing, 7, 0.3, 0.05, 0.2, 7))


def test_the_example_of_W11_by_hand() -> None:
    """Three weeks: seven origins of a backtest; what is chosen is one of the three methods as they stand."""
    told = forecast_ladder(WEEKS, 7, 2)
    methods = {
        "naive": seasonal_naive(WEEKS, 7, 2),
        "mean": [374 / 3, 104],
        "holt_winters": holt_winters_add(WEEKS, 7, 0.3, 0.05, 0.2, 2),
    }
    assert told["method"] and told["values"] == pytest.approx(methods[told["method"]])


def test_holidays_are_cut() -> None:
    year_end: list[float | None] = [float(value) for value in SEASON * 6]
    year_end[-7], year_end[-14] = None, None
    assert forecast_ladder(year_end, 7, 1)["values"] == [SEASON[0]]
    assert forecast_ladder([None, *SEASON[1:], *SEASON * 4], 7, 7)["values"] == SEASON


def test_less_than_two_weeks_is_no_history() -> None:
    nothing: dict[str, object] = {"method": None, "values": [], "tries": []}
    assert forecast_ladder(SEASON + SEASON[:6], 7, 7) == nothing
    assert forecast_ladder([None] * 20, 7, 7) == nothing
    assert forecast_ladder(SEASON * 2, 7, 1) == {"method": "mean", "values": [120], "tries": []}
    assert forecast_hours([[1] * 24] * 13, 2)["method"] is None
    with pytest.raises(ValueError, match="season"):
        forecast_ladder(SEASON, 0, 1)
    with pytest.raises(ValueError, match="value"):
        forecast_ladder([-1, *SEASON * 3], 7, 1)


def test_a_band_by_hand() -> None:
    """Told 100 each time; 90 to 110 came: errors of −1 to 1 roots of 100, of which 80 % lie within ±0.8."""
    past = [(float(came), 100.0) for came in range(90, 111)]
    assert forecast_band(100, past) == pytest.approx({"lo": 92, "hi": 108})
    assert forecast_band(25, past) == pytest.approx({"lo": 21, "hi": 29}), "fewer come, less they spread"
    assert forecast_band(100, past[:9]) == {"lo": None, "hi": None}
    assert forecast_band(0, past)["lo"] == 0
    with pytest.raises(ValueError, match="level"):
        forecast_band(1, past, 1.0)
    with pytest.raises(ValueError, match="forecast"):
        forecast_band(-1, past)


@settings(deadline=None, max_examples=60)
@given(counts, pairs, st.floats(0.05, 0.5), st.floats(0.5, 0.99))
def test_a_band_holds_its_point_and_grows_with_its_level(
    point: int, past: list[tuple[int, int]], low: float, high: float
) -> None:
    narrow, wide = forecast_band(point, past, low), forecast_band(point, past, high)
    assert None not in (*narrow.values(), *wide.values())
    assert 0 <= wide["lo"] <= narrow["lo"] <= point <= narrow["hi"] <= wide["hi"]  # type: ignore[operator]


@settings(deadline=None, max_examples=40)
@given(series, st.integers(1, 7))
def test_whatever_came_what_is_told_is_no_less_than_nothing(y: list[float | None], h: int) -> None:
    told = forecast_ladder(y, 7, h)
    assert len(told["values"]) == (h if told["method"] else 0) and all(value >= 0 for value in told["values"])
    assert all(one["origin"] >= 14 for one in told["tries"]), "each try knew two weeks"


def test_hours_are_the_day_by_its_usual_shares() -> None:
    """A third at 9, two thirds at 15; nothing at night, where there is no band either way but zero."""
    day = [0.0] * 24
    day[9], day[15] = 10.0, 20.0
    told = forecast_hours([day] * 28, 2)
    assert told["days"] == [30, 30] and told["days_lo"] == [30, 30] == told["days_hi"]
    assert told["hours"][1] == pytest.approx(day) and told["lo"][0][3] == 0 == told["hi"][0][3]
    assert (told["day_wape"], told["day_bias"], told["hour_wape"]) == (0, 0, 0)


def test_to_which_side_and_against_the_week_before_by_hand() -> None:
    """A week of 10 a day, one of 20, and a day of 18 of which 20 was told, or of 16 of which 15 was: weeks differ by
    10.  A day that is cut has no such difference."""

    def day(n: float) -> list[float]:
        return [0.0] * 9 + [n] + [0.0] * 14

    weeks = [day(10)] * 7 + [day(20)] * 7
    over, under = forecast_hours([*weeks, day(18)], 1), forecast_hours([*weeks, day(16)], 1)
    assert [over[name] for name in ("day_wape", "day_bias", "day_mase")] == pytest.approx([2 / 18, 2 / 18, 0.2])
    assert [under[name] for name in ("day_wape", "day_bias", "day_mase")] == pytest.approx([1 / 16, -1 / 16, 0.1])
    assert forecast_hours([None, *weeks[1:], day(18)], 1)["day_mase"] == pytest.approx(0.2)
    assert forecast_hours([day(10)] * 15, 1)["day_mase"] is None, "weeks that do not differ are no measure"
    assert forecast_hours(weeks, 1)["day_mase"] is None, "nothing was tried yet"


def test_a_weekday_on_which_little_came_has_the_shape_of_all_days() -> None:
    """One request at 20 on the only Sunday that had any is no rule for Sundays."""
    usual, sunday, odd = ([0.0] * 24 for _each in range(3))
    usual[9], odd[20] = 30.0, 7.0
    told = forecast_hours([*([usual] * 6 + [sunday]) * 4, *[usual] * 6, odd, *[usual] * 6], 1)
    assert told["method"] and told["hours"][0][9] > 0.9 * told["days"][0]


@settings(deadline=None, max_examples=10)
@given(st.lists(st.integers(0, 9), min_size=27, max_size=34))
def test_hours_add_up_to_their_day(busy: list[int]) -> None:
    told = forecast_hours([[(many * hour) % 11 for hour in range(24)] for many in busy], 2)
    for hours, total, lo, hi in zip(told["hours"], told["days"], told["lo"], told["hi"], strict=True):
        assert sum(hours) == pytest.approx(total)
        assert all(a is not None and b is not None and a <= x <= b for a, x, b in zip(lo, hours, hi, strict=True))


def test_the_room_of_a_usual_count() -> None:
    """Q8: 3.2 an hour are usual; 11 is an alarm, 7 is not."""
    room = usual_count(3.2)
    assert room["lo"] == 0 and 7 < room["hi"] < 11
    assert usual_count(0) == {"lo": 0, "hi": 0}
    with pytest.raises(ValueError, match="usual"):
        usual_count(-1)


@settings(deadline=None, max_examples=60)
@given(st.floats(0.01, 5000), st.sampled_from([0.05, 0.001]))
def test_beyond_the_room_is_an_alarm_and_within_it_is_none(mu: float, p: float) -> None:
    room = usual_count(mu, p)
    lo, hi = int(room["lo"]), int(room["hi"])
    assert lo <= mu + 1 and mu - 1 <= hi
    assert poisson_spike(hi + 1, mu)["p"] <= p * 1.0001 and poisson_spike(hi, mu)["p"] >= p * 0.9999
    assert 1 - poisson_spike(lo + 1, mu)["p"] >= p * 0.9999 and 1 - poisson_spike(lo, mu)["p"] <= p * 1.0001
