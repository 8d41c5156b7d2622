"""Several workers on one machine: one takes mail in, the next stands ready to."""

import asyncio
import logging
import socket
from typing import Any

import pytest

from otklik.adapters.email import services
from otklik.adapters.email.services import Receiving


def test_a_worker_takes_the_door_over_when_the_one_before_it_ends(
    settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(services, "STANDBY_SECONDS", 0.05)
    other = socket.create_server(("127.0.0.1", 0))
    settings.LMTP_LISTEN, settings.SMTP_LISTEN = other.getsockname(), None

    async def both() -> bytes:
        stop = asyncio.Event()
        standing = asyncio.create_task(Receiving().run(stop))
        async with asyncio.timeout(30):
            while not any("stands by" in each for each in caplog.messages):
                await asyncio.sleep(0.05)
        await asyncio.sleep(0.3)  # some more tries
        assert not standing.done()
        other.close()
        greeting = await asyncio.wait_for(greeted(settings.LMTP_LISTEN), 10)
        stop.set()
        await standing
        return greeting

    with caplog.at_level(logging.WARNING):
        assert asyncio.run(both()).startswith(b"220 ")
    assert len([each for each in caplog.messages if "stands by" in each]) == 1, "said once, not every time"


async def greeted(address: tuple[str, int]) -> bytes:
    while True:
        try:
            reader, writer = await asyncio.open_connection(*address)
        except OSError:
            await asyncio.sleep(0.05)
            continue
        greeting = await reader.readline()
        writer.close()
        return greeting
