"""DKIM: whether the sender's own domain has signed the letter as it lies here.

Only signatures that could speak for the sender are looked at, and only what is safe to look at: foreign bytes are read
here in the working process, so what makes an expression run long is left out before the library sees it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

import dkim
from dkim.util import InvalidTagValueList, parse_tag_value

from otklik.adapters.email.authentication.domains import aligned
from otklik.adapters.email.authentication.keys import LEAST_BITS, METHODS, BothKinds, asking
from otklik.adapters.email.authentication.names import Names, Unanswered

MOST_SIGNATURES = 4  # of the sender's domain
LONGEST_HEAD = 256 * 1024
LONGEST_SIGNATURE = 8 * 1024
MOST_LINES = 2_000_000

_BLANK = re.compile(rb"\n\r?\n")
_RUN = re.compile(rb"[\t ]+")
_LONG_SPACE = re.compile(rb"\s{100}")


class Signed(StrEnum):
    """What the signatures say."""

    NOT = "not signed"
    WELL = "signed"
    BADLY = "the signature does not match"
    UNANSWERED = "the key could not be had"


@dataclass(frozen=True)
class Signature:
    """The best of the signatures of one domain."""

    state: Signed
    domain: str = ""


class Letter(BothKinds, dkim.DKIM):
    """A letter whose signatures are checked."""


def signature(raw: bytes, domain: str, names: Names) -> Signature:
    """Whether `domain`, or the organisation it belongs to, has signed."""
    if is_too_much(raw):
        return Signature(Signed.NOT)
    try:
        letter = Letter(raw, minkey=LEAST_BITS)
    except Exception:  # the head is no head: a letter that nobody can have signed
        return Signature(Signed.NOT)
    best, worthy = Signature(Signed.NOT), _worth_a_look(letter, domain)
    whole, relaxed = letter.body, relaxed_body(letter.body) if worthy else b""
    for index, tags in worthy:
        letter.body = relaxed if tags.get(b"c", b"").endswith(b"/relaxed") else whole
        state = _checked(letter, index, names)
        best = Signature(state, tags[b"d"].decode("ascii").lower())
        if state is Signed.WELL:
            break
    return best


def is_too_much(raw: bytes) -> bool:
    """More of a head or of lines than anybody needs who signs."""
    head_end = _BLANK.search(raw)
    return (head_end.start() if head_end else len(raw)) > LONGEST_HEAD or raw.count(b"\n") > MOST_LINES


def is_too_long(value: bytes) -> bool:
    """A header that the expressions of the library would take long for."""
    return len(value) > LONGEST_SIGNATURE or bool(_LONG_SPACE.search(value))


def _worth_a_look(letter: Letter, domain: str) -> list[tuple[int, dict[bytes, bytes]]]:
    """Signatures of the sender's organisation over the whole body, by a method that still counts."""
    values = [value for name, value in letter.headers if name.lower() == b"dkim-signature"]
    found = []
    for index, value in enumerate(values[:50]):
        if is_too_long(value):
            continue
        try:
            tags = parse_tag_value(value)
            theirs = aligned(tags.get(b"d", b"").decode("ascii"), domain)
        except (InvalidTagValueList, UnicodeError):
            continue
        if theirs and tags.get(b"a") in METHODS and b"l" not in tags:
            found.append((index, tags))
    return found[:MOST_SIGNATURES]


def _checked(letter: Letter, index: int, names: Names) -> Signed:
    try:
        return Signed.WELL if letter.verify(index, dnsfunc=asking(names)) else Signed.BADLY
    except Unanswered:
        return Signed.UNANSWERED
    except Exception:  # whatever is wrong with it, it proves nothing
        return Signed.BADLY


def relaxed_body(body: bytes) -> bytes:
    """What the relaxed form keeps of spaces, in linear time; the library would try every space of a long run."""
    return _RUN.sub(b" ", body).replace(b" \r\n", b"\r\n")
