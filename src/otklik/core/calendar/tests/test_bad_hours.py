"""Hours that make no sense are refused with words that help, in the reader's language, and are never stored."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from otklik.core.calendar.models import BusinessCalendar, CalendarException
from otklik.core.calendar.validators import validate_week, validate_windows, validate_zone

BAD_WEEKS: list[tuple[Any, str]] = [
    ({}, "idle"),
    ({"mon": []}, "idle"),
    ([], "table"),
    ("mon", "table"),
    ({"monday": [["09:00", "18:00"]]}, "weekday"),
    ({"mon": [["9:00", "18:00"]]}, "time"),
    ({"mon": [["09:00", "25:00"]]}, "time"),
    ({"mon": [["24:00", "25:00"]]}, "time"),
    ({"mon": [["24:00", "06:00"]]}, "time"),
    ({"mon": [[None, 5]]}, "time"),
    ({"mon": [["09:00"]]}, "window"),
    ({"mon": "09:00-18:00"}, "window"),
    ({"mon": ["09:00", "18:00"]}, "window"),
    ({"mon": 8}, "window"),
    ({"mon": None}, "window"),
    ({"mon": [["09:00", "09:00"]]}, "empty"),
    ({"mon": [["09:00", "13:00"], ["12:00", "18:00"]]}, "overlap"),
    ({"mon": [["12:00", "18:00"], ["09:00", "12:01"]]}, "overlap"),
]


@pytest.mark.parametrize(("week", "code"), BAD_WEEKS)
def test_a_week_that_makes_no_sense_is_refused(week: Any, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_week(week)
    assert refusal.value.code == code
    assert "%(" not in refusal.value.messages[0]


@pytest.mark.parametrize(
    "windows", [[], [["00:00", "24:00"]], [["22:00", "06:00"]], [["09:00", "13:00"], ["13:00", "18:00"]]]
)
def test_these_windows_are_fine(windows: list[list[str]]) -> None:
    validate_windows(windows)


@pytest.mark.parametrize("name", ["", "Moscow", "Europe/Nowhere", "../../etc/passwd", "/etc/localtime", "A\0B"])
def test_a_time_zone_must_exist(name: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_zone(name)
    assert refusal.value.code == "zone"


@pytest.mark.django_db
def test_unreadable_hours_never_reach_the_table() -> None:
    with pytest.raises(ValidationError):
        BusinessCalendar.objects.create(name="Wrong", weekly={"mon": [["9", "18"]]})
    with pytest.raises(ValidationError):
        BusinessCalendar.objects.create(name="Wrong", time_zone="Mars/Olympus")
    office = BusinessCalendar.objects.create(name="Office")
    with pytest.raises(ValidationError):
        office.open_on(office.created_at.date(), [["18:00", "nine"]])
    assert BusinessCalendar.objects.count() == 1
    assert not CalendarException.objects.exists()
