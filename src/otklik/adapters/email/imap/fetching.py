"""Reading what is new in the folders of a mailbox, from where the last pass ended."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
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

LOOK = 5.0
"""Seconds after which news are looked for in the midst of old mail, also where the server tells of none."""

type Asked = Callable[[], object]
type Step = tuple["Reading", list[Listed]]


def read_new(
    mailbox: "Mailbox",
    session: Session,
    ended: Asked = lambda: False,
    hold: Asked = lambda: False,
) -> int:
    """Take in every message that was not read yet; returns how many were stored.

    `ended()` stops between two batches; while `hold()` says so, which is asked before a batch of old mail, only new
    mail is taken in.
    """
    count = 0
    for reading, batch in Folders(mailbox, session, hold).batches():
        if ended():
            break
        count += reading.take(batch)
    return count


class Folders:
    """One pass over the folders of a mailbox: new mail waits behind no old mail, of its folder or of another one.

    The first folder is read last and stays open, so that IDLE tells of it.
    """

    def __init__(self, mailbox: "Mailbox", session: Session, hold: Asked) -> None:
        self.session, self.hold = session, hold
        self.readings = [Reading(mailbox, name, session) for name in reversed(mailbox.imap_folders)]
        self.looked_at = 0.0

    def batches(self) -> Iterator[Step]:
        yield from self._news()
        for reading in self.readings:
            yield from self._old(reading)
        if not self.readings[-1].is_open:
            yield from self._news()

    def _news(self) -> Iterator[Step]:
        for reading in self.readings:
            reading.open()
            yield from ((reading, batch) for batch in reading.news())
        self.looked_at = time.monotonic()

    def _old(self, reading: "Reading") -> Iterator[Step]:
        """What is in no hurry; whenever it is asked for, its folder is open."""
        if reading.has_old:
            reading.open()
        while batch := next(reading.old, None):
            known = reading.old
            while reading.folder.is_old(batch[0]) and self.hold():
                yield from self._news()
                reading.open()
            if reading.old is known:  # else it was numbered anew meanwhile
                yield reading, batch
            if self.session.told_of_more() or time.monotonic() - self.looked_at > LOOK:
                yield from self._news()
            reading.open()
        reading.folder.end()


class Reading:
    """How one folder is read: what came since we first looked, and apart from that what lay there before."""

    def __init__(self, mailbox: "Mailbox", name: str, session: Session) -> None:
        self.mailbox, self.name, self.session = mailbox, name, session
        self.old: Iterator[list[Listed]] = iter(())
        self.has_old = False
        self.fresh: list[int] | None = None
        self.is_found = False

    @cached_property
    def folder(self) -> Folder:
        folder = Folder.objects.of(self.mailbox, self.name)
        folder.mailbox = self.mailbox
        return folder

    @property
    def is_open(self) -> bool:
        return self.session.folder == self.name

    def open(self) -> None:
        """From here on the server speaks of it; what is to be read is found anew when it was numbered anew."""
        self.session.open(self.name)
        if self.is_found and self.folder.uidvalidity == self.session.uidvalidity:
            return
        if not self.folder.agree(self.session):
            logger.warning("%s of %s was numbered anew: reading it from the start", self.folder, self.mailbox)
        left = self.session.after(self.folder.last_uid)
        old = [uid for uid in left if uid <= self.folder.old_uid]
        self.fresh = [uid for uid in left if uid > self.folder.newest_uid]
        self.folder.begin(len(old) + len(self.fresh))
        self.old, self.has_old, self.is_found = in_batches(self.session.listed(old)), bool(old), True

    def news(self) -> Iterator[list[Listed]]:
        uids = self.session.after(self.folder.newest_uid) if self.fresh is None else self.fresh
        self.fresh = None
        return in_batches(self.session.listed(uids))

    def take(self, batch: Sequence[Listed]) -> int:
        """One message that the server cannot give holds up only what comes after it."""
        try:
            count = self._take(batch)
        except Refused:
            if len(batch) == 1:
                raise
            return sum(self.take([one]) for one in batch)
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
