"""Open event streams: they end at once when the server stops, and hold no database connection while they wait."""

import asyncio
from typing import Any

from asgiref.sync import sync_to_async

from otklik.config.web.bridge import Message, Receive, Scope, Send

AT_ONCE = 4


class Streams:
    """All streams of this process.

    Each needs a database connection until it is clear who is asking: only so many come in at once, or hundreds of
    pages that return after a restart would take every connection of the database.
    """

    def __init__(self) -> None:
        self.ending = asyncio.Event()
        self.entrance = asyncio.Semaphore(AT_ONCE)
        self.open = 0

    def end(self) -> None:
        """Tell every stream that its client is gone; browsers come back to another process by themselves."""
        self.ending.set()

    async def run(self, application: Any, scope: Scope, receive: Receive, send: Send) -> None:
        async def receive_or_end() -> Message:
            waits = {asyncio.ensure_future(receive()), asyncio.ensure_future(self.ending.wait())}
            done, late = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for task in late:
                task.cancel()
            answers = [task.result() for task in done]
            return next((answer for answer in answers if isinstance(answer, dict)), {"type": "http.disconnect"})

        at_entrance = True

        def come_in() -> None:
            nonlocal at_entrance
            if at_entrance:
                at_entrance = False
                self.entrance.release()

        async def send_and_let_go(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.start":
                await _let_database_go()
                come_in()

        self.open += 1
        await self.entrance.acquire()
        try:
            await application(scope, receive_or_end, send_and_let_go)
        finally:
            come_in()
            self.open -= 1


@sync_to_async(thread_sensitive=True)
def _let_database_go() -> None:
    """The connection that checked who is asking; a stream lives for hours and must not keep it."""
    from django.db import connections

    connections.close_all()
