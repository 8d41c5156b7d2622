"""Open event streams: they end at once when the server stops, and hold no database connection while they wait."""

import asyncio
from typing import Any

from asgiref.sync import sync_to_async

from otklik.config.web.bridge import Message, Receive, Scope, Send


class Streams:
    """All streams of this process."""

    def __init__(self) -> None:
        self.ending = asyncio.Event()
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

        async def send_and_let_go(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.start":
                await _let_database_go()

        self.open += 1
        try:
            await application(scope, receive_or_end, send_and_let_go)
        finally:
            self.open -= 1


@sync_to_async(thread_sensitive=True)
def _let_database_go() -> None:
    """The connection that checked who is asking; a stream lives for hours and must not keep it."""
    from django.db import connections

    connections.close_all()
