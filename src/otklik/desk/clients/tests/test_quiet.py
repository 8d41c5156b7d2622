"""When somebody is left alone: calendars, nights, moved clocks, caps; nothing is allowed too early or too late."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.desk.clients.models import ContactPolicy
from otklik.desk.clients.policy import Cap, Known, decide
from otklik.desk.clients.purposes import OWED, Held, Purpose
from otklik.desk.clients.quiet import Quiet

ZONES = [ZoneInfo(name) for name in ("Europe/Moscow", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")]
BERLIN = ZoneInfo("Europe/Berlin")
MOSCOW = ZoneInfo("Europe/Moscow")
HELD_BACK = sorted(set(Purpose) - OWED - {Purpose.MARKETING})

days = st.dates(date(2026, 3, 1), date(2026, 4, 30)) | st.dates(date(2026, 9, 25), date(2026, 11, 10))
moments = st.datetimes(datetime(2026, 3, 20), datetime(2026, 11, 5)).map(lambda one: one.replace(tzinfo=UTC))
minutes = st.times().map(lambda one: one.replace(second=0, microsecond=0))
hours = st.tuples(minutes, minutes).filter(lambda two: two[0] != two[1])


@st.composite
def quiets(draw: st.DrawFn) -> Quiet:
    first, last = draw(hours) if draw(st.booleans()) else (None, None)
    from_day, to_day = draw(st.tuples(st.integers(1, 31), st.integers(1, 31))) if draw(st.booleans()) else (None, None)
    starts = draw(st.none() | days)
    return Quiet(
        draw(st.sampled_from(ZONES)),
        starts_on=starts,
        ends_on=starts + timedelta(days=draw(st.integers(0, 9))) if starts else None,
        month_from=from_day,
        month_until=to_day,
        weekdays=tuple(sorted(draw(st.sets(st.integers(1, 7), max_size=4)))),
        hours_from=first,
        hours_until=last,
    )


@st.composite
def knowns(draw: st.DrawFn) -> Known:
    told = draw(st.lists(st.tuples(st.sampled_from(HELD_BACK), moments, st.booleans()), max_size=6))
    return Known(
        draw(st.sampled_from(ZONES)),
        reach_hours=draw(st.none() | hours),
        quiet=tuple((draw(st.sampled_from(Held)), one, "") for one in draw(st.lists(quiets(), max_size=3))),
        told=tuple(told),
        policy=ContactPolicy(survey_days=draw(st.integers(1, 60)), notices_a_day=draw(st.integers(1, 3))),
    )


@settings(deadline=None, max_examples=150)
@given(quiets(), moments)
def test_an_end_is_the_first_moment_that_is_not_quiet(quiet: Quiet, at: datetime) -> None:
    end = quiet.ends(at)

    if end is None:
        assert quiet.holds(at)
        return
    assert end > at and not quiet.holds(end)
    if quiet.holds(at):
        step = max(timedelta(minutes=1), (end - at) / 500)
        inside = [at + step * number for number in range(int((end - at) / step))]
        assert all(quiet.holds(one) for one in [*inside, end - timedelta(microseconds=1)])


@settings(deadline=None, max_examples=150)
@given(knowns(), st.sampled_from(HELD_BACK), moments)
def test_nothing_is_allowed_inside_of_a_quiet_period(known: Known, purpose: Purpose, at: datetime) -> None:
    decision = decide(known, purpose, "email", at)

    here = [quiet for held, quiet, _why in known.quiet if held.covers(purpose, "email") and quiet.holds(at)]
    assert not (decision.allowed and here)
    assert decision.allowed or decision.why is not None


@settings(deadline=None, max_examples=150)
@given(knowns(), st.sampled_from(HELD_BACK), moments)
def test_not_before_is_the_earliest_allowed_moment(known: Known, purpose: Purpose, at: datetime) -> None:
    decision = decide(known, purpose, "email", at)

    if decision.allowed or decision.not_before is None:
        return
    until = decision.not_before
    assert until > at and decide(known, purpose, "email", until).allowed
    step = max(timedelta(minutes=7), (until - at) / 60)
    for number in range(int((until - at) / step)):
        assert not decide(known, purpose, "email", at + step * number).allowed
    assert not decide(known, purpose, "email", until - timedelta(microseconds=1)).allowed


@settings(deadline=None, max_examples=100)
@given(knowns(), quiets(), st.sampled_from(Held), st.sampled_from(HELD_BACK), moments)
def test_more_restrictions_never_allow_more(
    known: Known, quiet: Quiet, held: Held, purpose: Purpose, at: datetime
) -> None:
    less = decide(known, purpose, "email", at)
    more = decide(replace(known, quiet=(*known.quiet, (held, quiet, ""))), purpose, "email", at)

    assert less.allowed or not more.allowed
    if less.not_before and more.not_before:
        assert more.not_before >= less.not_before


@given(knowns(), st.sampled_from(sorted(OWED)), moments)
def test_what_is_owed_is_never_held_back(known: Known, purpose: Purpose, at: datetime) -> None:
    assert decide(known, purpose, "email", at).allowed


def test_what_holds_back_more_covers_all_that_less_does() -> None:
    for less, more in pairwise([Held.QUESTIONS, Held.NOTICES, Held.ALL]):
        assert all(more.covers(one, "email") for one in Purpose if less.covers(one, "email"))


@pytest.mark.parametrize(
    ("at", "ends"),
    [
        (datetime(2026, 3, 29, 0, 0, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),  # 2:30 is left out that day
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # 2:30 comes twice
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),  # quiet once more
    ],
)
def test_moved_clocks_are_met_to_the_minute(at: datetime, ends: datetime) -> None:
    quiet = Quiet(BERLIN, hours_from=time(1, 0), hours_until=time(2, 30))

    assert quiet.holds(at) and quiet.ends(at) == ends


@pytest.mark.parametrize(
    ("day", "is_quiet"),
    [(date(2026, 11, 24), False), (date(2026, 11, 25), True), (date(2027, 2, 28), True), (date(2027, 3, 1), False)],
)
def test_the_end_of_every_month(day: date, is_quiet: bool) -> None:
    quiet = Quiet(MOSCOW, month_from=25, month_until=31)

    assert quiet.holds(datetime.combine(day, time(12), MOSCOW)) is is_quiet


def test_days_go_over_the_end_of_the_month_and_hours_over_midnight() -> None:
    month = Quiet(MOSCOW, month_from=28, month_until=3)
    night = Quiet(MOSCOW, hours_from=time(22), hours_until=time(8))

    assert month.ends(datetime(2026, 11, 29, 12, tzinfo=MOSCOW)) == datetime(2026, 12, 4, tzinfo=MOSCOW)
    assert night.ends(datetime(2026, 11, 29, 23, tzinfo=MOSCOW)) == datetime(2026, 11, 30, 8, tzinfo=MOSCOW)


def test_a_cap_ends_when_the_oldest_that_counts_is_old_enough() -> None:
    at = datetime(2026, 11, 28, 12, tzinfo=UTC)
    cap = Cap((at - timedelta(days=20), at - timedelta(days=5)), 1, timedelta(days=30))

    assert cap.holds(at) and cap.ends(at) == at + timedelta(days=25)
    assert not cap.holds(at + timedelta(days=25))


def test_nobody_is_asked_where_none_may_be_sent() -> None:
    known = Known(MOSCOW, policy=ContactPolicy(surveys_of_person=0))

    decision = decide(known, Purpose.SURVEY, "email", datetime(2026, 11, 28, 12, tzinfo=UTC))

    assert not decision.allowed and decision.not_before is None


def test_PRIVACY_2_offers_go_to_those_who_agreed_and_a_no_ends_each_kind() -> None:
    at = datetime(2026, 11, 28, 12, tzinfo=UTC)

    def may(purpose: Purpose, **agreed: bool) -> bool:
        return decide(Known(MOSCOW, agreed=agreed), purpose, "email", at).allowed

    assert not may(Purpose.MARKETING) and may(Purpose.MARKETING, marketing=True)
    assert may(Purpose.SURVEY) and not may(Purpose.SURVEY, surveys=False)
    assert may(Purpose.NOTICE, surveys=False) and not may(Purpose.REMINDER, service=False)
