"""Two texts word by word: what was taken out, what was put in, and how much that is."""

import re
from difflib import SequenceMatcher
from itertools import chain
from typing import NamedTuple

WORD = re.compile(r"\S+")
SPACED = re.compile(r"\s*\S+")
MOST = 1500
"""Words in the differing middle of either text beyond which they are told as one piece replaced by another."""


class Piece(NamedTuple):
    """`mark` is "gone", "new" or "" for words that both texts have; the text begins with the space before it."""

    mark: str
    text: str


class _Run(NamedTuple):
    same: bool
    was: range
    now: range


def pieces(before: str, after: str) -> list[Piece]:
    """In the order of reading, of a place that changed the old words first."""
    was, now = SPACED.findall(before), SPACED.findall(after)
    told: list[Piece] = []

    def tell(mark: str, tokens: list[str]) -> None:
        text = "".join(tokens)
        if text:  # what stands behind the first word of a text had no space there
            told.append(Piece(mark, text if text[0].isspace() or not told else f" {text}"))

    for run in _runs([word.strip() for word in was], [word.strip() for word in now]):
        if run.same:
            tell("", [now[at] for at in run.now])
            continue
        tell("gone", [was[at] for at in run.was])
        tell("new", [now[at] for at in run.now])
    return told


def changed(before: str, after: str) -> float:
    """(words taken out + words put in) ÷ words of both texts: 0 where all stayed, 1 where nothing did.

    What stays are the matching blocks of Ratcliff and Metzener (1988), so that this is 1 − their ratio.
    """
    was, now = WORD.findall(before), WORD.findall(after)
    whole = len(was) + len(now)
    if not whole:
        return 0.0
    return sum(len(run.was) + len(run.now) for run in _runs(was, now) if not run.same) / whole


def _runs(was: list[str], now: list[str]) -> list[_Run]:
    """Neighbouring stretches, alike and different; equal ends are found without comparing all with all."""
    most = min(len(was), len(now))
    head = next((at for at in range(most) if was[at] != now[at]), most)
    most -= head
    tail = next((at for at in range(most) if was[-1 - at] != now[-1 - at]), most)
    a, b = was[head : len(was) - tail], now[head : len(now) - tail]
    ends_was, ends_now = len(was) - tail, len(now) - tail
    first = [_Run(True, range(head), range(head))]
    last = [_Run(True, range(ends_was, len(was)), range(ends_now, len(now)))]
    if max(len(a), len(b)) > MOST:
        middle = [_Run(False, range(head, ends_was), range(head, ends_now))]
    else:
        codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
        middle = [
            _Run(kind == "equal", range(head + i, head + j), range(head + k, head + m)) for kind, i, j, k, m in codes
        ]
    return [run for run in chain(first, middle, last) if run.was or run.now]
