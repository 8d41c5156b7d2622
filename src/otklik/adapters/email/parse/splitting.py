"""The new part of a letter apart from what it quotes and from the signature. Every line lands in one of the three."""

import re
from dataclasses import dataclass

from otklik.adapters.email.parse.attribution import (
    ATTRIBUTION_BEGINS,
    FIELD_OF,
    LABEL_LINE,
    RULE,
    SEPARATOR,
    is_attribution,
    may_end_attribution,
    may_label,
    may_separate,
)
from otklik.adapters.email.parse.htmltext import (
    QUOTE_BEGINS,
    QUOTE_ENDS,
    REST_IS_QUOTED,
    marked_text,
    may_quote,
)
from otklik.adapters.email.parse.limits import DEFAULT, Limits
from otklik.adapters.email.parse.signatures import without_signature

_QUOTED = re.compile(r"\s{0,3}(?:>|\|\s|\x3e)")
_OPEN_LINK = re.compile(r"[(<]https?://[^\s()<>]{1,2000}\Z")
_LINK_ENDS = re.compile(r"[^\s()<>]{1,2000}[)>]\s*\Z")
_SHARED = re.compile(r"(.*?[^\s-])\s*(-{2,}\s*[^\W\d_]+ .*)")
_MARKS = (REST_IS_QUOTED, QUOTE_BEGINS, QUOTE_ENDS)
_WIDEST = 300
_LONGEST = 5_000  # lines looked at; the rest of a longer mail counts as its last kind


@dataclass(frozen=True)
class Split:
    """`new` + `signature` + `quoted` are all lines of the text."""

    new: str = ""
    quoted: str = ""
    signature: str = ""


def split(text: str, html: str = "", limits: Limits = DEFAULT, *, from_html: bool = False) -> Split:
    """`html` tells where the quote is when the plain text does not; `from_html`: there is no other text than its."""
    marked = marked_text(html, limits).split("\n") if html and may_quote(html) else []
    marked = marked if any(line.strip("> ") in _MARKS for line in marked) else []
    new, quoted = split_lines(text.split("\n")) if not (marked and from_html) else split_marked(marked)
    if marked and not quoted:
        new, quoted = split_marked(marked)
    body, signature = without_signature(new)
    return Split("\n".join(body).strip("\n"), "\n".join(quoted).strip("\n"), "\n".join(signature).strip("\n"))


def split_marked(lines: list[str]) -> tuple[list[str], list[str]]:
    """The same for text with mark lines: what stands between marks becomes quoted text."""
    out: list[str] = []
    depth = 0
    for index, line in enumerate(lines):
        mark = line.strip("> ")
        if mark == REST_IS_QUOTED:
            new, quoted = split_lines(out)
            rest = [other for other in lines[index + 1 :] if other.strip("> ") not in _MARKS]
            return new, quoted + rest
        if mark in _MARKS:
            depth = max(0, depth + (1 if mark == QUOTE_BEGINS else -1))
        else:
            out.append(f"> {line}" if depth and not line.startswith(">") else line)
    return split_lines(out)


def split_lines(lines: list[str]) -> tuple[list[str], list[str]]:
    lines = [piece for line in lines for piece in _apart(line)]
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


def _apart(line: str) -> list[str]:
    """What was written and "--- On Monday Anna wrote:" in one line are two lines."""
    shared = _SHARED.fullmatch(line) if "--" in line and len(line) <= _WIDEST else None
    if shared and ATTRIBUTION_BEGINS.match(shared[2]) and is_attribution(shared[2]):
        return [shared[1], shared[2]]
    return [line]


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
    """A long line that was broken, or a link whose bracket is closed on the next line."""
    before, after = lines[index - 1 : index], lines[index + 1 : index + 2]
    if not (before and after and _QUOTED.match(before[0]) and _QUOTED.match(after[0])):
        return False
    return len(before[0]) > 60 or bool(_OPEN_LINK.search(before[0]) and _LINK_ENDS.match(lines[index]))


def splitter_at(lines: list[str], position: int) -> tuple[int, bool]:
    """(lines of the splitter that begins here, whether all that follows is quoted); (0, False) for none."""
    line = lines[position][:_WIDEST]
    if not line or line.isspace():
        return 0, False
    if may_separate(line):
        if SEPARATOR.match(line):
            return 1, True
        if RULE.match(line) and header_block(lines, position + 1) >= 2:
            return 1, True
    if may_label(line) and LABEL_LINE.match(line) and header_block(lines, position) >= 3:
        return 1, True
    return attribution_at(lines, position), False


def attribution_at(lines: list[str], position: int) -> int:
    """How many lines the attribution takes that begins here, 0 for none."""
    addressed = [line.strip() for line in lines[position + 1 : position + 3]] == ["", "<"]  # Polymail's way
    if addressed:
        lines = [*lines[: position + 1], *lines[position + 2 : position + 5]]
    last = min(len(lines), position + 4)
    ends = [index for index in range(position, last) if may_end_attribution(lines[index])]
    if not ends or (ends[0] > position and not ATTRIBUTION_BEGINS.match(lines[position].strip()[:300])):
        return 0
    for end in ends:
        pieces = [line.strip() for line in lines[position : end + 1]]
        joined = " ".join(pieces)[:700]
        if not all(pieces):
            return 0
        if is_attribution(joined):
            return end - position + 1 + addressed
        if end == position and not ATTRIBUTION_BEGINS.match(pieces[0][:300]):
            return 0
    return 0


def header_block(lines: list[str], position: int) -> int:
    """How many different letter-head labels stand together from here (folded values and blank lines between allowed)."""
    fields: set[str] = set()
    misses = 0
    for line in lines[position : position + 14]:
        if may_label(line) and (match := LABEL_LINE.match(line[:300])):
            fields.add(FIELD_OF[match[1].casefold()])
            misses = 0
        elif not fields and line.strip():
            return 0
        else:
            misses += 1
            if misses > 2:
                break
    return len(fields) if "from" in fields else 0
