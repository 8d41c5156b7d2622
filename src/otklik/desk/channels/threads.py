"""A thread for each channel that has to be asked for its news: all at once, renewed as channels change."""

import asyncio
import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

logger = logging.getLogger(__name__)

LOOK = 3.0
LEAVE = 20.0

type Key = tuple[int, datetime]
"""Whose thread it is, and when its settings changed: with other settings it is another thread."""


class Work(Protocol):
    """What one thread does until the product stops or `changed` is set; it never raises."""

    changed: threading.Event

    def run(self) -> None: ...


class Threads:
    """`run()` works until `stop` is set; one that fails takes nothing from the others.

    `wanted` asks the database who has a thread now, `begin` makes the work of one, `beside` is done at each look.
    """

    def __init__(
        self,
        name: str,
        wanted: Callable[[], set[Key]],
        begin: Callable[[int, threading.Event], Work],
        beside: Callable[[], None] = lambda: None,
    ) -> None:
        self.name, self.wanted, self.begin, self.beside = name, wanted, begin, beside
        self.running: dict[Key, tuple[Work, threading.Thread]] = {}

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
            self.beside()
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
