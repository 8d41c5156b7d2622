"""All mailboxes at once: a thread appears, ends and is renewed as mailboxes are added, removed and changed."""

import logging
import threading
from datetime import datetime

from django.db import DatabaseError, InterfaceError, connection

from otklik.adapters.email.imap.watching import Watch
from otklik.adapters.email.models import Mailbox

logger = logging.getLogger(__name__)

LOOK = 3.0
LEAVE = 20.0

type Key = tuple[int, datetime]


class Fetcher:
    """`run()` works until `stop` is set; a mailbox that fails takes nothing from the others."""

    def __init__(self) -> None:
        self.running: dict[Key, tuple[Watch, threading.Thread]] = {}

    def run(self, stop: threading.Event) -> None:
        try:
            while not stop.is_set():
                self._keep_up(stop)
                stop.wait(LOOK)
        finally:
            self._leave(list(self.running))
            connection.close()

    def _keep_up(self, stop: threading.Event) -> None:
        try:
            wanted = set(Mailbox.objects.fetched().values_list("pk", "changed_at"))
        except (DatabaseError, InterfaceError) as error:
            logger.warning("the list of mailboxes cannot be read now: %s", error)
            connection.close()
            return
        dead = [key for key, (_watch, thread) in self.running.items() if not thread.is_alive()]
        self._leave([key for key in self.running if key not in wanted or key in dead])
        for key in wanted - set(self.running):
            self._begin(key, stop)

    def _begin(self, key: Key, stop: threading.Event) -> None:
        watch = Watch(key[0], stop)
        thread = threading.Thread(target=watch.run, name=f"mailbox-{key[0]}", daemon=True)
        self.running[key] = watch, thread
        thread.start()

    def _leave(self, keys: list[Key]) -> None:
        for key in keys:
            self.running[key][0].changed.set()
        for key in keys:
            self.running.pop(key)[1].join(LEAVE)
