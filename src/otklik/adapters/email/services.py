"""What runs for as long as the product runs: the receiver and the fetcher.  The supervisor finds `services()`."""

import asyncio
import threading

from otklik.adapters.email.imap.fetcher import Fetcher
from otklik.adapters.email.receiver import Receiver


class Receiving:
    """Listens for mail by LMTP and SMTP."""

    name = "mail receiver"

    async def run(self, stop: asyncio.Event) -> None:
        receiver = Receiver.from_settings()
        try:
            await receiver.start()
            await stop.wait()
        finally:
            await receiver.stop()


class Fetching:
    """Reads the mailboxes on other servers, in threads."""

    name = "mail fetcher"

    async def run(self, stop: asyncio.Event) -> None:
        told = threading.Event()
        work = asyncio.create_task(asyncio.to_thread(Fetcher().run, told))
        waiting = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait([work, waiting], return_when=asyncio.FIRST_COMPLETED)
        finally:
            told.set()
            waiting.cancel()
            await work


def services() -> list[Receiving | Fetching]:
    return [Receiving(), Fetching()]
