"""Oldest first and nothing hangs: worked examples, a naive second implementation, edges."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import fifo, hanging
from otklik.core.formulas.fairness import Fifo

NOON = datetime(2026, 6, 8, 12, 0, tzinfo=UTC)


def ticket(number: int, created: str, picked: str | None, rank: int = 2) -> dict[str, Any]:
    at = "2026-06-08T{}:00+03:00"
    return {"id": number, "rank": rank, "created": at.format(created), "picked": picked and at.format(picked)}


def test_V13_example() -> None:
    assert fifo(
        [
            ticket(1, "09:00", "10:30"),
            ticket(2, "09:10", "09:40"),
            ticket(3, "09:20", "09:50"),
            ticket(4, "09:35", "09:45", rank=1),
            ticket(5, "10:00", "11:00"),
        ]
    ) == {
        "picks": 5,
        "violation_rate": 0.4,
        "priority_inversion_rate": 0.2,
        "max_overtakes": 2,
        "overtakes": {1: 2},
    }


def test_a_ticket_that_still_waits_was_overtaken_too() -> None:
    result = fifo([ticket(1, "09:00", None), ticket(2, "09:10", "09:40")])
    assert (result["picks"], result["violation_rate"], result["overtakes"]) == (1, 1, {1: 1})


def test_nothing_picked_has_no_rate() -> None:
    for tickets in ([], [ticket(1, "09:00", None)]):
        result = fifo(tickets)
        assert (result["picks"], result["violation_rate"], result["priority_inversion_rate"]) == (
            0,
            None,
            None,
        )


def test_what_arrives_at_the_moment_of_the_pick_was_not_waiting() -> None:
    result = fifo([ticket(1, "09:00", "09:30"), ticket(2, "09:30", "09:50", rank=1)])
    assert result["priority_inversion_rate"] == 0


def test_a_ticket_picked_on_arrival_does_not_hide_one_that_waits() -> None:
    at_once = ticket(2, "09:30", "09:30", rank=1)
    result = fifo([ticket(1, "09:00", "10:00", rank=1), at_once, ticket(3, "09:10", "09:30", rank=2)])
    assert result["priority_inversion_rate"] == pytest.approx(1 / 3)


def test_a_pick_before_the_ticket_is_refused() -> None:
    with pytest.raises(ValueError, match="before it was created"):
        fifo([ticket(1, "09:00", "08:59")])


waits = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 20), st.none() | st.integers(0, 20)), max_size=25).map(
    lambda rows: [
        {
            "id": number,
            "rank": rank,
            "created": NOON + timedelta(minutes=created),
            "picked": None if stay is None else NOON + timedelta(minutes=created + stay),
        }
        for number, (rank, created, stay) in enumerate(rows)
    ]
)


@settings(deadline=None)
@given(waits)
def test_counting_pair_by_pair_gives_the_same(tickets: list[dict[str, Any]]) -> None:
    assert fifo(tickets) == naive(tickets)


def naive(tickets: list[dict[str, Any]]) -> Fifo:
    picks = [one for one in tickets if one["picked"]]
    violations, inversions = 0, 0
    overtakes: dict[Any, int] = {}
    for pick in picks:
        waiting = [
            other
            for other in tickets
            if other["created"] < pick["picked"] and (not other["picked"] or other["picked"] > pick["picked"])
        ]
        older = [one for one in waiting if one["rank"] == pick["rank"] and one["created"] < pick["created"]]
        violations += bool(older)
        inversions += any(other["rank"] < pick["rank"] for other in waiting)
        for other in older:
            overtakes[other["id"]] = overtakes.get(other["id"], 0) + 1
    return {
        "picks": len(picks),
        "violation_rate": violations / len(picks) if picks else None,
        "priority_inversion_rate": inversions / len(picks) if picks else None,
        "max_overtakes": max(overtakes.values(), default=0),
        "overtakes": overtakes,
    }


def calm(number: int, **change: Any) -> dict[str, Any]:
    """A ticket that does not hang."""
    return {
        "id": number,
        "open": True,
        "owner": "anna",
        "next_at": NOON + timedelta(hours=1),
        "last_informed": NOON - timedelta(hours=1),
        "update_interval_s": 4 * 3600,
        **change,
    }


def test_V20_forty_tickets_of_which_four_hang() -> None:
    past = NOON - timedelta(seconds=1)
    tickets = [calm(number) for number in range(36)]
    tickets += [
        calm(36, owner=None),
        calm(37, owner=None, next_at=past),
        calm(38, next_at=past),
        calm(39, next_at=past),
    ]
    assert hanging(tickets, NOON) == {"count": 4, "ids": [36, 37, 38, 39]}


@pytest.mark.parametrize(
    ("change", "hangs"),
    [
        ({"owner": None}, True),
        ({"next_at": None}, True),
        ({"next_at": NOON}, False),
        ({"last_informed": NOON - timedelta(hours=4)}, False),
        ({"last_informed": NOON - timedelta(hours=4, seconds=1)}, True),
        ({"last_informed": NOON - timedelta(days=9), "update_interval_s": None}, False),
        ({"last_informed": None}, False),
        ({"open": False, "owner": None, "next_at": None}, False),
    ],
)
def test_what_hangs(change: dict[str, Any], hangs: bool) -> None:
    assert hanging([calm(1, **change)], NOON)["ids"] == ([1] if hangs else [])
