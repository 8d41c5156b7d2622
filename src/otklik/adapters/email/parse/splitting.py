"""The new part of a letter apart from what it quotes and from the signature. Every line lands in one of the three."""

import re
from dataclasses import dataclass

from otklik.adapters.email.parse.attribution import (
    ATTRIBUTION_BEGINS,
    ATTRIBUTIONS,
    FIELD_OF,
    LABEL_LINE,
    MAYBE_ATTRIBUTION,
    RULE,
    SEPARATOR,
)
from otklik.adapters.email.parse.limits import DEFAULT, Limits
from otklik.adapters.email.parse.signatures import without_signature

_QUOTED = re.compile(r"\s{0,3}(?:>|\|\s|\x3e)")
_LONGEST = 5_000  # lines looked at; the rest of a longer mail counts as its last kind


@dataclass(frozen=True)
class Split:
    """`new` + `signature` + `quoted` are all lines of the text."""

    new: str = ""
    quoted: str = ""
    signature: str = ""


def split(text: str, html: str = "", limits: Limits = DEFAULT) -> Split:
    lines = text.split("\n")
    new, quoted = split_lines(lines)
    body, signature = without_signature(new)
    return Split("\n".join(body).strip("\n"), "\n".join(quoted).strip("\n"), "\n".join(signature).strip("\n"))


def split_lines(lines: list[str]) -> tuple[list[str], list[str]]:
    new: list[str] = []
    quoted: list[str] = []
    position = 0
    while position < len(lines):
        length, rest = splitter_at(lines, position) if position < _LONGEST else (0, False)
        if length and (rest or not _quote_follows(lines, position + length)):
            return new, quoted + lines[position:]
        if length:
            end = _end_of_quote(lines, position + length)
            quoted += lines[position:end]
            position = end
        elif _QUOTED.match(lines[position]):
            end = _end_of_quote(lines, position)
            quoted += lines[position:end]
            position = end
        else:
            new.append(lines[position])
            position += 1
    return new, quoted


def _quote_follows(lines: list[str], position: int) -> bool:
    """Is the next line with something on it marked as quoted?"""
    following = next((line for line in lines[position : position + 6] if line.strip()), "")
    return bool(_QUOTED.match(following))


def _end_of_quote(lines: list[str], position: int) -> int:
    """Behind the run of marked lines; blank lines and one wrapped line between marked ones belong to it."""
    end = position
    for index in range(position, len(lines)):
        if _QUOTED.match(lines[index]):
            end = index + 1
        elif lines[index].strip() and not _wrapped(lines, index):
            break
    return end


def _wrapped(lines: list[str], index: int) -> bool:
    before, after = lines[index - 1 : index], lines[index + 1 : index + 2]
    return bool(
        before and after and _QUOTED.match(before[0]) and _QUOTED.match(after[0]) and len(before[0]) > 60
    )


def splitter_at(lines: list[str], position: int) -> tuple[int, bool]:
    """(lines of the splitter that begins here, whether all that follows is quoted); (0, False) for none."""
    line = lines[position]
    if not line.strip():
        return 0, False
    if SEPARATOR.match(line[:300]):
        return 1, True
    if RULE.match(line[:300]) and header_block(lines, position + 1) >= 2:
        return 1, True
    if LABEL_LINE.match(line[:300]) and header_block(lines, position) >= 3:
        return 1, True
    return attribution_at(lines, position), False


def attribution_at(lines: list[str], position: int) -> int:
    """How many lines the attribution takes that begins here, 0 for none."""
    joined, begins = "", False
    for count in range(1, 5):
        if position + count > len(lines):
            break
        line = lines[position + count - 1].strip()
        if not line and count > 1:
            break
        joined = f"{joined} {line}".strip()[:700]
        if count == 1:
            begins = bool(ATTRIBUTION_BEGINS.match(joined))
        elif not begins:
            break
        if MAYBE_ATTRIBUTION.search(line) and any(pattern.match(joined) for pattern in ATTRIBUTIONS):
            return count
    return 0


def header_block(lines: list[str], position: int) -> int:
    """How many different letter-head labels stand together from here (folded values and blank lines between allowed)."""
    fields: set[str] = set()
    misses = 0
    for line in lines[position : position + 14]:
        if match := LABEL_LINE.match(line[:300]):
            fields.add(FIELD_OF[match[1].casefold()])
            misses = 0
        elif not fields and line.strip():
            return 0
        else:
            misses += 1
            if misses > 2:
                break
    return len(fields) if "from" in fields else 0
