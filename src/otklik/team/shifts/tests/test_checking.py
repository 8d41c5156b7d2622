"""Rules: each with its shift, by the kernel, over lines and weeks."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, Team, User
from otklik.team.shifts.checking import checked
from otklik.team.shifts.models import Rules, Week
from otklik.team.shifts.norms import norm, period_of
from otklik.team.shifts.tests.conftest import BEFORE, DAY, MONDAY, NIGHT, Plan, hours

pytestmark = pytest.mark.django_db

WEEK = MONDAY, MONDAY + timedelta(days=7)


def found(*people: User, first: date = WEEK[0], end: date = WEEK[1]) -> list[tuple[int, str]]:
    told = checked([one.pk for one in people], first, end).broken
    return sorted((one.shift.day.day, one.code) for some in told.values() for one in some)


def test_a_lawful_week_breaks_nothing(plan: Plan, anna: User) -> None:
    for day in range(8, 13):
        plan(anna, day)
    assert found(anna) == []


def test_each_rule_is_told_of_the_shift_that_breaks_it(plan: Plan, anna: User) -> None:
    plan(anna, 8, hours("09:00", "21:00"))
    plan(anna, 9, hours("07:00", "15:00", "11:00-12:00"))
    plan(anna, 9 + 1, hours("15:30", "23:00", "18:00-19:00"))
    plan(anna, 11, hours("00:30", "08:00", "04:00-05:00"))
    assert found(anna) == [
        (8, "LAW_108_BREAK"),
        (9, "POLICY_MIN_REST"),
        (11, "LAW_103_TWO_SHIFTS"),
        (11, "POLICY_MIN_REST"),
    ]


def test_seven_days_have_no_weekly_rest_and_neighbours_of_the_week_decide_too(plan: Plan, anna: User) -> None:
    for day in range(8, 15):
        plan(anna, day)
    assert (8, "LAW_110_WEEKLY_REST") in found(anna)
    plan(anna, 7, hours("20:00", "23:30"))
    assert (8, "POLICY_MIN_REST") in found(anna)


def test_the_setting_decides_how_much_rest_is_due(plan: Plan, anna: User) -> None:
    plan(anna, 8, hours("09:00", "21:00", "13:00-14:00"))
    plan(anna, 9, hours("08:00", "16:00", "12:00-13:00"))
    assert found(anna) == [(9, "POLICY_MIN_REST")]
    Rules(pk=1, rest_hours=11).save()
    assert found(anna) == []


def test_hours_over_the_norm_are_those_of_the_last_shifts(plan: Plan, anna: User) -> None:
    """June 2026 has 21 working days and one before a holiday: 167 hours, 21 shifts of 8 are 168."""
    working = [day for day in range(2, 31) if date(2026, 6, day).weekday() < 5]
    days = [*working, 6, 7][:21]
    for day in sorted(days):
        plan(anna, day)
    told = checked([anna.pk], date(2026, 6, 1), date(2026, 7, 1))
    assert sum(told.over.values()) == pytest.approx(1) and len(days) == 21
    over = [one for one in told.broken[anna.pk] if one.code == "LAW_91_OVER_NORM"]
    assert [one.shift.day.day for one in over] == [max(days)] and over[0].hours == pytest.approx(1)


def test_absence_takes_its_days_out_of_the_norm(plan: Plan, anna: User, boris: User) -> None:
    plan(anna, 8)
    with clock.at(BEFORE):
        Absence.objects.declare(
            anna,
            by=boris,
            since=datetime(2026, 6, 8, 21, tzinfo=UTC),
            until=datetime(2026, 6, 30, 21, tzinfo=UTC),
        )
    assert checked([anna.pk], *WEEK).over == {anna.shifts.get().pk: 0}
    assert norm(date(2026, 6, 1), date(2026, 7, 1), 40) == 167
    away = [(datetime(2026, 6, 1, 12, tzinfo=UTC), datetime(2026, 6, 4, tzinfo=UTC))]
    assert norm(date(2026, 6, 1), date(2026, 7, 1), 40, away) == 167 - 16


@pytest.mark.parametrize(
    ("months", "first", "end"), [(1, (2026, 12), (2027, 1)), (3, (2026, 10), (2027, 1)), (12, (2026, 1), (2027, 1))]
)
def test_accounting_periods(months: int, first: tuple[int, int], end: tuple[int, int]) -> None:
    assert period_of(date(2026, 12, 31), months) == (date(*first, 1), date(*end, 1))


def test_another_line_counts_as_well(plan: Plan, anna: User, line_two: Team) -> None:
    anna.appoint("agent", [*anna.teams.all(), line_two], by=None)
    plan(anna, 8, NIGHT)
    plan(anna, 9, DAY.__class__.of(DAY.starts.replace(hour=14), DAY.ends, []), on=line_two)
    assert (9, "POLICY_MIN_REST") in found(anna)


def test_people_cost_no_statements(
    plan: Plan, publish: Callable[..., Week], anna: User, ilya: User, boris: User, django_assert_num_queries
) -> None:
    for person in (anna, ilya, boris):
        plan(person, 8)
    with django_assert_num_queries(3):
        checked([anna.pk], *WEEK)
    with django_assert_num_queries(3):
        checked([anna.pk, ilya.pk, boris.pk], *WEEK)
