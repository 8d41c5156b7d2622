"""One call is one row, in whatever order and however often its events come."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.desk.calls.folding import LOST, folded
from otklik.desk.calls.told import Kind, Told

BEGUN = datetime(2026, 5, 14, 9, 0, tzinfo=UTC)


def event(kind: str, second: float, **told: object) -> Told:
    return Told(Kind(kind), BEGUN + timedelta(seconds=second), f"{kind}-{second}", **told)  # type: ignore[arg-type]


WHOLE = [
    event("ringing", 0, number="+79001112233", outward=False, queue="support"),
    event("ringing", 2, extension="101"),
    event("answered", 8, extension="101"),
    event("held", 20),
    event("resumed", 50),
    event("joined", 60, extension="103"),
    event("transferred", 70, extension="102"),
    event("held", 80),
    event("ended", 100),
    event("recorded", 130, address="https://pbx.test/1"),
]


def test_a_whole_call() -> None:
    call = folded(WHOLE)

    assert (call.waited, call.talked, call.held, call.holds, call.transfers) == (8, 42, 50, 2, 1)
    assert (call.answered_by, call.holder, call.joined) == ("101", "102", ("103",))
    assert (call.number, call.queue, call.outward) == ("+79001112233", "support", False)
    assert call.recording == "https://pbx.test/1" and call.rings == () and call.held_since is None


kinds = st.sampled_from(list(Kind))
told = st.builds(
    lambda kind, second, extension, key: Told(
        kind, BEGUN + timedelta(seconds=second), key, extension, "+79001112233" if second % 2 else "", None, "", "x"
    ),
    kinds,
    st.integers(0, 30),
    st.sampled_from(["", "101", "102"]),
    st.sampled_from([LOST, *"abcdefgh"]),
)


@given(st.lists(told, min_size=1, max_size=9, unique_by=lambda one: one.key), st.data())
def test_order_and_repetition_change_nothing(events: list[Told], data: st.DataObject) -> None:
    again = data.draw(st.permutations([*events, *data.draw(st.lists(st.sampled_from(events), max_size=4))]))

    assert folded(again) == folded(events)


@given(st.lists(told, min_size=1, max_size=9, unique_by=lambda one: one.key))
def test_the_parts_never_exceed_the_whole(events: list[Told]) -> None:
    call = folded(events)

    assert min(call.waited, call.talked, call.held) >= 0
    if call.answered_at and call.ended_at:
        whole = (call.ended_at - call.begun_at).total_seconds()
        assert call.waited + call.talked + call.held <= max(whole, 0) + 1
    if call.ended_at:
        assert not call.rings and call.held_since is None


def test_a_hold_before_the_ringing_is_of_another_clock() -> None:
    call = folded([event("answered", 0), event("held", 0), event("ringing", 2), event("ended", 2)])

    assert (call.waited, call.talked, call.held) == (0, 0, 0)


def test_a_call_that_nobody_answers() -> None:
    call = folded([WHOLE[0], event("ended", 12)])

    assert (call.answered_at, call.waited, call.talked, call.holder) == (None, 12, 0, "")


def test_an_end_of_ours_gives_way_to_the_real_one() -> None:
    ours = replace(event("ended", 9), key=LOST)

    assert folded([*WHOLE[:3], ours]).ended_at == ours.at
    assert folded([*WHOLE, ours]).ended_at == BEGUN + timedelta(seconds=100)


def test_what_comes_after_the_end_is_not_read() -> None:
    late = [event("transferred", 101, extension="104"), event("held", 102)]

    assert folded([*WHOLE, *late]) == folded(WHOLE)


def test_a_transfer_to_oneself_is_none() -> None:
    assert folded([*WHOLE[:3], event("transferred", 9, extension="101")]).transfers == 0


def test_of_nothing_there_is_no_call() -> None:
    with pytest.raises(ValueError, match="begins"):
        folded([])
