"""Words without what tells who wrote them: addresses, numbers, names that the desk knows."""

import re
from collections.abc import Iterable

from otklik.desk.clients.nameless import GREETING, HONOUR

ADDRESS = re.compile(r"\S+@\S+")
NUMBER = re.compile(
    r"(?<!\d)(?!\d{1,5}[\-\u2010-\u2015]\d{1,5}(?![\d\-\u2010-\u2015]))"  # a range of ports is no telephone
    r"\+?\d(?:(?:[^\S\n]|[().\-\u2010-\u2015]){0,3}\d){8,}|\d{6,}"
)
"""Nine figures and more in one line, however they are parted, or six that are not."""
WORD = re.compile(r"[^\W\d_]+|(?<!\d)\d{1,4}(?!\d)")
NAME = r"(?:коллеги|(?:(?:Mrs?|Ms|Dr)\.?[ \t]+)?[A-ZА-ЯЁ][\w-]*(?:[ \t]+[A-ZА-ЯЁ][\w-]*){0,2})"
PAUSE = r"(?=[ \t]*(?:[!,.:…\n]|$))"
OPENING = re.compile(
    rf"\s*(?:(?i:{GREETING})(?:,?[ \t]+(?i:{HONOUR}))?|(?i:{HONOUR}))(?!\w)(?:,?[ \t]+{NAME}{PAUSE})?{PAUSE}[\s!,.:…]*"
)
"""A greeting, and whom it greets."""
ENDING = (
    r"(?:[аяуюеёиыйьо]|[оеё][йю]|[оеёыи]м|[иы]й|[оеё]го|[оеё]му|[ая]я|[ую]ю|[иы]х|[иы]ми|и[яию]|ие[мй]"
    r"|'?s)?"
)
"""Endings of the cases of a name."""
GONE = "…"
MOST_WORDS, LONGEST = 8, 80


def washed(text: str, names: Iterable[str] = ()) -> str:
    """Without addresses and long numbers, and without these names in any of their forms."""
    text = NUMBER.sub(GONE, ADDRESS.sub(GONE, text))
    for name in names:
        for part in re.findall(r"[^\W\d_]{3,}", name):
            if part[0].isupper():  # a name as it is written, not a word that happens to be like it
                text = re.sub(rf"\b(?:{_stem(part)}{ENDING}|{part})\b", GONE, text)
    return re.sub(rf"{GONE}(\s*{GONE})+", GONE, text)


def without_greeting(text: str) -> str:
    """The greeting and the name after it go; what is said on the same line stays."""
    bare = text.strip()
    found = OPENING.match(bare)
    if found is None:
        return bare
    rest = bare[found.end() :]
    return rest[:1].upper() + rest[1:]


def _stem(name: str) -> str:
    """The pattern of what all cases of a name begin with: Мария and Марии, Павел and Павла, Лев and Льва."""
    bare = re.sub(r"(?:[иыо]й|[ая]я|[аеёийоуыьэюя])$", "", name)
    same = re.sub("[её](?!.$)", "[её]", bare)
    return re.sub(r"[еёо](?=[бвгджзклмнпрстфхцчшщ]$)", "[еёоь]?", same)


def normal(query: str) -> str:
    """Searches that mean the same look the same; "" where no word is left."""
    text = NUMBER.sub(" ", ADDRESS.sub(" ", query.lower().replace("ё", "е")))
    words = WORD.findall(text)[:MOST_WORDS]
    return " ".join(words)[:LONGEST].strip() if any(word.isalpha() for word in words) else ""
