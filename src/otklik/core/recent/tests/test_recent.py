"""What was read is kept for its seconds, and not a moment after it was changed here."""

from collections.abc import Callable

import pytest

from otklik.core import recent
from otklik.core.recent import Recent, RecentBy


class Moment:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    moment = Moment()
    monkeypatch.setattr(recent, "monotonic", moment)
    return moment


@pytest.fixture
def read() -> Callable[[], int]:
    """Tells how often it was asked."""
    times: list[None] = []

    def count() -> int:
        times.append(None)
        return len(times)

    return count


def test_one_answer_is_read_once_for_its_seconds(moment: Moment, read: Callable[[], int]) -> None:
    one: Recent[int] = Recent(5.0)
    assert [one.get(read), one.get(read)] == [1, 1]
    moment.now += 4.9
    assert one.get(read) == 1
    moment.now += 0.1
    assert [one.get(read), one.get(read)] == [2, 2]


def test_answers_grow_old_each_by_itself(moment: Moment, read: Callable[[], int]) -> None:
    lines: RecentBy[str, int] = RecentBy(5.0)
    assert lines.get("first", read) == 1
    moment.now += 3
    assert [lines.get("second", read), lines.get("first", read)] == [2, 1]
    moment.now += 3
    assert lines.lacking(["first", "second", "third"]) == {"first", "third"}
    assert [lines.get("second", read), lines.get("first", read)] == [2, 3]


def test_what_was_read_together_is_known(moment: Moment, read: Callable[[], int]) -> None:
    lines: RecentBy[str, int] = RecentBy(5.0)
    lines.put("first", 7)
    assert lines.get("first", read) == 7 and lines.lacking(["first"]) == set()


def test_nothing_known_is_an_answer_too() -> None:
    one: Recent[int | None] = Recent(5.0)
    by: RecentBy[str, int | None] = RecentBy(5.0)
    assert one.get(lambda: None) is None and by.get("a", lambda: None) is None
    assert one.get(lambda: 1) is None and by.get("a", lambda: 1) is None and by.lacking(["a"]) == set()


def test_what_was_changed_here_is_read_anew(read: Callable[[], int]) -> None:
    one: Recent[int] = Recent(5.0)
    by: RecentBy[str, int] = RecentBy(5.0)
    assert [one.get(read), by.get("a", read)] == [1, 2]
    one.forget(sender=object, signal=object)  # as a signal calls it
    by.forget(sender=object, signal=object)
    assert [one.get(read), by.get("a", read)] == [3, 4]
    recent.forget()
    assert [one.get(read), by.get("a", read)] == [5, 6]


def test_what_was_forgotten_while_it_was_looked_up_is_told_to_who_asked() -> None:
    """Another thread changes a row between the look and the answer: nobody is told that there is nothing."""
    one: Recent[str] = Recent(5.0)

    def read() -> str:
        one.forget()
        return "a rule"

    assert one.get(read) == "a rule"


def test_nothing_that_failed_is_kept() -> None:
    one: Recent[int] = Recent(5.0)
    by: RecentBy[str, int] = RecentBy(5.0)
    for asked in (lambda: one.get(lambda: 1 // 0), lambda: by.get("a", lambda: 1 // 0)):
        with pytest.raises(ZeroDivisionError):
            asked()
    assert one.get(lambda: 1) == 1 and by.get("a", lambda: 1) == 1


def test_there_are_no_more_than_may_be(read: Callable[[], int]) -> None:
    by: RecentBy[int, int] = RecentBy(5.0, most=2)
    assert [by.get(1, read), by.get(2, read), by.get(3, read)] == [1, 2, 3]
    assert by.lacking([1, 2, 3]) == {1, 2}
