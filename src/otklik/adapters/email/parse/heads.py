"""The small letter head (From, Sent, To, Subject) that mail programs copy into the text above a quoted letter."""

import re
from dataclasses import dataclass, field

from otklik.adapters.email.parse.addresses import normal
from otklik.adapters.email.parse.attribution import FIELD_OF, INLINE_LABEL, LABEL_LINE, SEPARATED_HEAD
from otklik.adapters.email.parse.parsed import Address

_QUOTE = re.compile(r"^[>\s]*")
_MAILTO = re.compile(r"<mailto:[^<>]{0,320}>|\bmailto:", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@<>()\[\]\",;:]{1,64}@[^\s@<>()\[\]\",;:]{1,255}")
_LONGEST = 20  # lines


@dataclass
class Head:
    """`fields` by name (from, to, cc, date, subject, reply_to); `end` is the line where the letter begins."""

    fields: dict[str, str] = field(default_factory=dict)
    end: int = 0

    @property
    def complete(self) -> bool:
        return "from" in self.fields and len(self.fields) >= 3


def unquoted(line: str) -> str:
    return _QUOTE.sub("", line)


def one_line_head(line: str) -> list[str]:
    """Yahoo writes separator and head as one line; its pieces, or [] when this is no such line."""
    match = SEPARATED_HEAD.match(line[:2000])
    if not match:
        return []
    return [match[1], *INLINE_LABEL.sub(r"\n\1: ", line[match.end(1) :]).strip().split("\n")]


def head_at(lines: list[str], position: int) -> Head:
    """The head that begins at or just below `position`; incomplete when there is none."""
    head, last = Head(end=position), ""
    for index in range(position, min(len(lines), position + _LONGEST)):
        line = unquoted(lines[index])
        match = LABEL_LINE.match(line[:1000])
        name = FIELD_OF[" ".join(match[1].casefold().split())] if match else ""
        if match and name not in head.fields:
            head.fields[name], last, head.end = match[2].strip(), name, index + 1
        elif not line:
            last = ""
        elif last in ("to", "cc") and "@" in line and not match:
            head.fields[last] += " " + line
            head.end = index + 1
        elif head.fields or index > position + 1:
            break
    return head


def person(value: str) -> Address:
    """Name and address of a From line in any of the shapes mail programs write."""
    value = _MAILTO.sub("", value)
    match = _ADDRESS.search(value)
    name = re.split(r"[<\[(]", value[: match.start()] if match else value)[0].strip(" \"',")
    return Address(name, normal(match[0]) if match else "")


def people(value: str) -> tuple[Address, ...]:
    """The entries of a To or Cc line, without doubles."""
    found: dict[str, Address] = {}
    value = _MAILTO.sub("", value)[:10_000]
    position = 0
    for match in _ADDRESS.finditer(value):
        name = value[position : match.start()].strip(" \"'<[(,;>])")
        found.setdefault(match[0].lower(), Address(name, normal(match[0])))
        position = match.end()
    if not found:
        return tuple(Address(name.strip(), "") for name in re.split("[;,]", value) if name.strip())[:50]
    return tuple(found.values())[:50]
