"""One thread per mailbox: IDLE where the server offers it, else a look every so often."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from otklik.adapters.email.imap.fetching import LOOK, read_new
from otklik.adapters.email.imap.session import Session
from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.words import Trouble
from otklik.core.journal import clock
from otklik.desk.channels.models import Inbound

logger = logging.getLogger(__name__)

PAUSE = 5.0
AHEAD, STEP, STEP_PATIENCE = 200, 0.2, 60.0
"""Old mail is taken in while less than so many messages wait to be read, or a minute has passed: new mail, which is
read in its turn, never waits behind thousands; and it is looked for meanwhile."""
LOCK = 0x6D61696C


class Watch:
    """Reads one mailbox until `stop`, or until its settings are no longer the ones it began with."""

    def __init__(self, mailbox_id: int, stop: threading.Event) -> None:
        self.mailbox_id, self.stop = mailbox_id, stop
        self.changed = threading.Event()
        self.held_since = 0.0

    def run(self) -> None:
        """Never raises; a mailbox in trouble is tried again after a pause that grows."""
        try:
            while not self._ended():
                self._pause(self._guarded(self._once))
        finally:
            connection.close()

    def _once(self) -> float:
        """One connection for as long as it lasts; returns the seconds to wait before the next."""
        close_old_connections()
        mailbox = Mailbox.objects.fetched().filter(pk=self.mailbox_id).first()
        if mailbox is None or not _claim(mailbox.pk):
            return PAUSE
        if mailbox.next_try_at and mailbox.next_try_at > clock.now():
            return min((mailbox.next_try_at - clock.now()).total_seconds(), 60)
        try:
            with Session(mailbox) as session:
                self._follow(mailbox, session)
        except Trouble as trouble:
            pause = mailbox.failed(str(trouble))
            logger.warning("mailbox %s: %s; next try in %s", mailbox, trouble, pause)
            return min(pause.total_seconds(), 60)
        return 0

    def _follow(self, mailbox: Mailbox, session: Session) -> None:
        while not self._ended():
            read_new(mailbox, session, self._ended, self._holds)
            if self._ended() or session.told_of_more():
                continue
            mailbox.succeeded(session.untidy)
            self._wait(mailbox, session)
            session.still_there()

    def _wait(self, mailbox: Mailbox, session: Session) -> None:
        if session.can_idle:
            session.wait(mailbox.poll_seconds, self._ended)
        else:
            self._pause(mailbox.poll_seconds)

    def _guarded(self, work: Callable[[], float]) -> float:
        try:
            return work()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("mailbox %s waits for the database: %s", self.mailbox_id, error)
            connection.close()
        except Exception:
            logger.exception("mailbox %s: a fault of ours", self.mailbox_id)
            connection.close()
        return PAUSE

    def _holds(self) -> bool:
        """Old mail waits for those who read what was taken in; True when it is time to look for news before."""
        asked_at = time.monotonic()
        self.held_since = self.held_since or asked_at
        deadline = self.held_since + STEP_PATIENCE
        while Inbound.objects.waiting().count() > AHEAD and not self._ended() and time.monotonic() < deadline:
            if time.monotonic() - asked_at > LOOK:
                return True
            self._pause(STEP)
        self.held_since = 0.0
        return False

    def _pause(self, seconds: float) -> None:
        """Cut short when the settings change or everything stops: the fetcher sets `changed` in both cases."""
        self.changed.wait(seconds)

    def _ended(self) -> bool:
        return self.stop.is_set() or self.changed.is_set()


def _claim(mailbox_id: int) -> bool:
    """Only one process reads a mailbox; the claim ends with its database connection."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, %s)", [LOCK, mailbox_id])
        row = cursor.fetchone()
    return bool(row and row[0])
