"""Authentication-Results (RFC 8601): what the one server that we trust found when the letter came in.

Anybody can write such a header into a letter.  Only the topmost one with the name of our border counts; all others,
and all that stand below it, are not even read.
"""

import re
from dataclasses import dataclass, field

HEAD = 256 * 1024
LONGEST = 16 * 1024
MOST_RESULTS = 50

_END = re.compile(rb"\n\r?\n|\r\r")
_FIELD = re.compile(rb"(?im)^authentication-results[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)")
_NAME = re.compile(r"\s*([^\s;()\"]{1,253})")
_RESULT = re.compile(r"\s*([a-z0-9-]{1,40})\s*(?:/\s*\d+\s*)?=\s*([a-z0-9-]{1,40})", re.IGNORECASE)
_QUOTED = r"\"(?:[^\"\\]|\\.)*\""
# Whole, for who writes chooses what stands before the @ of the envelope: "a@bank.example"@thief.example.
_PROPERTY = re.compile(
    rf"\s([a-z0-9-]{{1,40}})\s{{0,9}}\.\s{{0,9}}([a-z0-9-]{{1,40}})\s{{0,9}}=\s{{0,9}}((?:{_QUOTED}|[^\s;\"])+)",
    re.IGNORECASE | re.DOTALL,
)
_ALL_QUOTED = re.compile(_QUOTED, re.DOTALL)


@dataclass(frozen=True)
class Result:
    """One method's result, such as `dkim=pass header.d=volga.ru`; everything in lower case."""

    method: str
    result: str
    properties: dict[str, str] = field(default_factory=dict)


def results_of(raw: bytes, border: str) -> list[Result] | None:
    """What the border found; None when it left no word in this letter."""
    end = _END.search(raw[:HEAD])
    head = raw[: end.start() + 1 if end else HEAD]
    for found in _FIELD.finditer(head):
        text = without_comments(found[1][:LONGEST].decode("utf-8", "replace"))
        name = _NAME.match(text)
        if name and is_border(name[1], border):
            return results_in(text[name.end() :])
    return None


def is_border(name: str, border: str) -> bool:
    """`*.mail.example` stands for all servers of that domain."""
    name, border = name.lower(), border.lower()
    if border.startswith("*."):
        return name.endswith(border[1:])
    return name == border


def without_comments(text: str) -> str:
    """Comments may nest; what stands in quotes is none."""
    kept, depth, quoted, escaped = [], 0, False, False
    for letter in text:
        if escaped:
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == '"' and not depth:
            quoted = not quoted
        elif letter == "(" and not quoted:
            depth += 1
            continue
        elif letter == ")" and not quoted and depth:
            depth -= 1
            kept.append(" ")
            continue
        if not depth:
            kept.append(letter)
    return "".join(kept)


def results_in(text: str) -> list[Result]:
    """What stands behind the name of the server, without comments."""
    found = []
    for piece in _pieces(text)[1 : MOST_RESULTS + 1]:
        if match := _RESULT.match(piece):
            properties = {
                f"{kind}.{name}".lower(): _unquoted(value).lower()
                for kind, name, value in _PROPERTY.findall(piece[match.end() :])
            }
            found.append(Result(match[1].lower(), match[2].lower(), properties))
    return found


def _unquoted(value: str) -> str:
    return value[1:-1] if _ALL_QUOTED.fullmatch(value) else value


def _pieces(text: str) -> list[str]:
    """Between semicolons; what stands in quotes is not cut."""
    pieces, start, quoted, escaped = [], 0, False, False
    for index, letter in enumerate(text):
        if escaped:
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == '"':
            quoted = not quoted
        elif letter == ";" and not quoted:
            pieces.append(text[start:index])
            start = index + 1
    return [*pieces, text[start:]]
