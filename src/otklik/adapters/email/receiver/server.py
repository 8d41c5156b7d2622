"""The two listening sockets."""

import asyncio
import logging
import ssl
from collections.abc import Callable
from typing import Any
from weakref import WeakSet

from django.conf import settings

from otklik.adapters.email.receiver.handler import Handler
from otklik.adapters.email.receiver.protocol import OurLMTP, OurSMTP
from otklik.adapters.email.receiver.storing import Store
from otklik.adapters.email.sending.server import own_name

logger = logging.getLogger(__name__)

type Address = tuple[str, int]

BACKLOG = 1024
IDLE_SECONDS = 300
LAST_WORDS = 0.1


class Receiver:
    """Listens until stopped; either address may be None, port 0 takes a free one."""

    def __init__(self, lmtp: Address | None, smtp: Address | None) -> None:
        self.wanted: dict[type[OurLMTP] | type[OurSMTP], Address | None] = {OurLMTP: lmtp, OurSMTP: smtp}
        self.ports: dict[str, int] = {}
        self._servers: list[asyncio.Server] = []
        self._talks: WeakSet[Any] = WeakSet()

    @classmethod
    def from_settings(cls) -> "Receiver":
        return cls(settings.LMTP_LISTEN, settings.SMTP_LISTEN)

    async def start(self) -> None:
        """Raises OSError, with the address in its words, when a port is taken."""
        self.store = Store()
        handler = Handler(self.store)
        for protocol, address in self.wanted.items():
            if address is not None:
                kind = "lmtp" if protocol is OurLMTP else "smtp"
                server = await self._listen(self._factory(protocol, handler), address)
                self._servers.append(server)
                self.ports[kind] = server.sockets[0].getsockname()[1]
                logger.info("taking mail by %s at %s:%s", kind.upper(), address[0], self.ports[kind])

    async def stop(self) -> None:
        """No new connections; mails that are being stored are stored and answered, then the rest is cut."""
        for server in self._servers:
            server.close()
        await asyncio.get_running_loop().run_in_executor(None, self.store.close)
        await asyncio.sleep(LAST_WORDS)
        for talk in list(self._talks):
            if talk.transport is not None:
                talk.transport.close()
        self._servers.clear()

    async def _listen(self, factory: Callable[[], asyncio.Protocol], address: Address) -> asyncio.Server:
        host, port = address
        loop = asyncio.get_running_loop()
        return await loop.create_server(factory, host, port, backlog=BACKLOG, reuse_address=True)

    def _factory(self, protocol: type[OurLMTP] | type[OurSMTP], handler: Handler) -> Callable[[], asyncio.Protocol]:
        encryption = _encryption() if protocol is OurSMTP else None

        def make() -> asyncio.Protocol:
            talk = protocol(
                handler,
                data_size_limit=settings.MESSAGE_BYTES,
                enable_SMTPUTF8=True,
                hostname=own_name(),
                ident="Otklik",
                timeout=IDLE_SECONDS,
                tls_context=encryption,
                auth_exclude_mechanism=["LOGIN", "PLAIN"],
                loop=asyncio.get_running_loop(),
            )
            self._talks.add(talk)
            return talk

        return make


def _encryption() -> ssl.SSLContext | None:
    """STARTTLS for senders from outside when a certificate is given."""
    if not settings.SMTP_TLS_CERT:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(settings.SMTP_TLS_CERT, settings.SMTP_TLS_KEY or None)
    return context
