"""Night shifts, clocks that change, days that differ, calendars that never work, and input that cannot be read."""

from datetime import UTC, datetime
from typing import Any

import pytest

from otklik.core.formulas import CalendarError, NoWorkingTime, WorkingTime, business_due, business_seconds

HOUR = 3600
NIGHT = {"tz": "UTC", "weekly": {"fri": [["22:00", "06:00"]]}, "exceptions": {}}
BERLIN_SUNDAYS: dict[str, Any] = {
    "tz": "Europe/Berlin",
    "weekly": {"sun": [["01:30", "03:30"]]},
    "exceptions": {},
}
NEVER: dict[str, Any] = {"tz": "UTC", "weekly": {}, "exceptions": {"2026-06-12": [["10:00", "12:00"]]}}


def test_a_night_shift_belongs_to_the_date_on_which_it_begins() -> None:
    closed_saturday = {**NIGHT, "exceptions": {"2026-06-13": []}}
    closed_friday = {**NIGHT, "exceptions": {"2026-06-12": []}}
    saturday = "2026-06-13T00:00Z", "2026-06-14T00:00Z"
    assert business_seconds(*saturday, NIGHT) == 6 * HOUR
    assert business_seconds(*saturday, closed_saturday) == 6 * HOUR
    assert business_seconds(*saturday, closed_friday) == 0


def test_a_night_shift_keeps_its_clock_time_over_business_days() -> None:
    nights = {**NIGHT, "weekly": {day: [["22:00", "06:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}}
    after = WorkingTime.of(nights).add_business_days("2026-06-13T03:00Z", 1)
    assert after == datetime(2026, 6, 16, 3, 0, tzinfo=UTC)


def test_windows_that_overlap_are_counted_once() -> None:
    calendar = {
        **NIGHT,
        "weekly": {"fri": [["20:00", "04:00"], ["22:00", "23:00"]], "sat": [["02:00", "08:00"]]},
    }
    assert business_seconds("2026-06-12T00:00Z", "2026-06-15T00:00Z", calendar) == 12 * HOUR


def test_a_whole_day_may_end_at_24_and_a_window_to_its_own_start_lasts_a_day() -> None:
    for windows in ([["00:00", "24:00"]], [["00:00", "00:00"]]):
        calendar = {**NIGHT, "weekly": {"fri": windows}}
        assert business_seconds("2026-06-11T00:00Z", "2026-06-15T00:00Z", calendar) == 24 * HOUR


def test_an_hour_that_the_clocks_skip_is_not_worked() -> None:
    assert business_seconds("2026-03-28T12:00Z", "2026-03-30T12:00Z", BERLIN_SUNDAYS) == 1 * HOUR


def test_an_hour_that_comes_twice_is_worked_twice() -> None:
    assert business_seconds("2026-10-24T12:00Z", "2026-10-26T12:00Z", BERLIN_SUNDAYS) == 3 * HOUR


def test_work_that_ends_at_closing_before_the_clocks_change() -> None:
    office = {"tz": "Europe/Berlin", "weekly": {"fri": [["09:00", "18:00"]]}, "exceptions": {}}
    friday = datetime.fromisoformat("2026-03-27T18:00+01:00")
    assert business_due("2026-03-27T16:00+01:00", 2 * HOUR, office) == friday
    assert WorkingTime.of(office).next_opening(friday) == datetime.fromisoformat("2026-04-03T09:00+02:00")


def test_moments_inside_the_repeated_hour_are_told_apart() -> None:
    first, second = "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00"
    assert business_seconds(first, second, BERLIN_SUNDAYS) == 1 * HOUR
    assert business_due(first, 1 * HOUR, BERLIN_SUNDAYS) == datetime.fromisoformat(second)


def test_clocks_that_change_by_half_an_hour() -> None:
    always = {"tz": "Australia/Lord_Howe", "weekly": {"sun": [["00:00", "24:00"]]}, "exceptions": {}}
    assert business_seconds("2026-10-03T00:00Z", "2026-10-05T00:00Z", always) == 23.5 * HOUR
    assert business_seconds("2026-04-04T00:00Z", "2026-04-06T00:00Z", always) == 24.5 * HOUR


def test_seconds_and_microseconds_are_kept() -> None:
    due = business_due("2026-06-12T22:00:00.250Z", 0.000001, NIGHT)
    assert due == datetime(2026, 6, 12, 22, 0, 0, 250001, tzinfo=UTC)
    assert business_seconds("2026-06-12T22:00:00.250Z", due, NIGHT) == 1e-6


def test_nothing_to_do_is_due_at_once_even_at_night() -> None:
    assert business_due("2026-06-10T03:00Z", 0, NIGHT) == datetime(2026, 6, 10, 3, 0, tzinfo=UTC)


def test_a_calendar_without_time_left_says_so() -> None:
    time = WorkingTime.of(NEVER)
    assert time.due("2026-06-01T00:00Z", 2 * HOUR) == datetime(2026, 6, 12, 12, 0, tzinfo=UTC)
    for ask in (
        lambda: time.due("2026-06-01T00:00Z", 2 * HOUR + 1),
        lambda: time.next_opening("2026-06-12T12:00Z"),
        lambda: time.subtract("2026-06-12T09:00Z", 1),
        lambda: time.add_business_days("2026-06-12T10:00Z", 1),
    ):
        with pytest.raises(NoWorkingTime, match="no working time left"):
            ask()


def test_a_length_beyond_all_calendars_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="no working time left"):
        business_due("2026-06-12T00:00Z", 1e15, NIGHT)


@pytest.mark.parametrize("seconds", [-1, float("nan"), float("inf")])
def test_a_length_must_be_a_length(seconds: float) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        business_due("2026-06-12T00:00Z", seconds, NIGHT)


def test_a_moment_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        business_seconds("2026-06-12T00:00", "2026-06-13T00:00Z", NIGHT)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"tz": "Mars/Olympus"}, "zone"),
        ({"tz": None}, "zone"),
        ({"weekly": {"monday": []}}, "weekday"),
        ({"weekly": [["09:00", "18:00"]]}, "table"),
        ({"weekly": {"mon": [["9", "18"]]}}, "time"),
        ({"weekly": {"mon": [["09:00", "24:01"]]}}, "time"),
        ({"weekly": {"mon": [["09:00", "18:00", "19:00"]]}}, "window"),
        ({"exceptions": {"2026-13-01": []}}, "date"),
        ({"exceptions": {"2026-06-12": None}}, "window"),
    ],
)
def test_a_calendar_that_cannot_be_read_says_what_is_wrong(change: dict[str, Any], code: str) -> None:
    with pytest.raises(CalendarError) as refusal:
        WorkingTime.of({**NIGHT, **change})
    assert refusal.value.code == code


def test_equal_calendars_are_compiled_once() -> None:
    assert WorkingTime.of(dict(NIGHT)) is WorkingTime.of({key: NIGHT[key] for key in reversed(NIGHT)})
    assert WorkingTime.of(WorkingTime.of(NIGHT)) is WorkingTime.of(NIGHT)
