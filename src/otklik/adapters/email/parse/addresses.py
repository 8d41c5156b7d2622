"""Addresses out of raw headers: one lenient reading for showing, one strict for saying who somebody is.

Both work on the undecoded value: an encoded word must never turn into an address (SENDER-6).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from otklik.adapters.email.parse.parsed import Address, Sender
from otklik.adapters.email.parse.words import header_text, single_line

# RFC 5322 dot-atom without %, ! and quoted forms: routes and look-alikes are not identities.
_LOCAL = r"[A-Za-z0-9#$&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9#$&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_STRICT = re.compile(rf"(?=.{{3,254}}\Z)(?=[^@]{{1,64}}@){_LOCAL}@(?:{_LABEL}\.)*{_LABEL}\Z", re.ASCII)
_LOOSE = re.compile(r"[^\s@<>()\[\]\",;:\\]{1,64}@(?:[^\s@<>()\[\]\",;:\\]{1,253}|\[[0-9A-Fa-f:.IPv]{2,60}\])")
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[<>(),;:"]|[^<>(),;:"]+', re.DOTALL)
_QUOTED_PAIR = re.compile(rb"\\(.)", re.DOTALL)


@dataclass
class Mailbox:
    """One entry of an address list, raw: what stood before `<`, between `<` and `>`, and in comments."""

    phrase: bytes = b""
    angle: bytes | None = None
    comment: bytes = b""
    after: bytes = b""
    in_group: bool = False
    quoted: bytes = b""  # quoted strings of the phrase, without quotes
    angles: int = 0


def mailboxes(raw: bytes) -> Iterator[Mailbox]:
    """The entries of a raw address header. One pass, no recursion, nothing decoded."""
    box, depth, in_angle, group = Mailbox(), 0, False, False
    for match in _TOKEN.finditer(raw):
        token = match[0]
        if token == b"(":
            depth += 1
            if in_angle:
                box.angle = (box.angle or b"") + b"("  # spoils it: a comment inside an address is a disguise
        elif token == b")" and depth:
            depth -= 1
        elif depth:
            box.comment = (box.comment + token)[:1000]
        elif in_angle:
            if token == b">":
                in_angle = False
            else:
                box.angle = (box.angle or b"") + token
        elif token == b"<":
            in_angle, box.angles = True, box.angles + 1
            box.angle = box.angle + b"<" if box.angle is not None else b""
        elif token in (b",", b";"):
            if _filled(box):
                box.in_group = group
                yield box
            box, group = Mailbox(), group and token == b","
        elif token == b":":
            group, box = True, Mailbox()
        elif box.angle is not None:
            box.after += token
        elif token[:1] == b'"' and len(token) > 1:
            box.phrase += token
            box.quoted += _QUOTED_PAIR.sub(rb"\1", token[1:-1])
        else:
            box.phrase += token
    if _filled(box):
        box.in_group = group
        yield box


def _filled(box: Mailbox) -> bool:
    return bool(box.phrase.strip() or box.angle is not None)


def addresses(raws: Sequence[bytes], most: int, hints: Sequence[str] = ()) -> tuple[tuple[Address, ...], int]:
    """Up to `most` readable addresses of all headers of one name, without doubles, and how many entries there were."""
    found: dict[str, Address] = {}
    total = 0
    for raw in raws:
        for box in mailboxes(raw):
            total += 1
            if len(found) < most and (address := readable(box)):
                found.setdefault(address.lower(), Address(name_of(box, hints), address))
    return tuple(found.values()), total


def readable(box: Mailbox) -> str | None:
    """The address of an entry as well as it can be told."""
    for raw in (box.angle, box.phrase, box.after):
        if raw:
            text = single_line(raw.decode("utf-8", "replace")).strip(" '")
            if match := _LOOSE.search(text):
                return normal(match[0])
    return None


def normal(address: str) -> str:
    """Domain in lower case; the local part as written."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower().rstrip('.')}"


def name_of(box: Mailbox, hints: Sequence[str] = ()) -> str:
    """The display name: the phrase, else the comment."""
    if box.angle is None:
        return header_text(box.comment, hints)[:200]
    raw = box.quoted if box.quoted and box.phrase.strip().startswith(b'"') else box.phrase
    return (header_text(raw, hints) or header_text(box.comment, hints)).strip("\"' ")[:200]


def sender(raws: Sequence[bytes], hints: Sequence[str] = ()) -> Sender:
    """Who the From headers name; `identity_ok` only for one header with one plain address and nothing odd in it."""
    boxes = [box for raw in raws for box in mailboxes(raw)]
    shown = next((box for box in boxes if readable(box)), boxes[0] if boxes else None)
    if shown is None:
        return Sender()
    name = name_of(shown, hints)
    address = readable(shown)
    if not address:
        return Sender(name or header_text(raws[0], hints)[:200])
    strict = strict_address(raws[0]) if len(raws) == 1 and len(boxes) == 1 else None
    ok = strict is not None and not _names_another(name, strict)
    return Sender(name, strict if strict and ok else address, ok)


def strict_address(raw: bytes) -> str | None:
    """The address of a header that holds exactly one addr-spec and nothing that could be taken for another."""
    boxes = list(mailboxes(raw))
    if len(boxes) != 1 or boxes[0].in_group or raw.count(b"\r") + raw.count(b"\n") + raw.count(b"\0"):
        return None
    box = boxes[0]
    if box.angle is None:
        spec = box.phrase.strip()
        clear = True
    else:
        spec = box.angle
        outside = box.phrase
        for piece in re.findall(rb'"(?:[^"\\]|\\.)*"', outside, re.DOTALL):
            outside = outside.replace(piece, b"")
        clear = box.angles == 1 and not box.after.strip() and b"@" not in outside and b":" not in raw.split(b"<")[0]
    try:
        text = spec.decode("ascii")
    except UnicodeDecodeError:
        return None
    return normal(text) if clear and "=?" not in text and _STRICT.match(text) else None


def _names_another(name: str, address: str) -> bool:
    """A display name that shows some other address ("ceo@bank" <thief@elsewhere>) proves nobody."""
    return any(normal(match).lower() != address.lower() for match in _LOOSE.findall(name))
