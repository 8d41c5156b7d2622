"""What was drawn is kept by everything that it follows from (docs/decisions/0083).

@kept(4096)
def _drawn(row: Row, look: Look) -> str: ...

There is nothing to be told when something changes: another text, another right or another name is another key, and a
reader finds only what their own arguments lead to.  So a function that is kept looks at its arguments and at nothing
else: not at the clock, not at the reader, not at the database; the language is an argument, too.
"""

from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import Any, Final, Protocol

SECONDS = 900.0
"""For so long at most a text stays in the memory of the process after the desk has erased it."""
MISSING: Final = object()
_forgetting: list[Callable[[], None]] = []


class Keeping(Protocol):
    """A decorator that leaves the type of a function as it is."""

    def __call__[**P, T](self, draw: Callable[P, T], /) -> Callable[P, T]: ...


def kept(most: int, weigh: Callable[[Any], int] = lambda _answer: 1) -> Keeping:
    """Answers of at most this weight together (so many of them, unless `weigh` says more); given by position alone."""

    def keeping[**P, T](draw: Callable[P, T], /) -> Callable[P, T]:
        answers: dict[Any, Any] = {}
        weight, until = 0, 0.0

        @wraps(draw)
        def asked(*given: P.args, **_named: P.kwargs) -> T:
            nonlocal weight, until
            if (now := monotonic()) > until:
                answers.clear()
                weight, until = 0, now + SECONDS
            try:
                answer: T = answers.get(given, MISSING)
            except TypeError:  # lists, of a connection that reads JSON by itself: nothing to be found by
                return draw(*given)  # type: ignore[call-arg]
            if answer is MISSING:
                answer = draw(*given)  # type: ignore[call-arg]
                if weight >= most:
                    answers.clear()
                    weight = 0
                answers[given] = answer
                weight += weigh(answer)
            return answer

        _forgetting.append(answers.clear)
        return asked

    return keeping


def forget() -> None:
    """Everything is drawn anew."""
    for clear in _forgetting:
        clear()
