"""When a report is due, by the wall clock of its owner."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from otklik.team.reports.moments import Days, Every, Rhythm

MOSCOW, BERLIN = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Berlin")
rhythms = st.builds(
    Rhythm,
    every=st.sampled_from(list(Every)),
    weekday=st.integers(1, 7),
    hour=st.integers(0, 23),
    zone=st.sampled_from([MOSCOW, BERLIN, ZoneInfo("America/Sao_Paulo"), ZoneInfo("Pacific/Kiritimati")]),
    is_working=st.just(lambda day: day.isoweekday() < 6),
)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


@given(rhythms, moments)
def test_the_next_is_later_the_latest_is_not_and_none_lies_between(rhythm: Rhythm, now: datetime) -> None:
    later, latest = rhythm.after(now), rhythm.latest(now)
    assert later and latest and latest <= now < later
    assert rhythm.after(latest) == later and rhythm.latest(later) == later
    assert later.astimezone(rhythm.zone).hour == rhythm.hour or later.utcoffset() != latest.utcoffset()


@given(rhythms, moments)
def test_what_is_told_is_over(rhythm: Rhythm, now: datetime) -> None:
    days = rhythm.days(now)
    assert days.first <= days.last < now.astimezone(rhythm.zone).date()


def test_a_weekly_one_tells_of_the_seven_days_before() -> None:
    rhythm = Rhythm(Every.WEEK, 1, 9, MOSCOW)
    monday = datetime(2026, 11, 30, 9, tzinfo=MOSCOW)
    assert rhythm.latest(monday) == monday and rhythm.after(monday) == monday + timedelta(weeks=1)
    assert rhythm.days(monday) == Days(date(2026, 11, 23), date(2026, 11, 29))


def test_a_monthly_one_tells_of_the_month_before() -> None:
    rhythm = Rhythm(Every.MONTH, 1, 8, MOSCOW)
    assert rhythm.after(datetime(2026, 12, 2, tzinfo=MOSCOW)) == datetime(2027, 1, 1, 8, tzinfo=MOSCOW)
    assert rhythm.days(datetime(2026, 3, 1, 8, tzinfo=MOSCOW)) == Days(date(2026, 2, 1), date(2026, 2, 28))


def test_a_daily_one_leaves_out_days_without_work_and_has_none_without_any() -> None:
    friday = datetime(2026, 11, 27, 9, tzinfo=MOSCOW)
    rhythm = Rhythm(Every.DAY, 1, 9, MOSCOW, lambda day: day.isoweekday() < 6)
    assert rhythm.after(friday) == datetime(2026, 11, 30, 9, tzinfo=MOSCOW)
    assert Rhythm(Every.DAY, 1, 9, MOSCOW, lambda day: False).after(friday) is None


def test_the_clock_on_the_wall_stays_when_clocks_turn() -> None:
    rhythm = Rhythm(Every.WEEK, 1, 9, BERLIN)
    before = datetime(2026, 10, 19, 9, tzinfo=BERLIN)
    after = rhythm.after(before)
    assert after and after.hour == 9 and after.astimezone(UTC) - before.astimezone(UTC) == timedelta(days=7, hours=1)
