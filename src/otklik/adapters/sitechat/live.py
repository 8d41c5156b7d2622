"""Telling open windows that something new stands there, and remembering which are open.

Only that there is news travels; the window fetches what it does not have yet, so nothing is missed or shown twice.
"""

import asyncio
import contextlib
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

import psycopg
from django.db import connection

from otklik.adapters.sitechat.models import Visitor

CHANNEL = "otklik_chat"
RENEW = 25
"""Seconds after which a window that stays open is heard of again; less than half of `models.HERE`."""
OURS = (
    *("dbname", "user", "password", "host", "port"),
    *("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout"),
)
HEARD = "UPDATE sitechat_visitor SET heard_at = %s WHERE id = ANY(%s)"


def tell(visitor: Visitor) -> None:
    """After the commit of the caller's transaction, in every process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(visitor.pk)])


class Hub:
    """The windows that are open in this process: several tabs are one visitor."""

    def __init__(self) -> None:
        self.windows: defaultdict[int, set[asyncio.Event]] = defaultdict(set)

    def join(self, visitor: int) -> asyncio.Event:
        news = asyncio.Event()
        self.windows[visitor].add(news)
        return news

    def leave(self, visitor: int, news: asyncio.Event) -> None:
        self.windows[visitor].discard(news)
        if not self.windows[visitor]:
            del self.windows[visitor]

    def tell(self, visitor: int) -> None:
        for news in self.windows.get(visitor, ()):
            news.set()

    def all_again(self) -> None:
        """News may have been missed."""
        for visitor in self.windows:
            self.tell(visitor)


hub = Hub()


class Ear:
    """The service that hears and tells; when its connection breaks it is started again and everybody looks."""

    name = "live chat"

    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    async def run(self, stop: asyncio.Event) -> None:
        address = {name: value for name, value in connection.get_connection_params().items() if name in OURS}
        async with await psycopg.AsyncConnection.connect(**address, autocommit=True) as ear:
            await ear.execute(f"LISTEN {CHANNEL}")
            self.hub.all_again()
            work = [self._hear(ear), self._renew(address), stop.wait()]
            tasks = [asyncio.create_task(one) for one in work]
            done, late = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in late:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
            for task in done:
                task.result()

    async def _hear(self, ear: psycopg.AsyncConnection) -> None:
        async for notice in ear.notifies():
            if notice.payload.isdecimal():
                self.hub.tell(int(notice.payload))

    async def _renew(self, address: dict[str, Any]) -> None:
        """One statement for all windows; the connection is not kept between."""
        while True:
            await asyncio.sleep(RENEW)
            if self.hub.windows:
                async with await psycopg.AsyncConnection.connect(**address, autocommit=True) as writer:
                    await writer.execute(HEARD, [datetime.now(UTC), list(self.hub.windows)])
