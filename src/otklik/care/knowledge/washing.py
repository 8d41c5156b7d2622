"""Words without what tells who wrote them: addresses, numbers, names that the desk knows."""

import re
from collections.abc import Iterable

ADDRESS = re.compile(r"\S+@\S+")
NUMBER = re.compile(
    r"(?<!\d)(?!\d{1,5}[\-\u2010-\u2015]\d{1,5}(?![\d\-\u2010-\u2015]))"  # a range of ports is no telephone
    r"\+?\d(?:(?:[^\S\n]|[().\-\u2010-\u2015]){0,3}\d){8,}|\d{6,}"
)
"""Nine figures and more in one line, however they are parted, or six that are not."""
WORD = re.compile(r"[^\W\d_]+|(?<!\d)\d{1,4}(?!\d)")
GREETING = re.compile(
    r"^\s*(здравствуй\w*|добр\w+ (день|утро|вечер)\w*|приветствую|уважаем\w+"
    r"|hello|hi|dear|good (morning|day|evening))\b",
    re.IGNORECASE,
)
GONE = "…"
MOST_WORDS, LONGEST = 8, 80


def washed(text: str, names: Iterable[str] = ()) -> str:
    """Without addresses and long numbers, and without these names in any of their forms."""
    text = NUMBER.sub(GONE, ADDRESS.sub(GONE, text))
    for name in names:
        for part in re.findall(r"[^\W\d_]{3,}", name):
            if part[0].isupper():  # a name as it is written, not a word that happens to be like it
                stem = part[: max(3, len(part) - 2)]
                text = re.sub(rf"\b{re.escape(stem)}\w{{0,4}}\b", GONE, text)
    return re.sub(rf"{GONE}(\s*{GONE})+", GONE, text)


def without_greeting(text: str) -> str:
    """The first line goes where it only greets somebody."""
    first, _end, rest = text.strip().partition("\n")
    return rest.strip() if GREETING.match(first) and len(first) < 80 else text.strip()


def normal(query: str) -> str:
    """Searches that mean the same look the same; "" where no word is left."""
    text = NUMBER.sub(" ", ADDRESS.sub(" ", query.lower().replace("ё", "е")))
    words = WORD.findall(text)[:MOST_WORDS]
    return " ".join(words)[:LONGEST].strip() if any(word.isalpha() for word in words) else ""
