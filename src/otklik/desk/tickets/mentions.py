"""Colleagues and lines that are named in a note: `@Марина Белова`, `@Первая линия`."""

import re
from collections.abc import Hashable, Mapping

MARK = "@"


def named_in[Named: Hashable](text: str, people: Mapping[Named, str]) -> list[Named]:
    """Keys of `people` (key: name) whose whole name stands behind an @, in the order of the text.

    Two of one name are both; of two that begin alike the longer one is meant.  Case and ё do not matter, nor how many
    blanks part the words.
    """
    if MARK not in text:
        return []
    known: dict[str, list[Named]] = {}
    for pk, name in people.items():
        if plain := _plain(name):
            known.setdefault(plain, []).append(pk)
    if not known:
        return []
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    found = re.findall(rf"(?<!\w){MARK}({names})(?!\w)", _plain(text))
    return list(dict.fromkeys(pk for name in found for pk in known[name]))


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("ё", "е").split())
