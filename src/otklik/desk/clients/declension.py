"""A person's name in the cases of Russian: «для Анны», «кому: Анне».

What is not understood without a doubt stays as it is: a wrong ending is worse than the nominative.
"""

import re
from functools import cache

from petrovich.enums import Case, Gender, NamePart
from petrovich.main import Petrovich

from otklik.desk.clients.names import FEMALE, MALE

CASES = {case.name.lower(): case for case in Case}
"""genitive, dative, accusative, instrumental, prepositional, nominative."""
FIRST, MIDDLE, LAST = NamePart.FIRSTNAME, NamePart.MIDDLENAME, NamePart.LASTNAME

_WORD = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?")
_FATHER = {Gender.MALE: re.compile(r".{2,}(?:ич)$"), Gender.FEMALE: re.compile(r".{2,}(?:вна|ична|инична)$")}
_FAMILY = {Gender.MALE: re.compile(r".+(?:[еёо]в|[иы]н|[сц]кий|[сц]кой)$"),
           Gender.FEMALE: re.compile(r".+(?:[еёо]ва|[иы]на|[сц]кая)$")}  # fmt: skip


def declined(name: str, case: str) -> str:
    """A name in a case of `CASES`; unchanged when its parts or its gender are in doubt."""
    words = name.split()
    parts = _parts(words)
    gender = _gender(words, parts)
    if gender is None:
        return name
    put = _petrovich().inflect
    return " ".join(put(word, CASES[case], part, gender) for word, part in zip(words, parts, strict=True))


@cache
def _petrovich() -> Petrovich:
    return Petrovich()


def _parts(words: list[str]) -> tuple[NamePart, ...]:
    """Which word is what, in the orders in which people write their names; nothing when in doubt."""
    if not words or not all(map(_WORD.fullmatch, words)):
        return ()
    given = [_given(word) is not None for word in words]
    fathers = [_fathers(word) is not None for word in words]
    match len(words):
        case 1 if given[0]:
            return (FIRST,)
        case 2 if fathers[1] and not fathers[0]:
            return FIRST, MIDDLE
        case 2 if given[0] and not given[1]:
            return FIRST, LAST
        case 2 if given[1] and not given[0]:
            return LAST, FIRST
        case 3 if fathers[1] and (given[0] or not fathers[2]):
            return FIRST, MIDDLE, LAST
        case 3 if fathers[2]:
            return LAST, FIRST, MIDDLE
    return ()


def _gender(words: list[str], parts: tuple[NamePart, ...]) -> Gender | None:
    """Of all parts that tell one; None when none does or they contradict each other."""
    tells = {FIRST: _given, MIDDLE: _fathers, LAST: _family}
    told = {tells[part](word) for word, part in zip(words, parts, strict=False)} - {None}
    return told.pop() if len(told) == 1 else None


def _given(word: str) -> Gender | None:
    """Both halves of a double name, «Анна-Мария», must be of one gender."""
    names = set(word.lower().split("-"))
    return Gender.MALE if names <= MALE else Gender.FEMALE if names <= FEMALE else None


def _fathers(word: str) -> Gender | None:
    return next((gender for gender, shape in _FATHER.items() if shape.match(word)), None)


def _family(word: str) -> Gender | None:
    return next((gender for gender, shape in _FAMILY.items() if shape.match(word)), None)
