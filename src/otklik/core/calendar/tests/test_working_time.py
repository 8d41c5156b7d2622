"""A calendar row answers questions about working time, and every process sees its changes."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from otklik.core.calendar.models import BusinessCalendar, CalendarException

pytestmark = pytest.mark.django_db

THURSDAY = datetime(2026, 6, 11, 13, 0, tzinfo=UTC)
HOURS = 3600


@pytest.fixture
def office() -> BusinessCalendar:
    return BusinessCalendar.objects.create(name="Office")


def test_a_new_calendar_has_office_hours_in_moscow(office: BusinessCalendar) -> None:
    assert office.working_time().due(THURSDAY, 4 * HOURS) == datetime(2026, 6, 12, 8, 0, tzinfo=UTC)


def test_a_short_day_and_a_holiday_move_the_due_moment_over_the_weekend(office: BusinessCalendar) -> None:
    office.open_on(date(2026, 6, 11), [["09:00", "17:00"]], "eve")
    office.close_on(date(2026, 6, 12), "Russia Day")
    assert office.working_time().due(THURSDAY, 4 * HOURS) == datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


def test_asking_again_costs_no_query(
    office: BusinessCalendar, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office.working_time()
    known = BusinessCalendar.objects.get(pk=office.pk)
    with django_assert_num_queries(0):
        assert known.working_time() is office.working_time()


def test_another_process_sees_every_kind_of_change(office: BusinessCalendar) -> None:
    def seen_elsewhere() -> float:
        hours = BusinessCalendar.objects.get(pk=office.pk).working_time()
        return hours.seconds("2026-06-12T00:00+03:00", "2026-06-13T00:00+03:00") / HOURS

    assert seen_elsewhere() == 9
    office.close_on(date(2026, 6, 12))
    assert seen_elsewhere() == 0
    office.open_on(date(2026, 6, 12), [["10:00", "12:00"]])
    assert seen_elsewhere() == 2
    office.follow_week_on(date(2026, 6, 12))
    assert seen_elsewhere() == 9
    office.weekly = {"fri": [["09:00", "10:00"]]}
    office.save(update_fields=["weekly"])
    assert seen_elsewhere() == 1
    BusinessCalendar.objects.filter(pk=office.pk).update(weekly={"fri": [["09:00", "13:00"]]})
    assert seen_elsewhere() == 4


def test_a_change_that_was_rolled_back_leaves_no_trace(office: BusinessCalendar) -> None:
    def change(windows: list[list[str]], *, fails: bool = False) -> float:
        with transaction.atomic():
            office.open_on(date(2026, 6, 12), windows)
            fresh = BusinessCalendar.objects.get(pk=office.pk).working_time()
            if fails:
                raise KeyError(fresh.is_open("2026-06-12T10:30+03:00"))
        return fresh.seconds("2026-06-12T00:00+03:00", "2026-06-13T00:00+03:00") / HOURS

    with pytest.raises(KeyError, match="True"):
        change([["10:00", "11:00"]], fails=True)
    assert change([["10:00", "16:00"]]) == 6


def test_only_one_calendar_is_the_default(office: BusinessCalendar) -> None:
    office.make_default()
    night = BusinessCalendar.objects.create(name="Night")
    with pytest.raises(IntegrityError), transaction.atomic():
        BusinessCalendar.objects.filter(pk=night.pk).update(is_default=True)
    night.make_default()
    assert BusinessCalendar.objects.default() == night


def test_a_date_has_one_exception(office: BusinessCalendar) -> None:
    office.close_on(date(2026, 6, 12))
    with pytest.raises(ValidationError, match=r"already in the calendar|уже есть в календаре"):
        CalendarException(calendar=office, date=date(2026, 6, 12)).full_clean()
