"""A letter as mail."""

import base64
import secrets
from email.utils import format_datetime

from otklik.adapters.email.writing.bodies import body
from otklik.adapters.email.writing.headers import checked, header, identifiers, people, person, words
from otklik.core.journal import clock
from otklik.desk.channels.models import Channel
from otklik.desk.channels.port import Letter, Rendered

REFERENCES = 30


def render(letter: Letter, channel: Channel) -> Rendered:
    """Raises ValueError when there is nobody to write to or an address cannot be one."""
    to, cc = [checked(one) for one in letter.to], [checked(one) for one in letter.cc]
    if not to:
        raise ValueError("a letter needs somebody to go to")
    external_id = new_id(channel.address)
    lines = [
        header("Date", format_datetime(clock.now())),
        header("From", person(letter.from_name, channel.address)),
        header("To", people(to, "To")),
        *([header("Cc", people(cc, "Cc"))] if cc else []),
        header("Subject", words(letter.subject, "Subject")),
        header("Message-ID", f"<{external_id}>"),
        *_thread(letter),
        *([header("Reply-To", person(letter.from_name, plus(channel.address, letter.token)))] if letter.token else []),
        *_manners(letter),
        header("MIME-Version", "1.0"),
    ]
    return Rendered(
        external_id=external_id,
        sender="" if letter.automatic else checked(channel.address),
        recipients=list(dict.fromkeys([*to, *cc])),
        raw="".join(lines).encode() + body(letter),
    )


def new_id(address: str) -> str:
    """128 random bits: nobody can guess the identifier by which an answer joins its conversation."""
    domain = checked(address).rpartition("@")[2]
    return f"{base64.b32encode(secrets.token_bytes(16)).decode().rstrip('=').lower()}@{domain}"


def plus(address: str, token: str) -> str:
    """support+token@company: an answer to it needs no other header to find its way."""
    local, _at, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}"


def _thread(letter: Letter) -> list[str]:
    references = [one for one in letter.references if one != letter.in_reply_to][-REFERENCES:]
    references += [letter.in_reply_to] if letter.in_reply_to else []
    lines = []
    if parent := identifiers([letter.in_reply_to], "In-Reply-To"):
        lines.append(header("In-Reply-To", parent))
    if chain := identifiers(references, "References"):
        lines.append(header("References", chain))
    return lines


def _manners(letter: Letter) -> list[str]:
    """What tells other machines not to answer, and readers in which language we write."""
    lines = [header("Content-Language", letter.language)] if letter.language.isalpha() else []
    if letter.automatic:
        kind = "auto-generated" if letter.unsubscribe else "auto-replied"  # RFC 3834: of its own accord, or in answer
        lines += [header("Auto-Submitted", kind), header("X-Auto-Response-Suppress", "All")]
    return [*lines, *_way_out(letter)]


def _way_out(letter: Letter) -> list[str]:
    """RFC 2369 and, for the button of the mail program, RFC 8058, which wants https."""
    if not letter.unsubscribe:
        return []
    lines = [header("List-Unsubscribe", f"<{letter.unsubscribe}>")]
    if letter.unsubscribe.startswith("https:"):
        lines.append(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return lines
