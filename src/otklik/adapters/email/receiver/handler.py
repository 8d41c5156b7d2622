"""What we say to a sending server."""

import logging
import re
from typing import Any

from aiosmtpd.smtp import Envelope, Session
from django.conf import settings

from otklik.adapters.email.receiver.storing import Delivery, Store, Unavailable

logger = logging.getLogger(__name__)

HOPS = 100
MOST_RECIPIENTS = 1000
_RECEIVED = re.compile(rb"(?im)^received[ \t]*:")
_HEAD_END = re.compile(rb"\n\r?\n")

BUSY = "451 4.3.0 The mail could not be stored now, please try again later"
LOOP = "554 5.4.6 Too many hops: this mail goes round in circles"


class Handler:
    """Hooks of aiosmtpd; the state of one mail lives on its envelope."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def handle_EHLO(
        self, server: Any, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", "250-ENHANCEDSTATUSCODES", "250 HELP"]

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        try:
            channel = await self.store.channel_of(address)
        except Unavailable:
            return BUSY
        if channel is None:
            return f"550 5.1.1 <{_shown(address)}> is not a mailbox of this desk"
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients, please send the rest separately"
        deliveries: dict[int, Delivery] = envelope.__dict__.setdefault("deliveries", {})
        deliveries.setdefault(channel.pk, Delivery(channel)).addresses.append(address)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        content = envelope.content or b""
        raw = content.encode() if isinstance(content, str) else bytes(content)
        if is_loop(raw):
            return self.for_each(server, LOOP)
        deliveries: list[Delivery] = list(envelope.__dict__["deliveries"].values())
        sender = "" if envelope.mail_from in (None, "<>") else str(envelope.mail_from)
        try:
            stored = await self.store.keep(raw, deliveries, sender, _source(server, session))
        except Unavailable:
            stored = [False] * len(deliveries)
        fates = {
            address: kept for delivery, kept in zip(deliveries, stored, strict=True) for address in delivery.addresses
        }
        answers = ["250 2.0.0 Accepted" if fates[address] else BUSY for address in envelope.rcpt_tos]
        return _to_each(server, envelope, answers)

    def too_large(self) -> str:
        limit = settings.MESSAGE_BYTES // 2**20
        return f"552 5.3.4 The mail is larger than {limit} MB: please send large files another way"

    def for_each(self, server: Any, words: str) -> str:
        """The same words to all recipients."""
        return _to_each(server, server.envelope, [words] * len(server.envelope.rcpt_tos))

    async def handle_exception(self, error: Exception) -> str:
        logger.error("a fault while receiving mail", exc_info=error)
        return "451 4.3.0 A fault on our side, please try again later"


def is_loop(raw: bytes) -> bool:
    """More than a hundred servers have passed it on."""
    end = _HEAD_END.search(raw)
    return len(_RECEIVED.findall(raw, 0, end.start() + 1 if end else len(raw))) > HOPS


def _to_each(server: Any, envelope: Envelope, answers: list[str]) -> str:
    """LMTP answers for every recipient; SMTP once, and the worst counts: what was stored is not stored twice."""
    if getattr(server, "answers_each", False):
        return "\r\n".join(answers)
    return next((answer for answer in answers if not answer.startswith("250")), answers[0])


def _source(server: Any, session: Session) -> str:
    kind = "lmtp" if getattr(server, "answers_each", False) else "smtp"
    peer = session.peer[0] if isinstance(session.peer, tuple) else "local"
    return f"{kind}:{peer}"


def _shown(address: str) -> str:
    return "".join(letter for letter in address[:200] if letter.isprintable() and letter.isascii())
