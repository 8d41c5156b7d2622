"""`parse()`: every stage guarded, so that trouble in one costs that one and not the mail."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from otklik.adapters.email.parse.addresses import addresses, sender
from otklik.adapters.email.parse.automatic import classify
from otklik.adapters.email.parse.body import Contents, collect
from otklik.adapters.email.parse.calendars import events_of
from otklik.adapters.email.parse.charsets import clean, decode
from otklik.adapters.email.parse.dates import date_of
from otklik.adapters.email.parse.forwards import forwarded
from otklik.adapters.email.parse.identity import message_id, message_ids
from otklik.adapters.email.parse.limits import DEFAULT, Limits
from otklik.adapters.email.parse.parsed import Attachment, Event, Forwarded, ParsedMail, Protected, Sender
from otklik.adapters.email.parse.protection import protection
from otklik.adapters.email.parse.reports import Report, report
from otklik.adapters.email.parse.splitting import Split, split
from otklik.adapters.email.parse.structure import Part, Reader
from otklik.adapters.email.parse.transfer import decode_body
from otklik.adapters.email.parse.words import header_text, single_line

SUBJECT = 1_000  # characters
_LIST_ID = re.compile(r"<([^<>\s]{1,255})>")


def parse(raw: bytes, limits: Limits = DEFAULT, now: datetime | None = None) -> ParsedMail:
    """Read a mail. Never raises for any bytes; what went wrong stands in `defects`."""
    return _Reading(raw, limits, now).mail()


@dataclass
class _Reading:
    raw: bytes
    limits: Limits
    now: datetime | None
    inner: bool = False  # an enclosed mail, read for its text only
    defects: set[str] = field(default_factory=set)
    truncated: set[str] = field(default_factory=set)

    def _try[T](self, what: str, stage: Callable[[], T], otherwise: T) -> T:
        try:
            return stage()
        except MemoryError:
            raise
        except Exception:
            self.defects.add(f"{what}_unreadable")
            return otherwise

    def mail(self) -> ParsedMail:
        reader = Reader(self.limits)
        root = self._try("structure", lambda: reader.read(self.raw), Part(self.raw, 0, len(self.raw)))
        open_letter: tuple[Protected | None, bytes] = (None, b"")
        protected, inside = self._try("protection", lambda: protection(root), open_letter)
        body = self._try("structure", lambda: reader.read(inside), root) if inside else root
        contents = self._try("body", lambda: collect(body, self.limits), Contents(self.limits))
        text = self._try("text", contents.text, "") or self._try("text", lambda: self._instead(root, contents), "")
        html = self._try("html", contents.html, "")
        parts = self._try(
            "quotes",
            lambda: split(text, html, self.limits, from_html=not contents.has_plain),
            Split(new=text),
        )
        found = self._try("report", lambda: report(root, contents, text), Report())
        subject = self._try("subject", lambda: self._subject(root), "")
        automatic, reason = self._try("automatic", lambda: classify(root, subject, text, found), ("", ""))
        nothing: dict[str, Any] = {}
        headers = self._try("headers", lambda: self._headers(root), nothing)
        people = self._try("addresses", lambda: self._people(root), nothing)
        passed_on = self._try("forward", lambda: self._forward(subject, text, html), None)
        if passed_on and not parts.new.strip():
            parts = Split(new=text)  # nothing was added: what was passed on is the letter
        files: tuple[Attachment, ...] = self._try("attachments", contents.attachments, ())
        return ParsedMail(
            **headers,
            **people,
            subject=subject,
            text=text,
            html=html,
            new_text=parts.new,
            quoted_text=parts.quoted,
            signature=parts.signature,
            attachments=files,
            protected=protected,
            events=self._try("calendar", lambda: self._events(contents), ()),
            automatic=automatic,
            automatic_reason=reason,
            dsn=found.recipients,
            original_message_id=found.original_message_id,
            forwarded=passed_on,
            defects=tuple(sorted(self.defects | reader.defects)),
            truncated=tuple(sorted(self.truncated | reader.truncated | contents.truncated)),
        )

    def _hints(self, root: Part) -> tuple[str, ...]:
        """Charsets of the parts: what 8-bit headers are most likely written in."""
        return tuple(dict.fromkeys(leaf.charset for leaf in root.leaves() if leaf.charset))[:5]

    def _subject(self, root: Part) -> str:
        return header_text(root.get("subject"), self._hints(root))[:SUBJECT]

    def _headers(self, root: Part) -> dict[str, Any]:
        date, odd = date_of(header_text(root.get("date")), self.now)
        self.defects |= {odd} if odd else set()
        own_id = message_id(root.get("message-id"))
        self.defects |= set() if own_id else {"message_id_missing"}
        list_id = header_text(root.get("list-id"))
        found = _LIST_ID.search(list_id)
        return {
            "message_id": own_id,
            "in_reply_to": message_ids(root.get("in-reply-to"), self.limits.references),
            "references": message_ids(root.get("references"), self.limits.references),
            "date": date,
            "list_id": found[1] if found else list_id[:255],
            "auto_submitted": header_text(root.get("auto-submitted"))[:255],
        }

    def _people(self, root: Part) -> dict[str, Any]:
        hints, most = self._hints(root), self.limits.addresses
        froms = root.all("from")
        who = sender(froms, hints) if froms else Sender()
        if len(froms) != 1:
            self.defects.add("from_repeated" if froms else "from_missing")
        elif not who.identity_ok:
            self.defects.add("from_odd")
        to, to_total = addresses(root.all("to"), most, hints)
        cc, cc_total = addresses(root.all("cc"), most, hints)
        if max(to_total, cc_total) > most:
            self.truncated.add("addresses")
        return {
            "sender": who,
            "from_display": single_line(header_text(froms[0], hints) if froms else "", 500),
            "reply_to": addresses(root.all("reply-to"), 10, hints)[0],
            "to": to,
            "cc": cc,
            "to_total": to_total,
            "cc_total": cc_total,
        }

    def _events(self, contents: Contents) -> tuple[Event, ...]:
        events, broken = events_of(contents.files)
        self.defects |= {"calendar_unreadable"} if broken else set()
        return events

    def _instead(self, root: Part, contents: Contents) -> str:
        """No text of its own: what the enclosed message says, or the bare bytes when even MIME is broken."""
        if contents.enclosed and not self.inner:
            part = contents.enclosed[0]
            inner = _Reading(decode_body(part.body, part.encoding), _INNER, self.now, inner=True).mail()
            return f"{inner.from_display}\n{inner.subject}\n\n{inner.text}".strip("\n")
        if contents.files or contents.segments or contents.reports:
            return ""
        return clean(decode(root.body[: self.limits.text]).replace("\r\n", "\n").replace("\r", "\n"))

    def _forward(self, subject: str, text: str, html: str) -> Forwarded | None:
        return forwarded(subject, text, self.limits)


_INNER = Limits(depth=5, parts=50, text=64 * 1024, html=256 * 1024)
