"""The stream of one window: that there is news, and nothing else."""

import asyncio
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from otklik.adapters.sitechat.live import hub
from otklik.adapters.sitechat.models import Chat, Visitor
from otklik.adapters.sitechat.views import PROOF
from otklik.core.staff.policies import network_of

PING = 15
NEWS = b"event: news\ndata: {}\n\n"


async def stream(request: HttpRequest, key: str) -> HttpResponseBase:
    """404 for whoever has no window here.  It begins with news: what came meanwhile is fetched at once."""
    number = await _entrance(key, request.headers.get(PROOF, ""))
    if number is None:
        return HttpResponse(status=404)
    news = hub.join(number, network_of(request.META.get("REMOTE_ADDR", "")))
    if news is None:
        return HttpResponse(status=429)
    response = StreamingHttpResponse(_events(number, news), content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


async def _events(visitor: int, news: asyncio.Event) -> AsyncIterator[bytes]:
    try:
        yield NEWS
        while True:
            try:
                await asyncio.wait_for(news.wait(), PING)
            except TimeoutError:
                yield b": ping\n\n"
                continue
            news.clear()
            yield NEWS
    finally:
        hub.leave(visitor, news)


@sync_to_async
def _entrance(key: str, secret: str) -> int | None:
    """What must be read once, then the connection of this thread is given back."""
    try:
        chat = Chat.objects.open(key)
        visitor = Visitor.objects.of_secret(chat, secret) if chat else None
        if visitor is None:
            return None
        visitor.heard()
        return visitor.pk
    finally:
        connections.close_all()
