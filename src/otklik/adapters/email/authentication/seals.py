"""ARC (RFC 8617): what a forwarder whom we trust found about a letter before it changed it.

A mailing list writes its own footer, a forwarding mailbox sends from its own server: both break what proves the sender.
Their seal says what it was like when it came to them.  Anybody can seal what they like, so only the word of those whom
the mailbox names counts, from the last one who had the letter backwards for as long as each of them is named.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import dkim
from dkim import CV_Pass
from dkim.util import InvalidTagValueList, parse_tag_value

from otklik.adapters.email.authentication.border import Result, is_border, results_in, without_comments
from otklik.adapters.email.authentication.keys import LEAST_BITS, METHODS, BothKinds, asking
from otklik.adapters.email.authentication.names import Names
from otklik.adapters.email.authentication.signatures import is_too_long, is_too_much, relaxed_body

MOST_SETS = 10
_KINDS = (b"arc-seal", b"arc-message-signature", b"arc-authentication-results")


class Chain(BothKinds, dkim.ARC):
    """A letter whose seals are checked."""


def found_before(raw: bytes, sealers: Sequence[str], names: Names) -> Iterator[tuple[str, list[Result]]]:
    """(who sealed, what they found), the last one first; nothing when the chain is broken or its end is not named.

    Raises Unanswered.
    """
    for found in _sets(raw, sealers, names):
        if not _is_named(found["as-domain"], sealers):
            return
        text = without_comments(found["aar-value"].decode("utf-8", "replace"))
        yield _name(found["as-domain"]), results_in(text.partition(";")[2])


def _is_named(domain: bytes, sealers: Sequence[str]) -> bool:
    return any(is_border(_name(domain), one) for one in sealers)


def _name(domain: bytes) -> str:
    return domain.decode("ascii", "replace").lower()


def _sets(raw: bytes, sealers: Sequence[str], names: Names) -> list[dict[str, Any]]:
    """The sets of a whole chain, the newest first.  Names are asked only for a chain that ends with whom we trust."""
    if is_too_much(raw):
        return []
    try:
        chain = Chain(raw, minkey=LEAST_BITS)
    except (ValueError, dkim.DKIMException):  # the head is no head
        return []
    newest = _newest(chain)
    if not newest or not _is_named(newest[b"arc-seal"].get(b"d", b""), sealers):
        return []
    signed = newest[b"arc-message-signature"]
    if signed.get(b"a") not in METHODS or b"l" in signed or b"from" not in signed.get(b"h", b"").lower():
        return []
    if signed.get(b"c", b"").endswith(b"/relaxed"):
        chain.body = relaxed_body(chain.body)
    try:
        state, sets, _why = chain.verify(dnsfunc=asking(names))
    except (dkim.DKIMException, ValueError, KeyError, IndexError, AssertionError):
        return []
    return list(sets) if state == CV_Pass else []


def _newest(chain: Chain) -> dict[bytes, dict[bytes, bytes]]:
    """The tags of the last seal and of the signature beside it; nothing where they are more or longer than is sane."""
    values = [value for name, value in chain.headers if name.lower() in _KINDS]
    if not values or len(values) > MOST_SETS * len(_KINDS) or any(map(is_too_long, values)):
        return {}
    last, headers = chain.sorted_arc_headers()
    try:
        tags = {
            name.lower(): parse_tag_value(value)
            for number, (name, value) in headers
            if number == last and name.lower() != b"arc-authentication-results"
        }
    except InvalidTagValueList:
        return {}
    return tags if len(tags) == 2 else {}
