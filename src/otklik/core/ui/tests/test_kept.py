"""What is kept is found by everything that was given, and by nothing else; it does not grow and does not stay."""

import pytest

from otklik.core.ui import kept as keeping
from otklik.core.ui.kept import forget, kept


def test_the_same_is_drawn_once_and_anything_else_anew() -> None:
    drawn: list[tuple[object, ...]] = []

    @kept(10)
    def draw(*given: object) -> str:
        drawn.append(given)
        return f"<i>{given}</i>"

    assert draw("a", ("b", 1)) == draw("a", ("b", 1)) == "<i>('a', ('b', 1))</i>"
    assert draw("a", ("b", 2)) != draw("a", ("b", 1))
    assert drawn == [("a", ("b", 1)), ("a", ("b", 2))]


def test_nothing_that_failed_is_kept() -> None:
    times: list[int] = []

    @kept(10)
    def draw(given: str) -> str:
        times.append(1)
        raise LookupError(given)

    for _ in range(2):
        with pytest.raises(LookupError):
            draw("a")
    assert len(times) == 2


def test_it_holds_no_more_than_it_may() -> None:
    drawn: list[int] = []

    @kept(100, weigh=len)
    def draw(number: int) -> str:
        drawn.append(number)
        return "x" * 60

    for number in (1, 2, 3, 3, 1):
        draw(number)
    assert drawn == [1, 2, 3, 1]  # the third one did not find room beside the first two


def test_after_a_while_it_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    moment, drawn = [1000.0], []
    monkeypatch.setattr(keeping, "monotonic", lambda: moment[0])

    @kept(10)
    def draw(given: str) -> str:
        drawn.append(given)
        return given

    draw("a")
    moment[0] += keeping.SECONDS - 1
    draw("a")
    assert drawn == ["a"]
    moment[0] += 2
    draw("a")
    assert drawn == ["a", "a"]
    forget()
    draw("a")
    assert len(drawn) == 3
