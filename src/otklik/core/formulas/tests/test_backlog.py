"""METRICS V11: how many days of work stand open."""

import pytest

from otklik.core.formulas import backlog_days


def test_the_example_of_METRICS() -> None:
    assert backlog_days(180, [(900, 20)]) == 4.0


def test_lines_with_other_days_are_added_up() -> None:
    """14 in 28 days and 10 in 20 are half a case a day each."""
    assert backlog_days(10, [(14, 28), (10, 20)]) == 10.0


def test_nothing_ended_is_no_figure_and_nothing_open_is_no_work() -> None:
    assert backlog_days(5, []) is None
    assert backlog_days(5, [(0, 20), (3, 0)]) is None, "what ended on days without work says nothing of a day"
    assert backlog_days(0, [(3, 10)]) == 0.0


@pytest.mark.parametrize(("stands", "ended"), [(-1, []), (1, [(-1, 5)]), (1, [(1, -5)])])
def test_less_than_nothing_is_refused(stands: int, ended: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        backlog_days(stands, ended)
