"""Telling open windows that something new stands there, and remembering which are open.

Only that there is news travels; the window fetches what it does not have yet, so nothing is missed or shown twice.
"""

import asyncio
from collections import defaultdict
from datetime import UTC, datetime
from weakref import WeakKeyDictionary, WeakSet

import psycopg
from django.db import connection

from otklik.core.journal.listening import connected, until_one_ends

CHANNEL = "otklik_chat"
RENEW = 25
"""Seconds after which a window that stays open is heard of again; less than half of `models.HERE`."""
MOST = 2000
"""Streams in a process; whoever gets none fetches from time to time."""
MOST_FROM_NETWORK = 200
MOST_OF_VISITOR = 20
HEARD = """
WITH held AS (SELECT id FROM sitechat_visitor WHERE id = ANY(%(visitors)s) ORDER BY id FOR NO KEY UPDATE)
UPDATE sitechat_visitor v SET heard_at = %(now)s FROM held WHERE v.id = held.id
"""
"""Held in the order of their numbers: the same visitors have windows in other processes."""


def tell(visitor: int) -> None:
    """After the commit of the caller's transaction, in every process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(visitor)])


class Hub:
    """The windows that are open in this process: several tabs are one visitor.

    It holds nothing by itself: a stream that breaks off before it began is gone with its answer.
    """

    def __init__(self) -> None:
        self.windows: defaultdict[int, WeakSet[asyncio.Event]] = defaultdict(WeakSet)
        self.networks: WeakKeyDictionary[asyncio.Event, str] = WeakKeyDictionary()

    def join(self, visitor: int, network: str) -> asyncio.Event | None:
        """None where too many streams are open already: here, from this network, or of this visitor."""
        known = list(self.networks.values())
        if len(known) >= MOST or known.count(network) >= MOST_FROM_NETWORK:
            return None
        if len(self.windows.get(visitor, ())) >= MOST_OF_VISITOR:
            return None
        news = asyncio.Event()
        self.windows[visitor].add(news)
        self.networks[news] = network
        return news

    def leave(self, visitor: int, news: asyncio.Event) -> None:
        self.networks.pop(news, None)
        self.windows[visitor].discard(news)
        if not self.windows[visitor]:
            del self.windows[visitor]

    def tell(self, visitor: int) -> None:
        for news in self.windows.get(visitor, ()):
            news.set()

    def open(self) -> list[int]:
        """Whose windows are open."""
        return [visitor for visitor, tabs in self.windows.items() if tabs]

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
        async with await connected() as ear:
            await ear.execute(f"LISTEN {CHANNEL}")
            self.hub.all_again()
            await until_one_ends(self._hear(ear), self._renew(), stop.wait())

    async def _hear(self, ear: psycopg.AsyncConnection) -> None:
        async for notice in ear.notifies():
            if notice.payload.isdecimal():
                self.hub.tell(int(notice.payload))

    async def _renew(self) -> None:
        """One statement for all windows; the connection is not kept between."""
        while True:
            await asyncio.sleep(RENEW)
            if visitors := self.hub.open():
                async with await connected() as writer:
                    await writer.execute(HEARD, {"visitors": visitors, "now": datetime.now(UTC)})
