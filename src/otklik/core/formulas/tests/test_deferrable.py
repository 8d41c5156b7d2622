"""Work that may wait: worked example, and a day done hour by hour, the earliest due first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import agents_required, deferrable_min_agents

ARRIVALS, BACKLOG = [40, 35, 20, 10, 5, 5, 5, 0], [12, 6]


def test_W8_example() -> None:
    result = deferrable_min_agents(ARRIVALS, 480, 3600, 4, 0.85, BACKLOG)
    assert round(result["load"], 2) == 2.53
    assert (result["agents"], result["window"]) == (3, [0, 7])
    assert agents_required(40, 3600, 480, 20, 0.8) == 8


def test_a_table_of_the_backlog_says_the_same() -> None:
    table = deferrable_min_agents(ARRIVALS, 480, 3600, 4, 0.85, {1: 12, 2: 6})
    assert table == deferrable_min_agents(ARRIVALS, 480, 3600, 4, 0.85, BACKLOG)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=8),
    st.integers(1, 5),
    st.lists(st.integers(0, 20), max_size=3),
)
def test_the_load_is_just_enough_to_be_in_time(arrivals: list[int], sla: int, backlog: list[int]) -> None:
    load = deferrable_min_agents(arrivals, 600, 3600, sla, 1, backlog)["load"]
    assert in_time(load * 6 + 1e-6, arrivals, sla, backlog)
    if load > 1e-3:
        assert not in_time(load * 6 - 1e-3, arrivals, sla, backlog)


def in_time(items_an_hour: float, arrivals: list[int], sla: int, backlog: list[int]) -> bool:
    waiting = {end: float(items) for end, items in enumerate(backlog, 1)}
    for hour in range(1, max(len(arrivals) + sla, len(backlog)) + 1):
        able = items_an_hour
        for due in sorted(waiting):
            done = min(able, waiting[due])
            able, waiting[due] = able - done, waiting[due] - done
        if any(items > 1e-9 for due, items in waiting.items() if due <= hour):
            return False
        if hour <= len(arrivals):
            waiting[hour + sla] = waiting.get(hour + sla, 0.0) + arrivals[hour - 1]
    return True


def test_nothing_to_do() -> None:
    assert deferrable_min_agents([], 480, 3600, 4, 0.85) == {"load": 0, "agents": 0, "window": None}
    assert deferrable_min_agents([0, 0], 480, 3600, 4, 0.85)["agents"] == 0


@pytest.mark.parametrize("bad", [([1], 480, 0, 4, 0.85), ([1], 480, 3600, 0, 0.85), ([-1], 480, 3600, 4, 0.85)])
def test_work_that_cannot_be(bad: tuple[list[float], float, float, int, float]) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        deferrable_min_agents(*bad)


def test_more_than_all_of_the_time() -> None:
    with pytest.raises(ValueError, match="more than all"):
        deferrable_min_agents([1], 480, 3600, 4, 85)
    with pytest.raises(ValueError, match="due cannot be 0"):
        deferrable_min_agents([1], 480, 3600, 4, 0.85, {0: 3})
