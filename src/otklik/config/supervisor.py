"""Everything in one process: web, jobs and mail beside each other, the embedded database as a child."""

import asyncio
import signal
import socket
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import structlog

from otklik.config.embedded import Cluster, ClusterError
from otklik.config.services import keep_running, worker_services

log = structlog.get_logger("otklik.supervisor")

WATCH_SECONDS = 0.5


class DatabaseWatch:
    """Starts the embedded database again when it ends by itself."""

    name = "database"

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster

    async def run(self, stop: asyncio.Event) -> None:
        while not await _stopped(stop, WATCH_SECONDS):
            if not self.cluster.is_running():
                log.error("The database ended; it is started again", words=self.cluster.log_tail(5))
                try:
                    self.cluster.restart()  # from the main thread: the server is tied to the thread that made it
                except ClusterError as trouble:
                    log.error("The database did not start", reason=str(trouble))


class Supervisor:
    """Runs until SIGINT or SIGTERM, then stops all in order; the second signal does not wait for anybody."""

    def __init__(self, *, sock: socket.socket | None, work: bool, cluster: Cluster | None) -> None:
        self.sock = sock
        self.work = work
        self.cluster = cluster
        self.stop = asyncio.Event()
        self.server: Any = None

    async def run(self, ready: Callable[[], None] = lambda: None) -> None:
        self._listen_to_signals()
        tasks = [asyncio.create_task(coroutine, name=name) for name, coroutine in self._helpers()]
        try:
            if self.sock is not None:
                await self._serve(self.sock, ready)
            else:
                ready()
                await self.stop.wait()
        finally:
            self.stop.set()
            await _end(tasks)

    def _helpers(self) -> list[tuple[str, Coroutine[Any, Any, None]]]:
        services = worker_services() if self.work else []
        if self.cluster is not None:
            services.append(DatabaseWatch(self.cluster))
        return [(service.name, keep_running(service, self.stop)) for service in services]

    async def _serve(self, sock: socket.socket, ready: Callable[[], None]) -> None:
        from otklik.config.web.memory import settle
        from otklik.config.web.server import make_server

        self.server = make_server(own_signals=False)
        settle()
        serving = asyncio.create_task(self.server.serve([sock]), name="web")
        while not self.server.started and not serving.done():
            await asyncio.sleep(0.02)
        if self.server.started:
            ready()
        await serving

    def _listen_to_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._on_signal)

    def _on_signal(self) -> None:
        if self.server is not None:
            self.server.force_exit = self.server.should_exit
            self.server.should_exit = True
        if self.stop.is_set():
            for task in asyncio.all_tasks():
                task.cancel()
        if self.server is None:
            self.stop.set()


def run_supervised(supervisor: Supervisor, ready: Callable[[], None] = lambda: None) -> None:
    """Blocks until the end; uses uvloop where it exists."""
    from django.db import connections

    connections.close_all()  # what the start needed; from here on others work
    with asyncio.Runner(loop_factory=_loop_factory()) as runner, suppress(asyncio.CancelledError):
        runner.run(supervisor.run(ready))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    from django.conf import settings

    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=settings.JOB_STOP_SECONDS + 5)
    for task in late:
        log.warning("A service did not stop in time", service=task.get_name())
        task.cancel()


async def _stopped(stop: asyncio.Event, seconds: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
    return stop.is_set()
