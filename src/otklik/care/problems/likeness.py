"""How like two short texts are, and which of many belong together: three letters at a time, as PostgreSQL does it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

ENOUGH = 0.5
"""From which share of common trigrams on two subjects say the same."""
SHORTEST = 6
"""A shorter subject ("help", "urgent") says nothing."""
MOST_HEAPS = 400
"""Of one reason; what comes after them stands alone."""
BEGINNING = re.compile(r"^(?:(?:re|fw|fwd|отв|ответ|ha)\s*(?:\[\d+\])?:\s*)+", re.IGNORECASE)
NO_WORD = re.compile(r"[^\w]+|\d+")


def normalised(text: str) -> str:
    """Without "Re:", numbers and signs, in small letters."""
    return " ".join(NO_WORD.sub(" ", BEGINNING.sub("", text.strip()).lower().replace("ё", "е")).split())


def trigrams(words: str) -> frozenset[str]:
    """Of each word with its edges."""
    padded = (f"  {word} " for word in words.split())
    return frozenset(word[place : place + 3] for word in padded for place in range(len(word) - 2))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Common ÷ all."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


@dataclass
class Heap:
    """Requests whose subjects say the same as that of the first."""

    says: frozenset[str]
    tickets: list[int] = field(default_factory=list)


def heaps(subjects: Iterable[tuple[int, str]]) -> list[Heap]:
    """Each request goes to the likest heap whose first subject is like enough, or begins one; in the order given."""
    found: list[Heap] = []
    known: dict[str, Heap] = {}
    for number, subject in subjects:
        words = normalised(subject)
        if len(words) < SHORTEST:
            continue
        if words not in known:
            says = trigrams(words)
            best = max(found, key=lambda heap: likeness(heap.says, says), default=None)
            if best is None or likeness(best.says, says) < ENOUGH:
                best = Heap(says)
                if len(found) < MOST_HEAPS:
                    found.append(best)
            known[words] = best
        known[words].tickets.append(number)
    return found
