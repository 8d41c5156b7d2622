"""Reading what is new in the folders of a mailbox, from where the last pass ended."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from otklik.adapters.email.imap.session import Listed, Refused, Session
from otklik.adapters.email.models.folder import Folder
from otklik.adapters.email.parse import identity
from otklik.desk.channels import inbox

if TYPE_CHECKING:
    from otklik.adapters.email.models import Mailbox

logger = logging.getLogger(__name__)

BATCH, BATCH_BYTES = 50, 4 * 1024 * 1024
"""So many messages are asked for at once; less when they are larger together, which is what is held in memory."""

type Pause = Callable[[], object]


def read_new(
    mailbox: "Mailbox",
    session: Session,
    ended: Callable[[], bool] = lambda: False,
    keep_step: Pause = lambda: None,
) -> int:
    """Take in every message past the last UID; returns how many were stored.

    The first folder is read last and stays open, so that IDLE tells of it.  `ended()` stops between two batches;
    `keep_step()` is called before a batch of old mail, which is in no hurry.
    """
    count = 0
    for name in reversed(mailbox.imap_folders):
        session.open(name)
        folder = Folder.objects.of(mailbox, name)
        folder.mailbox = mailbox
        count += Reading(mailbox, folder, session, keep_step).run(ended)
        if ended():
            break
    return count


@dataclass
class Reading:
    """One pass over one folder."""

    mailbox: "Mailbox"
    folder: Folder
    session: Session
    keep_step: Pause

    def run(self, ended: Callable[[], bool]) -> int:
        if not self.folder.agree(self.session):
            logger.warning("%s of %s was numbered anew: reading it from the start", self.folder, self.mailbox)
        uids = self.session.after(self.folder.last_uid)
        self.folder.begin(len(uids))
        count = 0
        for batch in in_batches(self.session.listed(uids)):
            if self.folder.is_old(batch[0]):
                self.keep_step()
            if ended():
                return count
            count += self._pass(batch)
        self.folder.end()
        return count

    def _pass(self, batch: Sequence[Listed]) -> int:
        """One message that the server cannot give holds up only what comes after it."""
        try:
            count = self._take(batch)
        except Refused:
            if len(batch) == 1:
                raise
            return sum(self._pass([one]) for one in batch)
        self.folder.passed(batch[-1].uid, len(batch))
        return count

    def _take(self, batch: Sequence[Listed]) -> int:
        """Commit first, touch the mailbox after; a message that was stored before is only tidied away."""
        wanted = [one for one in batch if not (self.mailbox.only_new and self.folder.is_old(one))]
        if not wanted:
            return 0
        if is_too_large(wanted[0]):
            return self._note_too_large(wanted[0])
        raws = self.session.read([one.uid for one in wanted])
        count = self._accept_all([one for one in wanted if one.uid in raws], raws)
        if raws:
            self._tidy(sorted(raws))
        return count

    @transaction.atomic
    def _accept_all(self, batch: Sequence[Listed], raws: dict[int, bytes]) -> int:
        stored = [self._accept(raws[one.uid], one) for one in batch]
        return sum(not one.again for one in stored)

    def _tidy(self, uids: Sequence[int]) -> None:
        match self.mailbox.after_reading:
            case "seen":
                self.session.mark_seen(uids)
            case "move":
                self.session.move(uids, self.mailbox.move_to)
            case "delete":
                self.session.delete(uids)

    def _accept(self, raw: bytes, listed: Listed) -> inbox.Accepted:
        external_id, content_hash = identity(raw)
        return inbox.accept(
            self.mailbox.channel,
            raw,
            external_id=external_id,
            content_hash=content_hash,
            envelope_to=[self.mailbox.channel.address],
            source=f"{'import:' if self.folder.is_old(listed) else ''}imap:{self.folder}/{listed.uid}",
        )

    @transaction.atomic
    def _note_too_large(self, listed: Listed) -> int:
        """Its headers go to quarantine, where a person sees that it is waiting in the mailbox, untouched."""
        head = self.session.read_headers(listed.uid) or b""
        stored = self._accept(head, listed)
        if stored.again:
            return 0
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
        return 1


def in_batches(listed: Iterable[Listed]) -> Iterator[list[Listed]]:
    """In their order; what is larger than we take stands alone."""
    batch, size = list[Listed](), 0
    for one in listed:
        alone = is_too_large(one) or (bool(batch) and is_too_large(batch[-1]))
        if batch and (alone or len(batch) >= BATCH or size + one.size > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += one.size
    if batch:
        yield batch


def is_too_large(listed: Listed) -> bool:
    return listed.size > settings.MESSAGE_BYTES
