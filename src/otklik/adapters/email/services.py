"""What runs for as long as the product runs: the receiver and the fetcher.  The supervisor finds `services()`."""

import asyncio
import errno
import logging
from contextlib import suppress

from otklik.adapters.email.imap.fetcher import fetcher
from otklik.adapters.email.receiver import Receiver
from otklik.desk.channels.threads import InThreads

logger = logging.getLogger(__name__)

STANDBY_SECONDS = 5.0


class Receiving:
    """Listens for mail by LMTP and SMTP. Of several workers on one machine one listens, the others stand by."""

    name = "mail receiver"

    async def run(self, stop: asyncio.Event) -> None:
        receiver = Receiver.from_settings()
        try:
            await self._open(receiver, stop)
            await stop.wait()
        finally:
            await receiver.stop()

    async def _open(self, receiver: Receiver, stop: asyncio.Event) -> None:
        """Waits for a port that another process has: when that one ends, mail is taken in here."""
        told = False
        while not stop.is_set():
            try:
                await receiver.start()
                return
            except OSError as trouble:
                if trouble.errno != errno.EADDRINUSE:
                    raise
                if not told:
                    logger.warning("another process has the port for mail, this one stands by: %s", trouble)
                told = True
            await receiver.stop()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), STANDBY_SECONDS)


def services() -> list[Receiving | InThreads]:
    return [Receiving(), InThreads("mail fetcher", fetcher)]
