"""uvicorn, told how we start and stop."""

import asyncio
import socket
from contextlib import nullcontext
from types import FrameType
from typing import Any

import uvicorn

from otklik.config.health.readiness import readiness
from otklik.config.web.asgi import Otklik, application


class Server(uvicorn.Server):
    """Stops in this order: not ready any more, streams closed, requests finished, services ended."""

    def __init__(self, config: uvicorn.Config, serves: Otklik, *, own_signals: bool = True) -> None:
        super().__init__(config)
        self.serves = serves
        self.own_signals = own_signals

    def capture_signals(self) -> Any:
        return super().capture_signals() if self.own_signals else nullcontext()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal stops in order, the second at once; the process then ends with 0, not by the signal."""
        if self.should_exit:
            self.force_exit = True
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        from django.conf import settings

        readiness.stopping = True
        if settings.DRAIN_SECONDS:
            await asyncio.sleep(settings.DRAIN_SECONDS)
        self.serves.streams.end()
        await super().shutdown(sockets)


def make_server(serves: Otklik = application, *, own_signals: bool = True) -> Server:
    from django.conf import settings

    config = uvicorn.Config(
        serves,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.TRUSTED_PROXIES),
        forwarded_allow_ips=settings.TRUSTED_PROXIES,
        timeout_graceful_shutdown=settings.STOP_SECONDS,
        timeout_keep_alive=75,
        h11_max_incomplete_event_size=64 * 1024,
        lifespan="on",
        ws="none",
    )
    return Server(config, serves, own_signals=own_signals)


def mail_words() -> list[str]:
    """Where letters are taken in, for the person at the terminal."""
    from django.conf import settings

    doors = (("SMTP", settings.SMTP_LISTEN), ("LMTP", settings.LMTP_LISTEN))
    return [f"Mail is taken in by {name} on {door[0]}:{door[1]}" for name, door in doors if door]
