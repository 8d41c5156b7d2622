"""What is kept is found by everything that was given, and by nothing else; it does not grow and does not stay."""

from weakref import ref

import pytest

from otklik.core.ui import chips
from otklik.core.ui import kept as keeping
from otklik.core.ui.kept import forget, forget_old, kept


class Client:
    """What was drawn of somebody, and can be watched."""

    def __init__(self, name: str) -> None:
        self.name = name


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

    @kept(100, weigh=lambda drawn, _number: len(drawn))
    def draw(number: int) -> str:
        drawn.append(number)
        return "x" * 60

    for number in (1, 2, 3, 3, 1):
        draw(number)
    assert drawn == [1, 2, 3, 1]  # the third one did not find room beside the first two


def test_what_it_is_found_by_is_weighed_too() -> None:
    drawn: list[str] = []

    @kept(100, weigh=keeping.signs)
    def draw(letter: str) -> str:
        drawn.append(letter)
        return ""

    for letter in ("a" * 60, "b" * 60, "c" * 60, "a" * 60):
        draw(letter)
    assert len(drawn) == 4


def test_it_does_not_stay_where_nobody_asks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [1000.0]
    monkeypatch.setattr(keeping, "monotonic", lambda: moment[0])

    @kept(10)
    def draw(given: str) -> Client:
        return Client(given)

    there = ref(draw("Клиент"))
    moment[0] += keeping.SECONDS - 1
    forget_old()
    assert there() is not None
    moment[0] += 2
    forget_old()
    assert there() is None


def test_the_name_on_a_face_does_not_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a client, who may be erased."""
    forget()
    drawn: list[str] = []

    def initials(name: str) -> str:
        drawn.append(name)
        return "РД"

    monkeypatch.setattr(chips, "initials", initials)
    for _ in range(2):
        chips.avatar("Роман Дёмин")
    assert len(drawn) == 1
    forget()
    chips.avatar("Роман Дёмин")
    forget()
    assert len(drawn) == 2


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
