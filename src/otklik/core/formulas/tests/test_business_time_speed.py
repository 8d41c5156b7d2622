"""The cost of a question does not grow with the span, and the sums start without heavy packages."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from timeit import repeat
from typing import Any

from otklik.core.formulas import WorkingTime

HOLIDAYS: dict[str, Any] = {f"{year}-{month:02}-08": [] for year in range(2000, 2090) for month in range(1, 13)}
WEEK = {day: [["09:00", "13:00"], ["14:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
TIME = WorkingTime.of({"tz": "Europe/Berlin", "weekly": WEEK, "exceptions": HOLIDAYS})
START = datetime(2001, 6, 5, 12, 40, tzinfo=UTC)


def micros(question: Callable[[], object]) -> float:
    """Microseconds of the best of several runs: the least disturbed one."""
    return min(repeat(question, number=500, repeat=7)) / 500 * 1e6


def test_a_century_costs_about_as_much_as_a_week() -> None:
    week = micros(lambda: TIME.seconds(START, START + timedelta(days=7)))
    century = micros(lambda: TIME.seconds(START, START + timedelta(days=32_000)))
    assert century < 3 * week
    near = micros(lambda: TIME.due(START, 40 * 3600))
    far = micros(lambda: TIME.due(START, 40 * 3600 * 50 * 80))
    assert far < 6 * near


def test_a_typical_question_takes_microseconds() -> None:
    assert micros(lambda: TIME.due(START, 4 * 3600)) < 200
    assert micros(lambda: TIME.seconds(START, START + timedelta(days=3))) < 200


def test_importing_the_sums_loads_neither_scipy_nor_django() -> None:
    code = "import sys, otklik.core.formulas; print({'scipy', 'numpy', 'django', 'holidays'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}, capture_output=True)
    assert run.stdout.decode().strip() == "set()", run.stderr.decode()
