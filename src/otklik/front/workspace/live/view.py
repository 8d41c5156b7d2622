"""The event stream of one browser; runs in the event loop and holds no database connection while it waits."""

import asyncio
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.calls.models import Call
from otklik.front.workspace.live.ear import rights
from otklik.front.workspace.live.hub import Stream, hub

PING = 15


async def stream(request: HttpRequest) -> HttpResponseBase:
    """401 without a session; `Last-Event-ID` older than the newest entry makes the page reload what it shows.

    A page that was just made says when (`Otklik-Drawn`, Unix time): what was told while it was on its way comes first.
    """
    user = await request.auser()
    if not isinstance(user, User):
        return HttpResponse(status=401)
    mine, missed, called = await _entrance(request, user)
    if (drawn := _drawn(request)) and not hub.catch_up(mine, drawn):
        missed = True
    response = StreamingHttpResponse(_events(mine, missed, called), content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _drawn(request: HttpRequest) -> float:
    """0 where the page does not say it."""
    said = request.headers.get("Otklik-Drawn", "")
    return float(said) if said.replace(".", "", 1).isdecimal() and len(said) < 20 else 0


async def _events(mine: Stream, missed: bool, called: bool) -> AsyncIterator[bytes]:
    try:
        yield b"retry: 2000\n\n"
        if missed:
            yield b'event: connected\ndata: {"again":true}\n\n'
        if called:
            yield b"event: call\ndata: {}\n\n"
        while True:
            try:
                event = await asyncio.wait_for(mine.queue.get(), PING)
            except TimeoutError:
                event = b": ping\n\n"
            if event is None:
                return
            yield event
    finally:
        hub.leave(mine)


@sync_to_async
def _entrance(request: HttpRequest, user: User) -> tuple[Stream, bool, bool]:
    """What must be read once, then the connection of this thread is given back.

    A call that began to ring while the page was on its way is told of at once: a telephone does not ring for long.
    """
    try:
        mine = hub.join(user.pk, request.session.session_key or "", rights(user.role, user.team_ids))
        last = request.headers.get("Last-Event-ID", "")
        newest = Entry.objects.order_by("-id").values_list("pk", flat=True).first() or 0
        called = user.answers and Call.objects.shown_to(user.pk).exists()
        return mine, last.isdecimal() and len(last) < 18 and int(last) < newest, called
    finally:
        connections.close_all()
