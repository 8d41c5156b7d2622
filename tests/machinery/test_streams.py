"""Open streams: they end when the server stops, and hold no database connection while they wait."""

import asyncio
from typing import Any

import pytest
from django.db import connection

from otklik.config.web.streams import Streams


async def endless(scope: Any, receive: Any, send: Any) -> None:
    """Like Django's handler: starts the answer, then waits for the client to go."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    while (await receive())["type"] != "http.disconnect":
        pass


def test_OPS_3_streams_end_when_the_server_stops() -> None:
    async def story() -> None:
        streams = Streams()
        first = asyncio.create_task(streams.run(endless, {}, never, swallow))
        await asyncio.sleep(0)
        assert streams.open == 1
        streams.end()
        await asyncio.wait_for(first, 15)
        assert streams.open == 0

    asyncio.run(story())


def test_a_client_that_leaves_ends_its_stream_only() -> None:
    async def story() -> None:
        streams = Streams()
        stays = asyncio.create_task(streams.run(endless, {}, never, swallow))
        await asyncio.wait_for(streams.run(endless, {}, gone, swallow), 15)
        assert streams.open == 1
        stays.cancel()

    asyncio.run(story())


@pytest.mark.django_db(transaction=True)
def test_a_stream_gives_its_database_connection_back_once_it_has_begun() -> None:
    from asgiref.sync import ThreadSensitiveContext, sync_to_async

    held: list[object] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        async with ThreadSensitiveContext():
            await sync_to_async(lambda: connection.ensure_connection())()  # the one of that thread
            await send({"type": "http.response.start", "status": 200, "headers": []})
            held.append(await sync_to_async(lambda: connection.connection)())

    asyncio.run(Streams().run(application, {}, never, swallow))
    assert held == [None]


def test_only_a_few_streams_enter_at_once() -> None:
    """Two hundred pages that come back after a restart must not ask for two hundred connections."""

    async def story() -> int:
        inside, most, through = 0, 0, 0

        async def asks_who_it_is(scope: Any, receive: Any, send: Any) -> None:
            nonlocal inside, most, through
            inside, most = inside + 1, max(most, inside + 1)
            await asyncio.sleep(0)
            inside, through = inside - 1, through + 1
            await endless(scope, receive, send)

        streams = Streams()
        pages = [asyncio.create_task(streams.run(asks_who_it_is, {}, never, swallow)) for _ in range(200)]
        async with asyncio.timeout(10):
            while through < len(pages):
                await asyncio.sleep(0.01)
            streams.end()
            await asyncio.gather(*pages)
        return most

    assert asyncio.run(story()) <= 4


async def never() -> dict[str, Any]:
    return await asyncio.Future()


async def gone() -> dict[str, Any]:
    return {"type": "http.disconnect"}


async def swallow(message: dict[str, Any]) -> None:
    pass
