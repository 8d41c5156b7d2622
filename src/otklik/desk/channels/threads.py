"""A thread for each channel that has to be asked for its news: all at once, renewed as channels change."""

import asyncio
import logging
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

logger = logging.getLogger(__name__)

LOOK = 3.0
LEAVE = 20.0
PAUSE = 5.0
"""Seconds until who had nothing to do, or no database, looks again."""

type Key = tuple[int, datetime]
"""Whose thread it is, and when its settings changed: with other settings it is another thread."""


class Asker(ABC):
    """What one thread does for one row until the product stops, or until that row's settings are others."""

    def __init__(self, pk: int, stop: threading.Event) -> None:
        self.pk, self.stop = pk, stop
        self.changed = threading.Event()

    @abstractmethod
    def once(self) -> float:
        """One turn; returns the seconds to wait before the next.  Whatever it raises is logged, and it goes on."""

    def run(self) -> None:
        """Never raises."""
        try:
            while not self.ended():
                self.pause(self._guarded())
        finally:
            connection.close()

    def ended(self) -> bool:
        return self.stop.is_set() or self.changed.is_set()

    def pause(self, seconds: float) -> None:
        """Cut short when the settings change or everything stops: `Threads` sets `changed` in both cases."""
        self.changed.wait(seconds)

    def _guarded(self) -> float:
        name = threading.current_thread().name
        try:
            close_old_connections()
            return self.once()
        except (DatabaseError, InterfaceError) as error:
            logger.warning("%s waits for the database: %s", name, error)
        except Exception:
            logger.exception("%s: a fault of ours", name)
        connection.close()
        return PAUSE


def claim(lock: int, pk: int) -> bool:
    """Only one process asks for the news of a row; the claim ends with its database connection."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, %s)", [lock, pk])
        row = cursor.fetchone()
    return bool(row and row[0])


class Threads:
    """`run()` works until `stop` is set; one that fails takes nothing from the others.

    `wanted` asks the database who has a thread now, `begin` makes the work of one.
    """

    def __init__(
        self,
        name: str,
        wanted: Callable[[], set[Key]],
        begin: Callable[[int, threading.Event], Asker],
    ) -> None:
        self.name, self.wanted, self.begin = name, wanted, begin
        self.running: dict[Key, tuple[Asker, threading.Thread]] = {}

    def run(self, stop: threading.Event) -> None:
        try:
            while not stop.is_set():
                self._guarded(stop)
                stop.wait(LOOK)
        finally:
            self.leave(list(self.running))
            connection.close()

    def _guarded(self, stop: threading.Event) -> None:
        try:
            close_old_connections()
            self.keep_up(stop)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("who needs a thread %s cannot be read now: %s", self.name, error)
            connection.close()

    def keep_up(self, stop: threading.Event) -> None:
        """Threads for those that are wanted now."""
        wanted = self.wanted()
        dead = [key for key, (_work, thread) in self.running.items() if not thread.is_alive()]
        self.leave([key for key in self.running if key not in wanted or key in dead])
        for key in wanted - set(self.running):
            work = self.begin(key[0], stop)
            thread = threading.Thread(target=work.run, name=f"{self.name}-{key[0]}", daemon=True)
            self.running[key] = work, thread
            thread.start()

    def leave(self, keys: list[Key]) -> None:
        for key in keys:
            self.running[key][0].changed.set()
        for key in keys:
            self.running.pop(key)[1].join(LEAVE)


class InThreads:
    """Threads as a service of the supervisor."""

    def __init__(self, name: str, threads: Callable[[], Threads]) -> None:
        self.name, self.threads = name, threads

    async def run(self, stop: asyncio.Event) -> None:
        told = threading.Event()
        work = asyncio.create_task(asyncio.to_thread(self.threads().run, told))
        waiting = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait([work, waiting], return_when=asyncio.FIRST_COMPLETED)
        finally:
            told.set()
            waiting.cancel()
            await work
