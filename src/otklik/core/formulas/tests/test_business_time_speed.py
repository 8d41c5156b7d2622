"""The work of a question does not grow with the span, and the sums start without heavy packages."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any

from otklik.core.formulas import WorkingTime

HOLIDAYS: dict[str, Any] = {f"{year}-{month:02}-08": [] for year in range(2000, 2090) for month in range(1, 13)}
WEEK = {day: [["09:00", "13:00"], ["14:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
TIME = WorkingTime.of({"tz": "Europe/Berlin", "weekly": WEEK, "exceptions": HOLIDAYS})
START = datetime(2001, 6, 5, 12, 40, tzinfo=UTC)


def steps(question: Callable[[], object]) -> int:
    """Calls that an answer takes, of ours and of the interpreter's: the same on a busy machine."""
    question()  # what is worked out once is there by then
    count = 0

    def step(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(step)
    try:
        question()
    finally:
        sys.setprofile(None)
    return count


def test_a_century_costs_about_as_much_as_a_week() -> None:
    week = steps(lambda: TIME.seconds(START, START + timedelta(days=7)))
    century = steps(lambda: TIME.seconds(START, START + timedelta(days=32_000)))
    assert 0 < century < 3 * week
    near = steps(lambda: TIME.due(START, 40 * 3600))
    far = steps(lambda: TIME.due(START, 40 * 3600 * 50 * 80))
    assert 0 < far < 6 * near


def test_a_typical_question_takes_few_steps() -> None:
    assert steps(lambda: TIME.due(START, 4 * 3600)) < 150
    assert steps(lambda: TIME.seconds(START, START + timedelta(days=3))) < 150


def test_importing_the_sums_loads_neither_scipy_nor_django() -> None:
    code = "import sys, otklik.core.formulas; print({'scipy', 'numpy', 'django', 'holidays'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}, capture_output=True)
    assert run.stdout.decode().strip() == "set()", run.stderr.decode()
