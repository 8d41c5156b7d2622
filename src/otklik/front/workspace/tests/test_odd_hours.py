"""At which hours of the client one is told to take care."""

from datetime import datetime

import pytest

from otklik.front.workspace.odd_hours import EARLY, LATE, NIGHT, OddHour, odd_hour


@pytest.mark.parametrize(
    ("hour", "odd"),
    [(0, NIGHT), (5, NIGHT), (6, EARLY), (8, EARLY), (9, None), (20, None), (21, LATE), (22, LATE), (23, NIGHT)],
)
def test_the_morning_is_early_and_not_night(hour: int, odd: OddHour | None) -> None:
    assert odd_hour(datetime(2026, 5, 14, hour, 59)) is odd
