"""Reading what is new in a folder, from where the last pass ended."""

import logging
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from otklik.adapters.email.imap.session import Listed, Session
from otklik.adapters.email.parse import identity
from otklik.core.journal import clock
from otklik.desk.channels import inbox

if TYPE_CHECKING:
    from otklik.adapters.email.models import Mailbox

logger = logging.getLogger(__name__)


def read_new(mailbox: "Mailbox", session: Session) -> int:
    """Take in every message past the last UID; returns how many were stored."""
    _agree_where_to_begin(mailbox, session)
    count = 0
    for listed in session.after(mailbox.last_uid):
        count += _take(mailbox, session, listed)
        mailbox.last_uid = listed.uid
        mailbox.save(update_fields=["last_uid"])
    return count


def _agree_where_to_begin(mailbox: "Mailbox", session: Session) -> None:
    """The first look, or the server numbered its messages anew: decide what is old mail."""
    if mailbox.uidvalidity == session.uidvalidity:
        return
    first = mailbox.started_at is None
    mailbox.uidvalidity, mailbox.old_uid = session.uidvalidity, session.uidnext - 1
    mailbox.started_at = mailbox.started_at or clock.now()
    mailbox.last_uid = mailbox.old_uid if first and mailbox.only_new else 0
    mailbox.save(update_fields=["uidvalidity", "old_uid", "started_at", "last_uid"])
    if not first:
        logger.warning("mailbox %s was numbered anew: reading it from the start", mailbox)


def _take(mailbox: "Mailbox", session: Session, listed: Listed) -> bool:
    """Commit first, mark as seen after; a message that was stored before is only marked."""
    old = _is_old(mailbox, listed)
    if old and mailbox.only_new:
        return False
    if listed.size > settings.MESSAGE_BYTES:
        return _note_too_large(mailbox, session, listed)
    raw = session.read(listed.uid)
    if raw is None:
        return False
    stored = _accept(mailbox, raw, f"{'import:' if old else ''}imap:{mailbox.imap_folder}/{listed.uid}")
    session.mark_seen(listed.uid)
    return not stored.again


def _is_old(mailbox: "Mailbox", listed: Listed) -> bool:
    """It lay there before we first looked."""
    known = listed.date is not None and mailbox.started_at is not None
    return listed.uid <= mailbox.old_uid and (not known or listed.date < mailbox.started_at)  # type: ignore[operator]


def _accept(mailbox: "Mailbox", raw: bytes, source: str) -> inbox.Accepted:
    external_id, content_hash = identity(raw)
    return inbox.accept(
        mailbox.channel,
        raw,
        external_id=external_id,
        content_hash=content_hash,
        envelope_to=[mailbox.channel.address],
        source=source,
    )


@transaction.atomic
def _note_too_large(mailbox: "Mailbox", session: Session, listed: Listed) -> bool:
    """Its headers go to quarantine, where a person sees that it is waiting in the mailbox, unread."""
    head = session.read_headers(listed.uid) or b""
    stored = _accept(mailbox, head, f"imap:{mailbox.imap_folder}/{listed.uid}")
    if stored.again:
        return False
    words = {
        "size": round(listed.size / 2**20, 1),
        "limit": settings.MESSAGE_BYTES // 2**20,
        "folder": mailbox.imap_folder,
        "mailbox": mailbox.channel.address,
    }
    text = _(
        "The message of %(size)s MB is larger than %(limit)s MB. Only its headers were taken;"
        " the message itself lies unread in the folder %(folder)s of %(mailbox)s."
    )
    stored.inbound.failed(text % words, for_good=True)
    return True
