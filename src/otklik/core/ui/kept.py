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
"""How long a text may stay in the memory of the process after the desk has erased it.

`forget_old` looks whether it is over: the ear of a web process asks it every 20 s.  A worker has no such heart and
hardly draws; it forgets at its next look.
"""
MISSING: Final = object()
_forgetting: list[tuple[Callable[[], None], Callable[[], None]]] = []


class Keeping(Protocol):
    """A decorator that leaves the type of a function as it is."""

    def __call__[**P, T](self, draw: Callable[P, T], /) -> Callable[P, T]: ...


def kept(most: int, weigh: Callable[..., int] = lambda _answer, *_given: 1) -> Keeping:
    """Answers of at most this weight together; what is given is given by position alone.

    So many of them, unless `weigh` says more: of the answer and of what was given, which is held as its key.
    """

    def keeping[**P, T](draw: Callable[P, T], /) -> Callable[P, T]:
        answers: dict[Any, Any] = {}
        weight, until = 0, 0.0

        @wraps(draw)
        def asked(*given: P.args, **_named: P.kwargs) -> T:
            nonlocal weight, until
            if (now := monotonic()) > until:
                clear()
                until = now + SECONDS
            try:
                answer: T = answers.get(given, MISSING)
            except TypeError:  # lists, of a connection that reads JSON by itself: nothing to be found by
                return draw(*given)  # type: ignore[call-arg]
            if answer is MISSING:
                answer = draw(*given)  # type: ignore[call-arg]
                if weight >= most:
                    clear()
                answers[given] = answer
                weight += weigh(answer, *given)
            return answer

        def clear() -> None:
            nonlocal weight
            weight = 0  # first: what another thread puts in meanwhile is weighed too much, and not too little
            answers.clear()

        def clear_old() -> None:
            if monotonic() > until:
                clear()

        _forgetting.append((clear, clear_old))
        return asked

    return keeping


def forget() -> None:
    """Everything is drawn anew."""
    for clear, _clear_old in _forgetting:
        clear()


def forget_old() -> None:
    """What has been kept for long enough is dropped, though nobody asks for it."""
    for _clear, clear_old in _forgetting:
        clear_old()


def signs(answer: str, *given: str) -> int:
    """The weight of texts that were drawn of texts."""
    return len(answer) + sum(map(len, given))
