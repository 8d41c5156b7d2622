"""Reading what is new in the folders of a mailbox, from where the last pass ended."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from otklik.adapters.email.imap.session import Listed, Session
from otklik.adapters.email.models.folder import Folder
from otklik.adapters.email.parse import identity
from otklik.desk.channels import inbox

if TYPE_CHECKING:
    from otklik.adapters.email.models import Mailbox

logger = logging.getLogger(__name__)


def read_new(mailbox: "Mailbox", session: Session, ended: Callable[[], bool] = lambda: False) -> int:
    """Take in every message past the last UID; returns how many were stored.

    The first folder is read last and stays open, so that IDLE tells of it.  `ended()` stops between two messages.
    """
    count = 0
    for name in reversed(mailbox.imap_folders):
        session.open(name)
        folder = Folder.objects.of(mailbox, name)
        folder.mailbox = mailbox
        count += Reading(mailbox, folder, session).run(ended)
        if ended():
            break
    return count


@dataclass
class Reading:
    """One pass over one folder."""

    mailbox: "Mailbox"
    folder: Folder
    session: Session

    def run(self, ended: Callable[[], bool]) -> int:
        if not self.folder.agree(self.session):
            logger.warning("%s of %s was numbered anew: reading it from the start", self.folder, self.mailbox)
        uids = self.session.after(self.folder.last_uid)
        self.folder.begin(len(uids))
        count = 0
        for listed in self.session.listed(uids):
            if ended():
                return count
            count += self._take(listed)
            self.folder.passed(listed.uid)
        self.folder.end()
        return count

    def _take(self, listed: Listed) -> bool:
        """Commit first, touch the mailbox after; a message that was stored before is only tidied away."""
        old = self.folder.is_old(listed)
        if old and self.mailbox.only_new:
            return False
        if listed.size > settings.MESSAGE_BYTES:
            return self._note_too_large(listed)
        raw = self.session.read(listed.uid)
        if raw is None:
            return False
        stored = self._accept(raw, f"{'import:' if old else ''}imap:{self.folder}/{listed.uid}")
        self._tidy(listed.uid)
        return not stored.again

    def _tidy(self, uid: int) -> None:
        match self.mailbox.after_reading:
            case "seen":
                self.session.mark_seen(uid)
            case "move":
                self.session.move(uid, self.mailbox.move_to)
            case "delete":
                self.session.delete(uid)

    def _accept(self, raw: bytes, source: str) -> inbox.Accepted:
        external_id, content_hash = identity(raw)
        return inbox.accept(
            self.mailbox.channel,
            raw,
            external_id=external_id,
            content_hash=content_hash,
            envelope_to=[self.mailbox.channel.address],
            source=source,
        )

    @transaction.atomic
    def _note_too_large(self, listed: Listed) -> bool:
        """Its headers go to quarantine, where a person sees that it is waiting in the mailbox, untouched."""
        head = self.session.read_headers(listed.uid) or b""
        stored = self._accept(head, f"imap:{self.folder}/{listed.uid}")
        if stored.again:
            return False
        words = {
            "size": round(listed.size / 2**20, 1),
            "limit": settings.MESSAGE_BYTES // 2**20,
            "folder": self.folder,
            "mailbox": self.mailbox.channel.address,
        }
        text = _(
            "The message of %(size)s MB is larger than %(limit)s MB. Only its headers were taken;"
            " the message itself lies unread in the folder %(folder)s of %(mailbox)s."
        )
        stored.inbound.failed(text % words, for_good=True)
        return True
