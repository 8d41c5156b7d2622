"""Dates offered by one press; it is Thursday 14 May 2026 in Moscow, the line works Mon-Fri 9 to 20."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from otklik.core.formulas.business_time import WorkingTime
from otklik.desk.tickets.presets import Hours, for_promise, for_putting_aside, for_waiting

MOSCOW, NOVOSIBIRSK = ZoneInfo("Europe/Moscow"), ZoneInfo("Asia/Novosibirsk")
WEEK = {day: [["09:00", "20:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
WORK = WorkingTime.of({"tz": "Europe/Moscow", "weekly": WEEK, "exceptions": {}})
ALWAYS = WorkingTime.of({"tz": "UTC", "weekly": {d: [["00:00", "24:00"]] for d in (*WEEK, "sat", "sun")}})
NEVER = WorkingTime.of({"tz": "UTC", "weekly": {}})
HERE = Hours(WORK, MOSCOW)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=MOSCOW)


def test_a_promise_is_for_today_then_for_the_next_noons() -> None:
    assert for_promise(at(14, 13), HERE) == [at(14, 20), at(15, 12), at(18, 12)]


def test_when_the_day_is_nearly_over_nothing_is_promised_for_today() -> None:
    assert for_promise(at(14, 19, 45), HERE) == [at(15, 12), at(18, 12)]


def test_after_the_day_the_first_date_is_the_noon_of_the_next_one() -> None:
    assert for_promise(at(15, 23), HERE)[0] == at(18, 12)


def test_a_client_in_the_east_is_not_promised_their_night() -> None:
    first = for_promise(at(14, 13), Hours(WORK, NOVOSIBIRSK))[0]

    assert first.astimezone(NOVOSIBIRSK).hour == 20


def test_a_silent_client_is_reminded_on_working_mornings() -> None:
    assert for_waiting(at(14, 13), HERE) == [at(15, 10), at(19, 10), at(21, 10)]


def test_putting_aside_offers_an_hour_the_evening_the_morning_monday_and_a_week() -> None:
    assert for_putting_aside(at(14, 13, 5), HERE) == [at(14, 14, 15), at(14, 17), at(15, 10), at(18, 10), at(21, 10)]


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(MOSCOW)),
    st.sampled_from([WORK, ALWAYS, NEVER]),
    st.sampled_from(["Europe/Moscow", "Asia/Novosibirsk", "America/Los_Angeles", "Asia/Kamchatka"]),
)
def test_whatever_the_hours_there_is_a_choice_and_all_of_it_lies_ahead(
    now: datetime, work: WorkingTime, zone: str
) -> None:
    for presets in (for_promise, for_waiting, for_putting_aside):
        dates = presets(now, Hours(work, ZoneInfo(zone)))
        assert dates and dates == sorted(set(dates))
        assert all(timedelta(0) < date - now < timedelta(days=20) for date in dates)
