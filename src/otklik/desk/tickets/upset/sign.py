"""A sign: words that say that somebody is upset, and how much they say."""

from typing import NamedTuple


class Sign(NamedTuple):
    """Ways of saying it, each a pattern from the beginning of a word, over one sentence in small letters.

    `ё` is written as `е`, blanks are single.  Weight 4 tells by itself even in a polite sentence, 3 by itself, 2 and 1
    together with others.  `stems` are the first four letters of words without one of which it cannot be there.
    `reach` is how many words before it may hold a negation of it: a threat is only taken back by the word just before
    it («не пойду в суд», but «если не вернёте деньги обращусь в суд»), and a sign that has a negation in it by none.
    """

    weight: int
    stems: frozenset[str]
    pattern: str
    reach: int


def sign(weight: int, stems: str, *ways: str, reach: int = 3) -> Sign:
    return Sign(weight, frozenset(stems.split()), rf"\b(?:{'|'.join(ways)})", reach)
