"""No ticket of a low class starves: whatever comes, and whenever somebody picks."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import passed_over_within, turn

type Waits = tuple[int, int, int]

GRADES, TARGETS, BANDS = st.integers(0, 6), st.integers(1, 400), st.integers(0, 2)
arrivals = st.lists(st.tuples(st.integers(0, 600), GRADES, TARGETS), min_size=1, max_size=40)
"""(opened, grade, target) of each."""


@settings(deadline=None, max_examples=300)
@given(arrivals, st.lists(st.integers(0, 900), max_size=60), st.randoms(use_true_random=False))
def test_nobody_opened_later_than_the_bound_is_ever_picked_before(
    arriving: list[Waits], picks: list[int], chance: object
) -> None:
    """The bands are drawn anew at each pick: moments of a ticket move, and that must not matter."""
    waiting = list(arriving)
    for now in sorted(picks):
        here = [one for one in waiting if one[0] <= now]
        if not here:
            continue
        chosen = min(here, key=lambda one: (level(one, chance.randint(0, 2), now), one[0]))  # type: ignore[attr-defined]
        for passed in here:
            assert chosen[0] - passed[0] <= passed_over_within(passed[1], passed[2]), (chosen, passed, now)
        waiting.remove(chosen)


def level(ticket: Waits, band: int, now: int) -> int:
    opened, grade, target = ticket
    return turn(grade, band, now - opened, target)


@given(arrivals, st.integers(1, 5))
def test_a_steady_stream_of_the_most_urgent_does_not_hold_a_ticket_for_ever(low: list[Waits], rate: int) -> None:
    """Each minute `rate` urgent ones come and as many are picked: the low one goes before what came late."""
    grade, target = low[0][1], low[0][2]
    waiting: list[Waits] = [(0, grade, target)]
    last = int(passed_over_within(grade, target)) + 2
    for now in range(last):
        waiting += [(now, 0, 10)] * rate
        for _ in range(rate):
            chosen = min(waiting, key=lambda one: (level(one, 0, now), one[0]))
            waiting.remove(chosen)
    assert (0, grade, target) not in waiting


@given(st.lists(st.tuples(st.integers(0, 100), TARGETS), min_size=2, max_size=20), BANDS)
def test_of_one_grade_and_age_the_oldest_goes_first(tickets: Sequence[tuple[int, int]], band: int) -> None:
    target = tickets[0][1]
    same: list[Waits] = [(opened, 2, target) for opened, _ in tickets]
    assert min(same, key=lambda one: (level(one, band, 100), one[0]))[0] == min(opened for opened, _ in tickets)


@pytest.mark.parametrize(
    ("grade", "band", "waited", "level"),
    [
        (0, 0, 0, 0),
        (0, 2, 0, 2),
        (2, 2, 0, 8),
        (2, 2, 29, 8),
        (2, 2, 30, 5),
        (2, 2, 60, 2),
        (2, 2, 90, 0),
        (1, 0, 0, 3),
    ],
)
def test_half_of_the_target_raises_by_a_grade(grade: int, band: int, waited: int, level: int) -> None:
    assert turn(grade, band, waited, 60) == level


def test_a_target_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 0"):
        turn(0, 0, 1, 0)
