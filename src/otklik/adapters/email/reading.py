"""From a parsed mail to what every channel gives the desk."""

import re
from dataclasses import asdict
from datetime import UTC, datetime

from otklik.adapters.email.authentication import Verdict
from otklik.adapters.email.parse import Attachment, Event, ParsedMail
from otklik.adapters.email.remarks import remarks, writable
from otklik.desk.channels.models import Inbound
from otklik.desk.channels.port import Incoming, IncomingFile, Invitation, Protection

HEAD = 256 * 1024
_END = re.compile(rb"\n\r?\n|\r\r")
_RECIPIENTS = re.compile(
    rb"(?im)^(?:delivered-to|x-original-to|envelope-to|x-envelope-to|to|cc)[ \t]*:((?:[^\r\n]|\r?\n[ \t])*)"
)
_CYRILLIC, _LATIN = (re.compile("[а-яёіїєґ]", re.IGNORECASE), re.compile("[a-z]", re.IGNORECASE))


def read(inbound: Inbound, mail: ParsedMail, verdict: Verdict, protection: Protection | None = None) -> Incoming:
    """The same shape for every channel; `mail` holds what the bytes of `inbound` say, `verdict` who wrote them."""
    sender = writable(mail.sender.address)
    return Incoming(
        external_id=mail.message_id,
        sender=sender,
        sender_name=mail.sender.name or mail.sender.address or "",
        sender_proper=mail.sender.identity_ok and bool(sender),
        authenticity=verdict.authenticity,
        authenticity_reason=verdict.reason,
        passed_on_from=writable(mail.forwarded.sender_address) if mail.forwarded else "",
        passed_on_name=mail.forwarded.sender_name if mail.forwarded else "",
        subject=mail.subject,
        text=mail.text,
        new_text=mail.new_text,
        html=mail.html,
        sent_at=_storable(mail.date),
        references=_nearest_first(mail),
        token=token_of(inbound),
        to=[one.address for one in mail.to],
        cc=[one.address for one in mail.cc],
        files=[_file(one) for one in mail.attachments],
        protection=protection,
        events=[_invitation(one) for one in mail.events],
        automatic=mail.automatic,
        automatic_reason=mail.automatic_reason,
        failed=_reported(mail),
        failed_for=[one.recipient for one in mail.dsn if one.recipient and one.permanent],
        failed_for_good=any(one.permanent for one in mail.dsn) if mail.dsn else True,
        language=language_of(f"{mail.subject}\n{mail.new_text or mail.text}"),
        remarks=list(remarks(inbound, mail)),
    )


def token_of(inbound: Inbound) -> str:
    """The secret part of `support+token@company` when the message was sent there, else empty."""
    local, _at, domain = inbound.channel.address.rpartition("@")
    words = re.escape(local.encode()) + rb"\+([0-9a-f]{32})@" + re.escape(domain.encode())
    pattern = rb"(?<![\w.+-])" + words + rb"(?!-|\.?\w)"
    raw = bytes(inbound.raw[:HEAD])
    end = _END.search(raw)
    head = raw[: end.start() + 1 if end else len(raw)]
    places = [" ".join(inbound.envelope_to).encode(), *_RECIPIENTS.findall(head)]
    for place in places:
        if found := re.search(pattern, place, re.IGNORECASE):
            return found[1].decode().lower()
    return ""


def language_of(text: str) -> str:
    """ru or en by the letters; empty when there are too few to tell or they are of neither alphabet."""
    sample = text[:5000]
    cyrillic, latin = len(_CYRILLIC.findall(sample)), len(_LATIN.findall(sample))
    if cyrillic + latin < 3:
        return ""
    return "ru" if cyrillic * 3 > latin else "en"


def _storable(moment: datetime | None) -> datetime | None:
    """In UTC; None at the edges of time, where a change of zone leaves what Python and PostgreSQL know."""
    if moment is None or not 1 < moment.year < 9999:
        return None
    return moment.astimezone(UTC)


def _nearest_first(mail: ParsedMail) -> list[str]:
    return list(dict.fromkeys([*mail.in_reply_to, *reversed(mail.references)]))


def _reported(mail: ParsedMail) -> list[str]:
    """Our letters that a report is about: by the enclosed original, else by what the report answers."""
    if mail.automatic != "bounce":
        return []
    ids = [mail.original_message_id, *(one.original_message_id for one in mail.dsn)]
    found = [one for one in dict.fromkeys(ids) if one]
    return found or _nearest_first(mail)


def _file(attachment: Attachment) -> IncomingFile:
    return IncomingFile(
        name=attachment.name,
        media_type=attachment.media_type,
        content=attachment.content,
        content_id=attachment.content_id,
        inline=attachment.inline,
    )


def _invitation(event: Event) -> Invitation:
    told = asdict(event)
    return Invitation(told.pop("method"), told.pop("uid"), told.pop("sequence"), told)
