"""The one ASGI application: files, streams, pages, and the services that live beside them."""

import asyncio
from contextlib import suppress
from functools import cached_property
from typing import Any

from otklik.config.web.bridge import PagesOverWsgi, Receive, Scope, Send
from otklik.config.web.streams import Streams

LIVE = "/live"


class Otklik:
    """Routes by path; starts web services in the lifespan; ends open streams when that is over (`Streams.end`)."""

    def __init__(self) -> None:
        self.streams = Streams()
        self.services: list[asyncio.Task[None]] = []
        self.stop = asyncio.Event()

    @cached_property
    def pages(self) -> PagesOverWsgi:
        from django.conf import settings
        from django.core.wsgi import get_wsgi_application

        return PagesOverWsgi(get_wsgi_application(), threads=settings.WEB_THREADS, most_bytes=settings.UPLOAD_BYTES)

    @cached_property
    def live(self) -> Any:
        from django.core.asgi import get_asgi_application

        return get_asgi_application()

    @cached_property
    def files(self) -> Any:
        from otklik.config.web.files import static_files

        return static_files()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        elif (path := scope["path"]) == LIVE or path.startswith(f"{LIVE}/"):
            await self.streams.run(self.live, scope, receive, send)
        elif not await self.files.answer(scope, receive, send):
            await self.pages(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            self._start()
        except Exception as trouble:
            await send({"type": "lifespan.startup.failed", "message": repr(trouble)})
            raise
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._end()
        await send({"type": "lifespan.shutdown.complete"})

    def _start(self) -> None:
        """Load what the first request would otherwise wait for."""
        from otklik.config.services import keep_running, web_services

        _ = self.pages, self.live, self.files
        self.stop.clear()
        self.services = [asyncio.create_task(keep_running(service, self.stop)) for service in web_services()]

    async def _end(self) -> None:
        self.stop.set()
        self.streams.end()
        for task in self.services:
            with suppress(asyncio.CancelledError, Exception):
                await asyncio.wait_for(task, 10)
        self.pages.pool.shutdown(wait=True, cancel_futures=False)


application = Otklik()
