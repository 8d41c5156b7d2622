"""One thread per mailbox: IDLE where the server offers it, else a look every so often."""

import logging
import threading
import time

from otklik.adapters.email.imap.fetching import LOOK, read_new
from otklik.adapters.email.imap.session import Session
from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.words import Trouble
from otklik.core.journal import clock
from otklik.desk.channels.models import Inbound
from otklik.desk.channels.threads import PAUSE, Asker, claim

logger = logging.getLogger(__name__)

AHEAD, STEP, STEP_PATIENCE = 200, 0.2, 60.0
"""Old mail is taken in while less than so many messages wait to be read, or a minute has passed: new mail, which is
read in its turn, never waits behind thousands; and it is looked for meanwhile."""
LOCK = 0x6D61696C


class Watch(Asker):
    """Reads one mailbox until `stop`, or until its settings are no longer the ones it began with."""

    def __init__(self, pk: int, stop: threading.Event) -> None:
        super().__init__(pk, stop)
        self.held_since = 0.0

    def once(self) -> float:
        """One connection for as long as it lasts; a mailbox in trouble is tried again after a pause that grows."""
        mailbox = Mailbox.objects.fetched().filter(pk=self.pk).first()
        if mailbox is None or not claim(LOCK, mailbox.pk):
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
        while not self.ended():
            read_new(mailbox, session, self.ended, self._holds)
            if self.ended() or session.told_of_more():
                continue
            mailbox.succeeded(session.untidy)
            self._wait(mailbox, session)
            session.still_there()

    def _wait(self, mailbox: Mailbox, session: Session) -> None:
        if session.can_idle:
            session.wait(mailbox.poll_seconds, self.ended)
        else:
            self.pause(mailbox.poll_seconds)

    def _holds(self) -> bool:
        """Old mail waits for those who read what was taken in; True when it is time to look for news before."""
        asked_at = time.monotonic()
        self.held_since = self.held_since or asked_at
        deadline = self.held_since + STEP_PATIENCE
        while Inbound.objects.waiting().count() > AHEAD and not self.ended() and time.monotonic() < deadline:
            if time.monotonic() - asked_at > LOOK:
                return True
            self.pause(STEP)
        self.held_since = 0.0
        return False
