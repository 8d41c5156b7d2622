"""What reading a mail gives: frozen, picklable, free of NUL and lone surrogates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Address:
    """One recipient as written; `address` has a lower-case domain."""

    name: str
    address: str


@dataclass(frozen=True)
class Sender:
    """Who the mail says it is from.

    `address` is the best reading, good for showing and for a reply. Only with `identity_ok` (exactly one From
    with exactly one plain address) may it be used to recognise a client: then `identity` holds it, else None.
    """

    name: str = ""
    address: str | None = None
    identity_ok: bool = False

    @property
    def identity(self) -> str | None:
        return self.address if self.identity_ok else None


@dataclass(frozen=True)
class Attachment:
    """A file of the mail. `name` is safe for a disk and a header, `original_name` is what the sender wrote."""

    name: str
    original_name: str
    media_type: str
    content_id: str
    inline: bool
    size: int
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class DeliveryStatus:
    """One recipient of a delivery report. `status` is "5.1.1" or "", `action` failed/delayed/delivered/..."""

    recipient: str
    status: str = ""
    action: str = ""
    diagnostic: str = ""
    original_message_id: str = ""
    reason: str = ""  # see failures.failure_word

    @property
    def permanent(self) -> bool:
        return self.action == "failed" and not self.status.startswith("4")


@dataclass(frozen=True)
class Forwarded:
    """A mail somebody passed on inside their own, as read from the text."""

    sender_name: str
    sender_address: str
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    body: str
    message_above: str
    date_text: str = ""


@dataclass(frozen=True)
class Protected:
    """How the letter was signed or encrypted: `kind` is smime or pgp.

    `state` is encrypted, unchecked (`reason` may say why), broken, or whole: the signature fits, which says nothing yet
    about who made it.  S/MIME: `certificates` in DER, the signer's first, and the `addresses` it names.  PGP: what was
    signed and the signature, to be checked with keys that only the caller has.
    """

    kind: str
    state: str
    reason: str = ""
    signer: str = ""
    issuer: str = ""
    addresses: tuple[str, ...] = ()
    certificates: tuple[bytes, ...] = field(default=(), repr=False)
    content: bytes = field(default=b"", repr=False)
    signature: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Attendee:
    """Somebody of an event; `says` is ACCEPTED, TENTATIVE, DECLINED, NEEDS-ACTION or "" as the calendar has it."""

    name: str = ""
    address: str = ""
    says: str = ""


@dataclass(frozen=True)
class Recurrence:
    """How an event repeats; `days` are MO, 2TU or -1FR; not `simple` when there is more to the rule than stands here."""

    frequency: str
    interval: int = 1
    count: int = 0
    until: str = ""
    days: tuple[str, ...] = ()
    simple: bool = True


@dataclass(frozen=True)
class Event:
    """One event of a calendar part.

    Moments are ISO texts: in UTC, without a zone when `floating`, a bare date for whole days (`ends` is the day after
    the last).  `method` says what the letter wants: REQUEST, CANCEL, REPLY, PUBLISH or nothing.
    """

    method: str = ""
    uid: str = ""
    sequence: int = 0
    recurrence_id: str = ""
    status: str = ""
    summary: str = ""
    location: str = ""
    description: str = ""
    address: str = ""
    starts: str = ""
    ends: str = ""
    floating: bool = False
    organizer: Attendee = Attendee()
    attendees: tuple[Attendee, ...] = ()
    recurrence: Recurrence | None = None


@dataclass(frozen=True)
class ParsedMail:
    """A mail, read. `text` is all readable text; `new_text` + `quoted_text` + `signature` hold all of its lines."""

    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    subject: str = ""
    date: datetime | None = None
    sender: Sender = Sender()
    from_display: str = ""
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    to_total: int = 0
    cc_total: int = 0
    text: str = ""
    html: str = ""
    new_text: str = ""
    quoted_text: str = ""
    signature: str = ""
    attachments: tuple[Attachment, ...] = ()
    events: tuple[Event, ...] = ()
    protected: Protected | None = None
    automatic: str = ""
    automatic_reason: str = ""
    dsn: tuple[DeliveryStatus, ...] = ()
    original_message_id: str = ""  # of the mail a report is about
    list_id: str = ""
    auto_submitted: str = ""
    forwarded: Forwarded | None = None
    defects: tuple[str, ...] = ()
    truncated: tuple[str, ...] = ()
