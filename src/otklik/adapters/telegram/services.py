"""What runs for as long as the product runs.  The supervisor finds `services()`."""

import asyncio
import threading

from otklik.adapters.telegram.polling import Pollers


class Polling:
    """Asks Telegram for news, in threads."""

    name = "telegram"

    async def run(self, stop: asyncio.Event) -> None:
        told = threading.Event()
        work = asyncio.create_task(asyncio.to_thread(Pollers().run, told))
        waiting = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait([work, waiting], return_when=asyncio.FIRST_COMPLETED)
        finally:
            told.set()
            waiting.cancel()
            await work


def services() -> list[Polling]:
    return [Polling()]
