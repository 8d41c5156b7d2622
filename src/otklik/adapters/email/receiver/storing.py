"""The database side of the receiver, in threads of its own: the loop never waits for a disk."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError, InterfaceError, connection

from otklik.adapters.email.parse import identity
from otklik.adapters.email.receiver.recipients import Recipients
from otklik.desk.channels import inbox
from otklik.desk.channels.models import Channel

logger = logging.getLogger(__name__)

THREADS = 4
PATIENCE = 25.0


class Unavailable(Exception):
    """Nothing can be stored now; the sender should try again later."""


class Store:
    """`channel_of` and `keep` raise Unavailable when the database does not work, quickly."""

    def __init__(self) -> None:
        self.recipients = Recipients()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="mail-store")

    async def channel_of(self, address: str) -> Channel | None:
        if self.recipients.needs_look(address):
            await self._run(self.recipients.reload)
        return self.recipients.of(address)

    async def keep(self, raw: bytes, deliveries: "Sequence[Delivery]", sender: str, source: str) -> list[bool]:
        """Store the mail once for each channel; True for each that is committed.  Raises Unavailable when none is."""
        return await self._run(lambda: _keep(raw, deliveries, sender, source))

    def close(self) -> None:
        """Waits for what is being stored and lets the connections go."""
        for _ in range(THREADS):
            self._threads.submit(connection.close)
        self._threads.shutdown(wait=True, cancel_futures=False)

    async def _run[T](self, work: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        try:
            return await asyncio.wait_for(loop.run_in_executor(self._threads, _with_connection, work), PATIENCE)
        except (DatabaseError, InterfaceError, TimeoutError) as error:
            logger.warning("mail cannot be stored now: %s", str(error).strip() or "no answer in time")
            raise Unavailable from error


class Delivery:
    """One channel of a mail and the recipients by which it was reached."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.addresses: list[str] = []


def _with_connection[T](work: Callable[[], T]) -> T:
    """A connection that the server dropped (a restart of the database) is replaced and the work done again.

    Storing twice stores once, so the second try is safe.  Without a connection from before there is one try only.
    """
    had_one = connection.connection is not None
    try:
        return work()
    except (DatabaseError, InterfaceError):
        if not had_one or connection.is_usable():
            raise
        connection.close()
        return work()
    finally:
        if connection.errors_occurred:
            connection.close_if_unusable_or_obsolete()


def _keep(raw: bytes, deliveries: Sequence[Delivery], sender: str, source: str) -> list[bool]:
    external_id, content_hash = identity(raw)
    done, last = list[bool](), None
    for delivery in deliveries:
        try:
            inbox.accept(
                delivery.channel,
                raw,
                external_id=external_id,
                content_hash=content_hash,
                envelope_from=sender,
                envelope_to=delivery.addresses,
                source=source,
            )
            done.append(True)
        except (DatabaseError, InterfaceError) as error:
            last = error
            done.append(False)
    if last and not any(done):
        raise last
    return done
