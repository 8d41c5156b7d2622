"""The day of who reads, and that of the department."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from otklik.core.journal import clock

TWO_AT_NIGHT = datetime(2026, 6, 9, 16, tzinfo=UTC)
"""In Vladivostok it is 2 o'clock of the next day, in Moscow seven in the evening."""


def test_at_two_at_night_in_vladivostok_the_department_has_yesterday() -> None:
    with clock.at(TWO_AT_NIGHT), timezone.override(ZoneInfo("Asia/Vladivostok")):
        assert (clock.today(), clock.house_today()) == (date(2026, 6, 10), date(2026, 6, 9))
        assert clock.house_day(TWO_AT_NIGHT) == date(2026, 6, 9)
    with clock.at(TWO_AT_NIGHT):
        assert clock.today() == clock.house_today() == date(2026, 6, 9)
