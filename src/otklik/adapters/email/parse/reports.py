"""Reports of machines about mail: delivery reports standard (RFC 3464) and home-made, complaints, read receipts."""

import re
from dataclasses import dataclass

from otklik.adapters.email.parse.addresses import normal
from otklik.adapters.email.parse.body import Contents
from otklik.adapters.email.parse.bounces import home_made, looks_bounced
from otklik.adapters.email.parse.charsets import decode
from otklik.adapters.email.parse.failures import failure_word
from otklik.adapters.email.parse.identity import message_id
from otklik.adapters.email.parse.parsed import DeliveryStatus
from otklik.adapters.email.parse.structure import Part
from otklik.adapters.email.parse.transfer import decode_body
from otklik.adapters.email.parse.words import single_line

_FIELD = re.compile(rb"(?m)^([A-Za-z][\w-]{1,60})[ \t]*:[ \t]*([^\n]*(?:\n[ \t]+[^\n]*)*)")
_GROUPS = re.compile(rb"\n\r*\n")
_ADDRESS = re.compile(r"[^\s@<>()\",;:]{1,64}@[^\s@<>()\",;:]{1,255}")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_ORIGINAL_ID = re.compile(rb"(?im)^[> \t]*message-id[ \t]*:\s*(<[^<>\s]{1,998}>)")
_COPIES = frozenset({"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"})
_COMPLAINT = re.compile(r"(?i)(?:complaint about message|abuse report|email abuse report|spam (?:report|complaint))")
_ACTIONS = frozenset({"failed", "delayed", "delivered", "relayed", "expanded"})
_MOST = 200  # recipients and bytes x 1000 looked at


@dataclass(frozen=True)
class Report:
    """`kind` is "", bounce, delivery (it arrived), feedback or read_receipt."""

    kind: str = ""
    reason: str = ""
    recipients: tuple[DeliveryStatus, ...] = ()
    original_message_id: str = ""


def report(root: Part, contents: Contents, text: str) -> Report:
    if contents.reports or contents.enclosed:
        return _standard(root, contents, text, original_message_id(root, contents))
    return _home_made(root, contents, text)


def _standard(root: Part, contents: Contents, text: str, original: str) -> Report:
    for part in contents.reports:
        data = decode_body(part.body, part.encoding)
        if part.media_type == "message/feedback-report":
            return Report("feedback", "feedback-report", (), original)
        if "disposition-notification" in part.media_type:
            return Report("read_receipt", "disposition-notification", (), receipt_id(data) or original)
        if recipients := delivery_status(data, original):
            worst = any(item.action not in ("delivered", "relayed", "expanded") for item in recipients)
            return Report("bounce" if worst else "delivery", "delivery-status", recipients, original)
    if contents.enclosed and _COMPLAINT.match(_line(root.get("subject"))):
        return Report("feedback", "subject", (), original)
    return _home_made(root, contents, text)


def _home_made(root: Part, contents: Contents, text: str) -> Report:
    why = looks_bounced(root, text)
    if not why:
        return Report()
    original = original_message_id(root, contents)
    return Report("bounce", why, home_made(root, text, original), original)


def delivery_status(data: bytes, original: str = "") -> tuple[DeliveryStatus, ...]:
    """The recipients of a message/delivery-status part, whatever its fields look like."""
    found: dict[str, DeliveryStatus] = {}
    for group in _GROUPS.split(data.strip()[: _MOST * 1000]):
        fields = {match[1].lower(): match[2] for match in reversed(list(_FIELD.finditer(group)))}
        status = _recipient(fields, original)
        if status and len(found) < _MOST:
            found.setdefault(status.recipient.lower(), status)
    return tuple(found.values())


def _recipient(fields: dict[bytes, bytes], original: str) -> DeliveryStatus | None:
    raw = fields.get(b"final-recipient") or fields.get(b"original-recipient") or fields.get(b"x-actual-recipient")
    if not raw and b"action" not in fields:
        return None
    address = ""
    for name in (b"original-recipient", b"final-recipient", b"x-actual-recipient"):
        if match := _ADDRESS.search(_line(fields.get(name, b""))):
            address = normal(match[0])
            break
    diagnostic = _line(fields.get(b"diagnostic-code", b"")).partition(";")
    text = (diagnostic[2] or diagnostic[0]).strip()
    status = _STATUS.search(_line(fields.get(b"status", b""))) or _STATUS.search(text)
    action = _line(fields.get(b"action", b"")).lower().split(" ")[0][:20]
    code = status[1] if status else ""
    if action not in _ACTIONS:
        action = {"2": "delivered", "4": "delayed"}.get(code[:1], "failed")
    return DeliveryStatus(address, code, action, text[:1000], original, failure_word(code, action, text))


def _line(raw: bytes) -> str:
    return single_line(decode(raw), 1_000)


def original_message_id(root: Part, contents: Contents) -> str:
    """The Message-ID of the mail a report is about: from the enclosed copy, its headers or the text."""
    for file in contents.files:
        if file.media_type in _COPIES and (match := _ORIGINAL_ID.search(file.content[: _MOST * 1000])):
            return message_id(match[1])
    own = message_id(root.get("message-id"))
    for match in _ORIGINAL_ID.finditer(root.source[root.start : root.end][: _MOST * 1000]):
        if (found := message_id(match[1])) != own:
            return found
    return ""


def receipt_id(data: bytes) -> str:
    match = re.search(rb"(?im)^original-message-id[ \t]*:\s*(<[^<>\s]{1,998}>)", data)
    return message_id(match[1]) if match else ""
