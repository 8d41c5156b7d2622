"""Dissatisfied answers that were followed up."""

from typing import Any

import pytest

from otklik.core.formulas import loop_stats
from otklik.core.formulas.tests.shared import printed

OFFICE = {
    "tz": "Europe/Moscow",
    "weekly": {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "exceptions": {},
}
A_DAY = 9 * 3600
FRIDAY = "2026-06-05T17:00+03:00"


def item(contacted: str | None, **change: Any) -> dict[str, Any]:
    return {"answered": FRIDAY, "contacted": contacted, "anonymous": False, **change}


def test_S13_example() -> None:
    answers = [item("2026-06-08T10:00+03:00") for _ in range(15)] + [item(None) for _ in range(3)]
    result = loop_stats([*answers, item(None, anonymous=True), item(None, anonymous=True)], A_DAY, OFFICE)
    assert (result["eligible"], result["in_time"]) == (18, 15)
    assert printed(result, 3, "rate", "lo", "hi") == [0.833, 0.608, 0.942]


@pytest.mark.parametrize(
    ("contacted", "in_time"),
    [(FRIDAY, 1), ("2026-06-08T17:00+03:00", 1), ("2026-06-08T17:00:01+03:00", 0), (None, 0)],
)
def test_a_business_day_runs_over_the_weekend(contacted: str | None, in_time: int) -> None:
    assert loop_stats([item(contacted)], A_DAY, OFFICE)["in_time"] == in_time


def test_nobody_was_dissatisfied() -> None:
    assert loop_stats([item(None, anonymous=True)], A_DAY, OFFICE)["rate"] is None


def test_a_contact_before_the_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="before the answer"):
        loop_stats([item("2026-06-05T16:59+03:00")], A_DAY, OFFICE)
