"""What holds for business time in any calendar, zone and order of moments; the slow way agrees."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from otklik.core.formulas import NoWorkingTime, WorkingTime
from otklik.core.formulas.tests import stepper
from otklik.core.formulas.tests.calendars import any_moments, calendars, moments

MICRO = timedelta(microseconds=1)
lengths = st.floats(0.001, 3e6)


@settings(max_examples=150, deadline=None)
@given(calendars(), moments, st.integers(0, 1500))
def test_it_is_what_a_person_sees_who_looks_at_the_clock(calendar: dict[str, Any], start: datetime, steps: int) -> None:
    end = start + steps * stepper.STEP
    assert WorkingTime.of(calendar).seconds(start, end) == stepper.seconds(calendar, start, end)


@settings(max_examples=150, deadline=None)
@given(calendars(working=True), moments, st.integers(1, 300))
def test_a_due_moment_is_the_one_found_by_waiting(calendar: dict[str, Any], start: datetime, steps: int) -> None:
    wanted = steps * stepper.STEP.total_seconds()
    assert WorkingTime.of(calendar).due(start, wanted) == stepper.due(calendar, start, wanted)


@settings(deadline=None)
@given(calendars(), moments)
def test_open_means_that_the_clock_on_the_wall_shows_working_hours(calendar: dict[str, Any], at: datetime) -> None:
    assert WorkingTime.of(calendar).is_open(at) == stepper.is_open(calendar, at)


@settings(deadline=None)
@given(calendars(), any_moments, any_moments, any_moments)
def test_parts_add_up_in_any_order(calendar: dict[str, Any], a: datetime, b: datetime, c: datetime) -> None:
    seconds = WorkingTime.of(calendar).seconds
    assert abs(seconds(a, b) + seconds(b, c) - seconds(a, c)) < 1e-5
    assert seconds(a, b) == -seconds(b, a)


@settings(deadline=None)
@given(calendars(), any_moments, any_moments)
def test_no_more_is_worked_than_passes(calendar: dict[str, Any], a: datetime, b: datetime) -> None:
    a, b = sorted((a, b))
    assert 0 <= WorkingTime.of(calendar).seconds(a, b) <= (b - a).total_seconds()


@settings(deadline=None)
@given(calendars(working=True), any_moments, lengths)
def test_due_is_the_first_moment_by_which_the_time_is_worked(
    calendar: dict[str, Any], start: datetime, length: float
) -> None:
    time = WorkingTime.of(calendar)
    due = time.due(start, length)
    assert abs(time.seconds(start, due) - length) < 1e-5
    assert time.seconds(start, due - MICRO) < time.seconds(start, due)


@settings(deadline=None)
@given(calendars(), any_moments, any_moments)
def test_due_and_subtract_undo_seconds(calendar: dict[str, Any], a: datetime, b: datetime) -> None:
    a, b = sorted((a, b))
    time = WorkingTime.of(calendar)
    worked = time.seconds(a, b)
    assert a <= time.due(a, worked) <= b
    assert a <= time.subtract(b, worked) <= b


@settings(deadline=None)
@given(calendars(working=True), any_moments, lengths)
def test_subtract_is_the_last_moment_from_which_the_time_is_worked(
    calendar: dict[str, Any], end: datetime, length: float
) -> None:
    time = WorkingTime.of(calendar)
    start = time.subtract(end, length)
    assert abs(time.seconds(start, end) - length) < 1e-5
    assert time.seconds(start + MICRO, end) < time.seconds(start, end)


@settings(deadline=None)
@given(calendars(working=True), any_moments, lengths, lengths)
def test_more_work_is_never_due_earlier(calendar: dict[str, Any], start: datetime, one: float, two: float) -> None:
    time = WorkingTime.of(calendar)
    assert time.due(start, min(one, two)) <= time.due(start, max(one, two))


@settings(deadline=None)
@given(calendars(working=True), any_moments, any_moments, lengths)
def test_what_begins_earlier_is_never_due_later(
    calendar: dict[str, Any], a: datetime, b: datetime, length: float
) -> None:
    time = WorkingTime.of(calendar)
    assert time.due(min(a, b), length) <= time.due(max(a, b), length)


@settings(deadline=None)
@given(calendars(working=True), any_moments)
def test_the_next_opening_is_open_and_nothing_is_worked_before_it(calendar: dict[str, Any], at: datetime) -> None:
    time = WorkingTime.of(calendar)
    opening = time.next_opening(at)
    assert opening >= at
    assert time.is_open(opening)
    assert time.seconds(at, opening) == 0
    assert (opening == at) == time.is_open(at)


@settings(deadline=None)
@given(calendars(), any_moments, lengths)
def test_a_calendar_either_answers_or_says_that_no_time_is_left(
    calendar: dict[str, Any], start: datetime, length: float
) -> None:
    assume(not any(calendar["weekly"].values()))
    time = WorkingTime.of(calendar)
    try:
        due = time.due(start, length)
    except NoWorkingTime:
        assert time.seconds(start, "2100-01-01T00:00Z") < length + 1e-5
    else:
        assert abs(time.seconds(start, due) - length) < 1e-5


@settings(deadline=None)
@given(calendars(working=True), any_moments, st.integers(0, 40), st.integers(0, 40))
def test_business_days_add_up_and_end_in_working_hours(
    calendar: dict[str, Any], start: datetime, one: int, two: int
) -> None:
    calendar = {**calendar, "tz": "UTC"}
    time = WorkingTime.of(calendar)
    both = time.add_business_days(start, one + two)
    assert time.is_open(both) or time.is_open(both - MICRO)
    assert time.add_business_days(start, one) <= both
