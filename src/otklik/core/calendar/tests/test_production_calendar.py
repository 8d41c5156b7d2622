"""Russia's production calendar: hours of every month as published, moved days, short days, corrections by hand."""

import json
import os
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from otklik.core.calendar.hours import shortened
from otklik.core.calendar.models import BusinessCalendar
from otklik.core.calendar.russia import production_year

SHARED = Path(os.environ.get("OTKLIK_SHARED") or Path(__file__).parents[6] / "shared")
VECTORS = SHARED / "data/vectors/ru_production_calendar.json"
published = pytest.mark.skipif(not VECTORS.exists(), reason=f"no published calendars: {VECTORS} is absent")
EIGHT_HOURS = {day: [["09:00", "13:00"], ["14:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def years() -> list[Any]:
    return json.loads(VECTORS.read_text())["years"] if VECTORS.exists() else [{"year": 0}]


@pytest.fixture
def office(db: None) -> BusinessCalendar:
    return BusinessCalendar.objects.create(name="Office", weekly=EIGHT_HOURS)


@published
@pytest.mark.parametrize("year", years(), ids=lambda year: str(year["year"]))
def test_days_off_moved_and_short_days_are_those_of_the_government(year: dict[str, Any]) -> None:
    days = production_year(year["year"]).days
    off = {day for day, special in days.items() if not special.works and day.weekday() < 5}
    worked = {day for day, special in days.items() if special.like}
    short = {day for day, special in days.items() if special.is_short and (special.like or day.weekday() < 5)}
    assert sorted(map(str, off)) == year["weekday_days_off"]
    assert sorted(map(str, worked)) == year["working_weekends"]
    assert sorted(map(str, short)) == year["short_days"]


@published
@pytest.mark.parametrize("year", years(), ids=lambda year: str(year["year"]))
def test_a_loaded_calendar_has_the_published_hours_of_every_month(
    office: BusinessCalendar, year: dict[str, Any]
) -> None:
    number = year["year"]
    assert BusinessCalendar.objects.load_russian_holidays(office, number).is_final
    time = office.working_time()
    edges = [f"{number}-{month:02}-01T00:00+03:00" for month in range(1, 13)] + [f"{number + 1}-01-01T00:00+03:00"]
    hours = [time.seconds(start, end) / 3600 for start, end in pairwise(edges)]
    assert hours == [year["by_month"][str(month)]["hours_40"] for month in range(1, 13)]
    assert sum(hours) == year["hours_40_week"]


def test_the_due_example_of_the_definitions(office: BusinessCalendar) -> None:
    """Four hours from the afternoon before the eve of a holiday end on Monday noon."""
    office.weekly = {day: [["09:00", "18:00"]] for day in EIGHT_HOURS}
    office.save()
    office.load_russian_holidays(2026)
    due = office.working_time().due("2026-06-11T16:00+03:00", 4 * 3600)
    assert due.isoformat() == "2026-06-15T09:00:00+00:00"


def test_a_second_load_replaces_the_first_and_keeps_what_was_set_by_hand(office: BusinessCalendar) -> None:
    office.open_on(date(2026, 1, 2), [["10:00", "12:00"]], "duty")
    office.load_russian_holidays(2026)
    count = office.exceptions.count()
    office.exceptions.filter(is_imported=True).first().delete()  # type: ignore[union-attr]
    office.load_russian_holidays(2026)
    assert office.exceptions.count() == count
    assert office.exceptions.get(date=date(2026, 1, 2)).windows == [["10:00", "12:00"]]


def test_a_year_whose_moved_days_are_not_published_says_so(office: BusinessCalendar) -> None:
    assert not office.load_russian_holidays(2090).is_final


def test_a_year_without_a_calendar_is_refused(office: BusinessCalendar) -> None:
    with pytest.raises(ValidationError, match="1900"):
        office.load_russian_holidays(1900)


def test_a_working_saturday_has_the_hours_of_the_day_it_stands_for(office: BusinessCalendar) -> None:
    office.weekly = {**EIGHT_HOURS, "mon": [["12:00", "20:00"]]}
    office.save()
    office.load_russian_holidays(2024)
    assert office.exceptions.get(date=date(2024, 4, 27)).windows == [["12:00", "20:00"]]


@pytest.mark.parametrize(
    ("hours", "left"),
    [
        ([["09:00", "18:00"]], [["09:00", "17:00"]]),
        ([["09:00", "13:00"], ["14:00", "18:00"]], [["09:00", "13:00"], ["14:00", "17:00"]]),
        ([["09:00", "17:00"], ["17:30", "18:00"]], [["09:00", "16:30"]]),
        ([["22:00", "06:00"]], [["22:00", "05:00"]]),
        ([["23:00", "01:00"]], [["23:00", "24:00"]]),
        ([["09:00", "10:00"]], []),
        ([["09:00", "18:00:30"]], [["09:00", "17:00:30"]]),
    ],
)
def test_a_short_day_ends_an_hour_of_work_earlier(hours: list[list[str]], left: list[list[str]]) -> None:
    assert shortened(hours) == left
