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
EMPTY = frozenset(
    "здравствуйте здравствуй добрый доброе доброго день вечер утро времени суток привет приветствую вопрос вопросы"
    " помогите помощь нужна срочно обращение заявка запрос письмо сообщение проблема пожалуйста подскажите прошу"
    " без темы нет тема новое новая от клиента с сайта hello hi dear good morning afternoon evening day question"
    " request help urgent please no subject message problem issue new from the website support".split()
)
"""A subject of nothing but these is a greeting or a call for help: it says no cause."""
BEGINNING = re.compile(r"^(?:(?:re|fw|fwd|отв|ответ|ha)\s*(?:\[\d+\])?:\s*)+", re.IGNORECASE)
NO_WORD = re.compile(r"[^\w]+|\d+")


def normalised(text: str) -> str:
    """Without "Re:", numbers and signs, in small letters."""
    return " ".join(NO_WORD.sub(" ", BEGINNING.sub("", text.strip()).lower().replace("ё", "е")).split())


def says_something(words: str) -> bool:
    """Of normalised words: long enough, and more than a greeting."""
    return len(words) >= SHORTEST and not EMPTY.issuperset(words.split())


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
        if not says_something(words):
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
