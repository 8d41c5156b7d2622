"""What slips into a letter from another window: another client's name, words that were meant for colleagues.

Pure text work, like doubts: the agent is asked once and may be right.
"""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from otklik.desk.clients.nameless import GREETING, HONOUR
from otklik.desk.clients.names import FEMALE, MALE, SHORT

HELLO = rf"(?i:{GREETING}|{HONOUR}|дорог(?:ой|ая))"
NAME = r"(?P<name>[А-ЯЁA-Z][\w-]+(?:[ \t]+[А-ЯЁA-Z][\w-]+){0,2})"
GREETINGS = (
    re.compile(rf"\s*{HELLO}[\s,]+{NAME}\s*(?:[,!.:]|$)", re.MULTILINE),
    re.compile(rf"\s*{NAME}\s*,\s*{HELLO}\b"),
)
NOBODY = frozenset(
    "коллеги господа друзья команда клиент абонент все дамы colleagues team all everyone sir madam customer client "
    "there folks support".split()
)
INSIDE = re.compile(
    r"между\s+нами|не\s+для\s+клиент|клиенту\s+(?:не|пока\s+не|ни\s+в\s+коем)\s+(?:\w+\s+)?(?:говор|сообщ|пиш|показ|отправ)"
    r"|не\s+(?:говор|сообщ|пиш|показыва)\w*\s+(?:это\s+)?клиенту|внутренн\w+\s+(?:заметк|переписк|комментари)"
    r"|только\s+для\s+(?:своих|сотрудник|коллег|внутренн)|для\s+служебного|дсп\b"
    r"|internal\s+(?:only|note|use)|do\s+not\s+(?:tell|show|forward\s+to)\s+the\s+(?:client|customer)"
    r"|not\s+for\s+the\s+(?:client|customer)",
    re.IGNORECASE,
)


def slips(text: str, names: Iterable[str]) -> list[str]:
    """Questions to the agent; `names` are the people that this letter may address, asked for when one is greeted."""
    return [question for question in (_other_name(text, names), _inside(text)) if question]


def _other_name(text: str, names: Iterable[str]) -> str:
    """The greeting names nobody of this talk.  A name in another script than theirs cannot be compared."""
    greeted = next((found["name"] for shape in GREETINGS if (found := shape.match(text))), "")
    words = _words(greeted) - NOBODY
    if not words:
        return ""
    names = list(names)
    known = {word for name in names for word in _words(name)}
    same_script = {word for word in known if _is_russian(word) == _is_russian(greeted)}
    if not same_script or not _is_somebody(words, greeted):
        return ""
    if {_stem(word) for word in words} & {_stem(word) for word in same_script}:
        return ""
    return _("The letter greets “%(greeted)s”, and the client is %(client)s.") % {
        "greeted": greeted.strip(),
        "client": names[0] if names else "",
    }


def _inside(text: str) -> str:
    own = "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">"))
    found = INSIDE.search(own)
    return _("“%(words)s” sounds as if meant for colleagues.") % {"words": found[0]} if found else ""


def _words(name: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", name.lower().replace("ё", "е")))


def _stem(word: str) -> str:
    """Short forms and cases of one name begin alike: Павлу, Паша and Павел."""
    return SHORT.get(word, word)[:3]


def _is_russian(text: str) -> bool:
    return bool(re.search(r"[а-яё]", text, re.IGNORECASE))


def _is_somebody(words: set[str], greeted: str) -> bool:
    """A Russian word with a capital may be anything («Абонент»): one of them must be a given name."""
    given = MALE | FEMALE | SHORT.keys()
    return not _is_russian(greeted) or any(word in given for word in words)
