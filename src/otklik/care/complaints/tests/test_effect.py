"""Whether measures have worked: figures of the kernel, and the client's word above them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.care.complaints.effect import Repeats, days_to_wait, judge
from otklik.care.complaints.states import Said, Verdict


def test_the_examples_of_the_guide() -> None:
    effective = judge(Repeats(24, 60, 4, 60), Said.HELPED)
    assert effective.verdict == Verdict.EFFECTIVE and effective.rr == pytest.approx(0.167, abs=0.001)
    few = judge(Repeats(4, 60, 0, 30), Said.HELPED)
    assert few.verdict == Verdict.UNPROVEN and few.hi == pytest.approx(3.03, abs=0.01)


def test_how_long_to_wait() -> None:
    assert days_to_wait(1, 0) == 30 and days_to_wait(2, 0) == 60 and days_to_wait(3, 0) == 90
    assert days_to_wait(1, 12, 180) == 45  # two a month: METRICS K4
    assert days_to_wait(1, 3, 180) == 180


@given(st.integers(0, 50), st.integers(0, 50))
def test_the_clients_no_is_a_no(before: int, after: int) -> None:
    assert judge(Repeats(before, 180, after, 30), Said.NOT).verdict == Verdict.FAILED


@given(st.integers(0, 50), st.integers(1, 50))
def test_the_same_client_again_is_a_failure(before: int, after: int) -> None:
    assert judge(Repeats(before, 180, after, 30, same_client=1), Said.HELPED).verdict == Verdict.FAILED


def test_more_than_before_is_a_failure_and_nothing_proves_nothing() -> None:
    assert judge(Repeats(2, 180, 12, 30), Said.HELPED).verdict == Verdict.FAILED
    assert judge(Repeats(0, 180, 0, 30), Said.HELPED).verdict == Verdict.UNPROVEN
    with pytest.raises(ValueError, match="exposure"):
        judge(Repeats(1, 180, 0, 0), Said.HELPED)
