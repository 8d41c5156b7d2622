"""Which date is the nearest: no clock pauses, and nothing open is without one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.care.complaints.clocks import Dates, business_end, legal_end, nearest, running
from otklik.care.complaints.states import BEFORE_ANSWER, Due, State
from otklik.core.formulas import WorkingTime

MOSCOW = ZoneInfo("Europe/Moscow")
CAME = datetime(2026, 3, 6, 14, tzinfo=MOSCOW)  # a Friday
OFFICE = {
    "tz": "Europe/Moscow",
    "weekly": {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "exceptions": {"2026-03-09": []},
}
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


def test_one_business_day_ends_after_the_holiday() -> None:
    assert business_end(CAME, 1, WorkingTime.of(OFFICE)) == datetime(2026, 3, 10, 14, tzinfo=MOSCOW)


def test_the_legal_term_counts_every_day_and_ends_at_midnight() -> None:
    assert legal_end(CAME, 10, MOSCOW) == datetime(2026, 3, 16, 23, 59, 59, tzinfo=MOSCOW)
    late = datetime(2026, 3, 6, 22, 30, tzinfo=UTC)  # half past one of the seventh in Moscow
    assert legal_end(late, 10, MOSCOW) == datetime(2026, 3, 17, 23, 59, 59, tzinfo=MOSCOW)


@given(moments, st.integers(1, 365))
def test_the_legal_term_is_never_shorter_than_its_days(came: datetime, days: int) -> None:
    end = legal_end(came, days, MOSCOW)
    assert timedelta(days=days) <= end - came.astimezone(MOSCOW) < timedelta(days=days + 1)


@given(
    st.sampled_from(State),
    *(moments for _each in range(6)),
    st.booleans(),
    st.lists(st.tuples(moments, moments), max_size=3),
)
def test_whatever_is_open_has_a_nearest_date_that_is_the_least(
    state, came, ack, legal, progress, step, check, answered, measures
) -> None:
    dates = Dates(
        state,
        received_at=came,
        ack_due=ack,
        legal_due=legal,
        progress_due=progress,
        answered_at=came if answered and state not in BEFORE_ANSWER else None,
        step_due=step,
        check_at=check,
        measures=tuple(measures),
    )
    found = nearest(dates)
    if state == State.CLOSED:
        assert found is None
    else:
        assert found is not None and found.until == min(clock.until for clock in running(dates))
        assert found.soon_at <= max(found.until, found.since)


@pytest.mark.parametrize("state", BEFORE_ANSWER)
def test_the_legal_clock_runs_in_every_stage_before_the_answer(state: str) -> None:
    dates = Dates(state, CAME, CAME, CAME + timedelta(days=10))
    assert Due.LEGAL in {clock.due for clock in running(dates)}


def test_half_of_a_term_is_soon_and_three_days_before_a_check() -> None:
    legal = nearest(Dates(State.ASSESSED, CAME, CAME, CAME + timedelta(days=10)))
    assert legal and legal.soon_at == CAME + timedelta(days=5)
    check = nearest(Dates(State.CHECKING, CAME, CAME, CAME, turned_at=CAME, check_at=CAME + timedelta(days=30)))
    assert check and check.soon_at == CAME + timedelta(days=27)
