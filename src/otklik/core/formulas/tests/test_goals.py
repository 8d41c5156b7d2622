"""Goals and plans: worked examples, directions, signs."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import goal_progress, goal_status, quarter_plan, wilson
from otklik.core.formulas.tests.shared import printed


def test_G1_example() -> None:
    assert goal_progress(82, 90, 88) == 0.75
    assert printed(wilson(184, 200), 3, "p", "lo", "hi") == [0.92, 0.874, 0.95]
    assert goal_status(184, 200, 0.9) == "reached"
    assert goal_status(764, 830, 0.9) == "confirmed"


@pytest.mark.parametrize(
    ("k", "n", "strict", "status"),
    [
        (9, 10, True, "not_reached"),
        (9, 10, False, "reached"),
        (91, 100, True, "reached"),
        (990, 1000, True, "confirmed"),
        (0, 0, False, "not_reached"),
    ],
)
def test_the_sign_of_a_goal(k: int, n: int, strict: bool, status: str) -> None:
    assert goal_status(k, n, 0.9, strict) == status


def test_goals_that_cannot_be() -> None:
    assert goal_progress(82, 82, 90) is None
    with pytest.raises(ValueError, match="target"):
        goal_status(1, 2, 90)
    with pytest.raises(ValueError, match="not a share"):
        goal_status(3, 2, 0.9)


@settings(deadline=None, max_examples=40)
@given(st.integers(-50, 50), st.integers(-50, 50), st.integers(-50, 50))
def test_progress_runs_from_base_to_target_either_way(base: int, target: int, current: int) -> None:
    if base == target:
        return
    assert goal_progress(base, target, base) == 0
    assert goal_progress(base, target, target) == 1
    assert goal_progress(-base, -target, -current) == goal_progress(base, target, current)


def task(done: str | None = None, planned: str = "2026Q2", dropped: bool = False) -> dict[str, Any]:
    return {"planned_q": planned, "done_q": done, "dropped": dropped}


def test_G4_example() -> None:
    tasks = [*[task("2026Q2")] * 4, task(), task("2026Q3"), task("2026Q2", planned="2026Q1")]
    result = quarter_plan(tasks, "2026Q2")
    assert (result["planned"], result["done"], result["carried"], result["dropped"]) == (6, 4, 2, 0)
    assert printed(result, 3, "done_share", "carried_share") == [0.667, 0.333]


def test_what_was_dropped_is_not_carried() -> None:
    result = quarter_plan([task(dropped=True), task(), task("2026Q2", dropped=True)], "2026Q2")
    assert (result["done"], result["dropped"], result["carried"]) == (1, 1, 1)
    assert quarter_plan([], "2026Q2")["done_share"] is None
