"""Where the letter ends and the signature begins: only signs that can hardly be anything else."""

import re

from otklik.adapters.email.parse.attribution import CLOSING, MOBILE, OUTLOOK_FOR

_DASHES = re.compile(r"\s{0,2}(?:--|—|––|__)\s*\Z")
_RULE = re.compile(r"\s{0,2}[-_=*]{5,40}\s*\Z")
_CONTACT = re.compile(
    r"(?i)[\w\s.,:/|-]{0,20}(?:[\w.+-]+@[\w-]+\.[\w.-]+|(?:https?://|www\.)\S+|[+(]?\d[\d\s().-]{6,20}(?:\s?(?:ext|доб)\W*\d+)?)\W*\Z"
)
_NAME = re.compile(r"[^\W\d_a-zа-яё][\w'’-]*(?:\s[^\W\d_a-zа-яё][\w.'’-]*){1,2}\Z")
_LONGEST = 15  # lines with something on them
_CLOSING_LONGEST = 9
_WIDEST = 90


def without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    """(letter, signature). A signature never takes the whole letter."""
    start = _start(lines)
    if start is None or not any(line.strip() for line in lines[:start]):
        return lines, []
    return lines[:start], lines[start:]


def _start(lines: list[str]) -> int | None:
    """The index of the line the signature begins with: the highest that qualifies, seen from the end."""
    found, below, narrow = None, 0, True
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index].strip()
        if not line:
            continue
        if MOBILE.match(line[:200]) or OUTLOOK_FOR.match(line[:200]):
            return _with_dashes(lines, index)
        if _DASHES.match(lines[index]):
            return index
        closes = below < _CLOSING_LONGEST and narrow and bool(CLOSING.match(line[:100]))
        if closes or (_RULE.match(line) and narrow and below >= 2 and _contacts(lines[index + 1 :]) >= 2):
            found = index
        below += 1
        narrow = narrow and len(line) <= _WIDEST
        if below > _LONGEST:
            break
    return found if found is not None else _name_and_contacts(lines)


def _with_dashes(lines: list[str], index: int) -> int:
    """Some programs put their dashes above "sent from my phone"."""
    above = index - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and _DASHES.match(lines[above]) else index


def _contacts(lines: list[str]) -> int:
    return sum(bool(_CONTACT.match(line.strip()[:200])) for line in lines)


def _name_and_contacts(lines: list[str]) -> int | None:
    """A last paragraph of a name and two or more ways to reach somebody."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    start = end
    while start and lines[start - 1].strip():
        start -= 1
    block = lines[start:end]
    if not 3 <= len(block) <= 7:
        return None
    return start if _NAME.match(block[0].strip()) and _contacts(block[1:]) >= 2 else None
