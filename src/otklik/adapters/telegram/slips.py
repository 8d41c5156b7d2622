"""Whether a changed message is the one of before with its slips mended: nobody would read another sense in it."""

import re

LONG = 5
"""In shorter words one letter makes another one: "not" and "now"."""
BEGINNING = 2
"""Letters at which words of the opposite sense part: "opened" and "reopened", «открыт» and «закрыт»."""
MARKS = re.compile(r"(?<![\d.,:;…—–()«»\"-])[.,:;…—–()«»\"-]+(?![\d.,:;…—–()«»\"-])")
"""They part words, beside a figure they are a part of it; a question mark and every other sign is what is said."""


def is_slip(before: str, after: str) -> bool:
    """As many words as before, and each of them the same, whatever its capitals, or one slip of the hand apart."""
    old, new = _words(before), _words(after)
    return len(old) == len(new) and all(_is_same(*pair) for pair in zip(old, new, strict=True))


def _words(text: str) -> list[str]:
    return MARKS.sub(" ", text.lower().replace("ё", "е")).split()


def _is_same(one: str, other: str) -> bool:
    if one == other:
        return True
    are_long = min(len(one), len(other)) >= LONG and one.isalpha() and other.isalpha()
    return are_long and one[:BEGINNING] == other[:BEGINNING] and _is_one_slip(one, other)


def _is_one_slip(one: str, other: str) -> bool:
    """A letter more, less or another, or two neighbours in the other order."""
    start = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return abs(len(one) - len(other)) == 1
    rest, others = one[start:], other[start:]
    swapped = rest[:2] == others[1::-1] and rest[2:] == others[2:]
    return swapped or rest[1:] == others or rest == others[1:] or rest[1:] == others[1:]
