"""What runs for as long as the product runs, beside the pages: one list for the web, one for the workers.

A service is an object with a `name` and `async def run(stop)`, which returns soon after `stop` is set. One that
works in a thread inherits from `ThreadService` and writes `work(stop)`. A service that fails is started again
after a pause that grows. To plug one in, name its factory below: "module:function" that returns services.
"""

import asyncio
import importlib
import importlib.util
import threading
import time
from collections.abc import Iterable
from typing import Protocol

import structlog

log = structlog.get_logger("otklik.services")

# Factories of services; a module that does not exist yet is passed over.
WEB = ("otklik.front.workspace.services:web_services", "otklik.adapters.sitechat.services:web_services")
WORKER = (
    "otklik.config.worker:services",
    "otklik.desk.channels.services:services",
    "otklik.adapters.email.services:services",
    "otklik.adapters.telegram.services:services",
)

FIRST_PAUSE, LONGEST_PAUSE, CALM = 1.0, 30.0, 60.0


class Service(Protocol):
    """Something long-running."""

    name: str

    async def run(self, stop: asyncio.Event) -> None: ...


class ThreadService:
    """A service whose work blocks: `work(stop)` runs in a thread of its own and looks at `stop`."""

    name = "thread"

    def work(self, stop: threading.Event) -> None:
        raise NotImplementedError

    async def run(self, stop: asyncio.Event) -> None:
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        told, trouble = threading.Event(), list[BaseException]()

        def body() -> None:
            try:
                self.work(told)
            except BaseException as error:
                trouble.append(error)
            finally:
                _close_connections()
                loop.call_soon_threadsafe(ended.set)

        threading.Thread(target=body, name=self.name, daemon=True).start()
        waits = [asyncio.create_task(ended.wait()), asyncio.create_task(stop.wait())]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            told.set()
            for task in waits:
                task.cancel()
        await ended.wait()
        if trouble:
            raise trouble[0]


def web_services() -> list[Service]:
    """Beside the pages, in every web process."""
    return list(_made_by(WEB))


def worker_services() -> list[Service]:
    """In `otklik worker`, and in `otklik up`."""
    return list(_made_by(WORKER))


async def keep_running(service: Service, stop: asyncio.Event) -> None:
    """Run a service until `stop`; start it again when it fails or ends too early."""
    pause = FIRST_PAUSE
    while not stop.is_set():
        began = time.monotonic()
        try:
            await service.run(stop)
            if not stop.is_set():
                log.warning("A service ended by itself", service=service.name)
        except asyncio.CancelledError:
            raise
        except Exception as trouble:
            log.error("A service failed", service=service.name, reason=str(trouble), exc_info=trouble)
        if stop.is_set():
            return
        pause = FIRST_PAUSE if time.monotonic() - began > CALM else pause
        await _wait(stop, pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


def _made_by(factories: Iterable[str]) -> Iterable[Service]:
    for path in factories:
        module, _, name = path.partition(":")
        if exists(module):
            yield from getattr(importlib.import_module(module), name)()


def exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
