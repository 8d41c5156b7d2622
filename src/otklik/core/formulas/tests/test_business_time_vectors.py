"""Business time in published cases: other products' tests and the worked examples of our definitions."""

from datetime import datetime
from typing import Any

import pytest

from otklik.core.formulas import WorkingTime, business_due, business_seconds
from otklik.core.formulas.tests.shared import calendar_of, vectors

OFFICE = {
    "tz": "Europe/Moscow",
    "weekly": {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "exceptions": {"2026-06-11": [["09:00", "17:00"]], "2026-06-12": []},
}


@pytest.mark.parametrize("row", vectors("business_time"))
def test_a_published_case_of_business_time(row: dict[str, Any]) -> None:
    time, start = WorkingTime.of(calendar_of(row)), row["start"]
    match row["op"]:
        case "minutes_between":
            assert time.seconds(start, row["end"]) / 60 == row["expect"]
            return
        case "add_minutes":
            answer = time.due(start, row["minutes"] * 60)
        case "next_open":
            answer = time.next_opening(start)
        case "add_business_days_keep_clock":
            answer = time.add_business_days(start, row["days"])
        case other:
            pytest.fail(f"no such operation: {other}")
    assert answer == datetime.fromisoformat(row["expect"])


def test_V1_first_response_over_a_weekend() -> None:
    created, replied = "2026-06-05T17:40:00+03:00", "2026-06-08T10:05:00+03:00"
    assert business_seconds(created, replied, OFFICE) == 85 * 60


def test_V3_a_target_that_crosses_a_short_day_and_a_holiday() -> None:
    due = business_due("2026-06-11T16:00:00+03:00", 4 * 3600, OFFICE)
    assert due == datetime.fromisoformat("2026-06-15T12:00:00+03:00")
    assert due.utcoffset() is not None
