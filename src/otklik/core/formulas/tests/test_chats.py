"""Several talks at once: worked example, Erlang C as a limit, order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.formulas import chat_agents_required, chat_chain, chat_durations, erlang_c_stats
from otklik.core.formulas.tests.shared import printed

HANDLE = [480, 600, 780]
A_CHAT = 60 / 3600


def test_W7_example() -> None:
    result = chat_chain(A_CHAT, HANDLE, 5, 60)
    assert result["stable"]
    assert printed(result, 3, "pw", "sl") == [0.358, 0.693]
    assert printed(chat_chain(A_CHAT, HANDLE, 6, 60), 3, "sl") == [0.964]


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 30), st.floats(0.05, 0.98), st.floats(0, 90))
def test_one_chat_at_a_time_is_erlang_c(agents: int, busy: float, threshold: float) -> None:
    lam = agents * busy / 240
    chat, call = chat_chain(lam, [240], agents, threshold), erlang_c_stats(lam, 1, 240, agents, threshold)
    assert (chat["pw"], chat["sl"], chat["asa"]) == pytest.approx((call["pw"], call["sl"], call["asa"]), rel=1e-6)


@settings(deadline=None, max_examples=40)
@given(st.floats(0.001, 0.02), st.integers(4, 20))
def test_more_people_wait_less(lam: float, agents: int) -> None:
    few, more = chat_chain(lam, HANDLE, agents, 60), chat_chain(lam, HANDLE, agents + 1, 60)
    assert 0 <= more["pw"] <= few["pw"] <= 1
    assert few["sl"] <= more["sl"] <= 1


def test_too_many_chats_and_none() -> None:
    assert chat_chain(1, HANDLE, 5, 60) == {"stable": False, "pw": 1, "sl": 0, "asa": None}
    assert chat_chain(1, HANDLE, 0, 60)["stable"] is False
    assert chat_chain(0, HANDLE, 5, 60) == {"stable": True, "pw": 0, "sl": 1, "asa": 0}


@settings(deadline=None, max_examples=40)
@given(st.floats(1e-6, 0.05), st.floats(0, 120), st.floats(0, 0.98))
def test_so_many_suffice_and_one_fewer_would_not(lam: float, threshold: float, target: float) -> None:
    agents = chat_agents_required(lam, HANDLE, threshold, target)
    assert chat_chain(lam, HANDLE, agents, threshold)["sl"] >= target
    fewer = chat_chain(lam, HANDLE, agents - 1, threshold)
    assert fewer["sl"] < target or not fewer["stable"]


def test_agents_of_the_example_and_of_no_chats() -> None:
    assert [chat_agents_required(A_CHAT, HANDLE, 60, target) for target in (0.69, 0.70, 0.96)] == [5, 6, 6]
    assert chat_agents_required(0, HANDLE, 60, 0.8) == 0
    with pytest.raises(ValueError, match="service level"):
        chat_agents_required(A_CHAT, HANDLE, 60, 1)


def test_durations_by_the_rule_of_thumb() -> None:
    """W7: with three at once 2.5 times as many are served as one after the other."""
    assert chat_durations(600, 3) == pytest.approx([600, 600 * 2 / 1.7, 600 * 3 / 2.5])
    for wrong in (0, 6):
        with pytest.raises(ValueError, match="at once"):
            chat_durations(600, wrong)


def test_chats_that_cannot_be() -> None:
    with pytest.raises(ValueError, match="one chat at a time"):
        chat_chain(A_CHAT, [], 5, 60)
    with pytest.raises(ValueError, match="handle time"):
        chat_chain(A_CHAT, [480, 0], 5, 60)
