"""The Labour Code over shifts: worked examples, each rule alone, the real production calendar."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import month_norm, night_hours, overtime, roster_check, roster_faults
from otklik.core.formulas.tests.shared import real

JUNE = ["2026-06-01", "2026-06-14"]
MONDAY = datetime(2026, 6, 1, tzinfo=UTC)


def shift(day: int, start: int, end: int, pause: float = 60) -> dict[str, Any]:
    """A shift of June in Moscow; an end not after its start is the next morning."""
    ends = day + (end <= start)
    return {"start": f"2026-06-{day:02}T{start:02}:00", "end": f"2026-06-{ends:02}T{end:02}:00", "break_min": pause}


TWO_ON_TWO_OFF = [shift(day, 9, 21) for day in (1, 2, 5, 6, 9, 10, 13, 14)]


def test_W10_example() -> None:
    result = roster_check(TWO_ON_TWO_OFF, JUNE, norm_hours=80)
    assert result == {
        "codes": ["LAW_91_OVER_NORM"],
        "hours": 88,
        "overtime": 8,
        "night_hours": 0,
        "bad_weeks": [],
    }
    assert night_hours("2026-06-01T20:00", "2026-06-02T08:00") == 8
    assert month_norm(21, 1) == 167


def test_without_a_norm_nothing_is_over_it() -> None:
    result = roster_check(TWO_ON_TWO_OFF, JUNE)
    assert (result["codes"], result["overtime"]) == ([], None)


@pytest.mark.parametrize(
    ("shifts", "codes"),
    [
        ([shift(1, 9, 18)], []),
        ([shift(1, 9, 18, pause=0)], ["LAW_108_BREAK"]),
        ([shift(1, 9, 18, pause=29)], ["LAW_108_BREAK"]),
        ([shift(1, 9, 18, pause=121)], ["LAW_108_BREAK"]),
        ([shift(1, 9, 13, pause=0)], []),
        ([shift(1, 9, 18), shift(1, 18, 3)], ["LAW_103_TWO_SHIFTS", "POLICY_MIN_REST"]),
        ([shift(1, 9, 18), shift(2, 5, 14)], ["POLICY_MIN_REST"]),
        ([shift(1, 9, 18), shift(2, 6, 15)], []),
        ([shift(day, 9, 18) for day in range(1, 8)], ["LAW_110_WEEKLY_REST"]),
    ],
)
def test_each_rule(shifts: list[dict[str, Any]], codes: list[str]) -> None:
    assert roster_check(shifts, JUNE)["codes"] == codes


def test_the_week_that_had_no_rest_is_named() -> None:
    assert roster_check([shift(day, 9, 18) for day in range(1, 15)], JUNE)["bad_weeks"] == ["2026-06-01", "2026-06-08"]


def test_a_rest_over_two_weeks_belongs_to_the_one_with_half_of_it() -> None:
    """From Saturday evening to Monday noon: 42 hours, 30 of them in the first week."""
    first = [shift(day, 9, 18) for day in range(1, 7)]
    second = [shift(8, 12, 18), *(shift(day, 9, 18) for day in range(9, 15))]
    assert roster_check([*first, *second], JUNE)["bad_weeks"] == ["2026-06-08"]


def test_neighbours_of_the_horizon_count_for_rest_alone() -> None:
    before = {"start": "2026-05-31T21:00", "end": "2026-06-01T06:00", "break_min": 60}
    result = roster_check([before, shift(1, 9, 18)], JUNE)
    assert (result["codes"], result["hours"]) == (["POLICY_MIN_REST"], 8)


def test_the_zone_decides_what_is_night() -> None:
    evening = "2026-06-01T20:00+00:00", "2026-06-02T04:00+00:00"
    assert night_hours(*evening, tz="Europe/Moscow") == 7
    assert night_hours(*evening, tz="UTC") == 6
    assert night_hours("2026-03-28T22:00", "2026-03-29T06:00", tz="Europe/Berlin") == 7


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 16)), max_size=12))
def test_hours_are_the_sum_and_nights_are_part_of_them(gaps: list[tuple[int, int]]) -> None:
    shifts, at = [], MONDAY
    for rest, length in gaps:
        start = at + timedelta(hours=rest)
        at = start + timedelta(hours=length)
        shifts.append({"start": start, "end": at})
    result = roster_check(shifts, [MONDAY, MONDAY + timedelta(days=60)], norm_hours=40, tz="UTC")
    assert result["hours"] == sum(length for _, length in gaps)
    assert result["overtime"] == max(0, result["hours"] - 40)
    assert 0 <= result["night_hours"] <= result["hours"]
    assert roster_check(reversed(shifts), [MONDAY, MONDAY + timedelta(days=60)], 40, tz="UTC") == result


def test_rosters_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="overlap"):
        roster_check([shift(1, 9, 18), shift(1, 17, 20)], JUNE)
    with pytest.raises(ValueError, match="with a break"):
        roster_check([shift(1, 9, 10, pause=90)], JUNE)
    with pytest.raises(ValueError, match="is before"):
        night_hours("2026-06-02T08:00", "2026-06-01T20:00")
    with pytest.raises(ValueError, match="before a holiday"):
        month_norm(1, 2)
    assert roster_check([], JUNE, 80)["codes"] == []


@pytest.mark.parametrize("path", real("vectors/ru_production_calendar.json"))
def test_norms_of_the_production_calendar(path: Any) -> None:
    for year in json.loads(path.read_text())["years"]:
        months = year["by_month"].values()
        for month in months:
            assert month_norm(month["working_days"], month["short_days"]) == month["hours_40"]
        assert sum(month_norm(month["working_days"], month["short_days"]) for month in months) == year["hours_40_week"]


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 16), st.sampled_from([0, 20, 60])), max_size=14))
def test_faults_are_the_codes_of_the_check_each_with_its_shift(gaps: list[tuple[int, int, int]]) -> None:
    shifts, at = [], MONDAY
    for rest, length, pause in gaps:
        start = at + timedelta(hours=rest)
        at = start + timedelta(hours=length)
        shifts.append({"start": start, "end": at, "break_min": pause})
    horizon = [MONDAY, MONDAY + timedelta(days=56)]
    faults = roster_faults(shifts, horizon, norm_hours=40, tz="UTC")
    checked = roster_check(shifts, horizon, norm_hours=40, tz="UTC")
    assert {fault.code for fault in faults} == set(checked["codes"])
    assert {fault.start for fault in faults} <= {shift["start"] for shift in shifts}
    over = sum(fault.hours for fault in faults if fault.code == "LAW_91_OVER_NORM")
    assert over == pytest.approx(checked["overtime"])


def test_overtime_is_that_of_the_last_shifts() -> None:
    assert overtime([8, 8, 8], 20) == [0, 0, 4]
    assert overtime([8, 8, 8], 6) == [2, 8, 8]
    assert overtime([], 0) == []
