"""The job worker as a service, and the rescue of jobs whose worker died."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import structlog
from asgiref.sync import sync_to_async

from otklik.config.services import Service

log = structlog.get_logger("otklik.worker")

RESCUE_SECONDS = 30
DEAD_AFTER_SECONDS = 30


class Jobs:
    """Runs jobs and the clock of periodic ones; ends when its listener dies, and is then started again."""

    name = "jobs"

    async def run(self, stop: asyncio.Event) -> None:
        from django.conf import settings

        await _drop_dead_connections()
        async with _worker_app().open_async() as app:
            work = asyncio.create_task(
                app.run_worker_async(
                    name="otklik",
                    concurrency=settings.JOB_THREADS,
                    install_signal_handlers=False,
                    shutdown_graceful_timeout=settings.JOB_STOP_SECONDS,
                )
            )
            stopped = asyncio.create_task(stop.wait())
            await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
            stopped.cancel()
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work


class Rescue:
    """Puts jobs of dead workers back into the queue. Every job may run again: it looks at its row first."""

    name = "rescue"

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await _drop_dead_connections()
            await rescue_jobs()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), RESCUE_SECONDS)


async def rescue_jobs() -> int:
    """The number of jobs that were put back."""
    from procrastinate.contrib.django import app
    from procrastinate.exceptions import ConnectorException
    from procrastinate.jobs import Status

    await app.job_manager.prune_stalled_workers(DEAD_AFTER_SECONDS)
    lost = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS))
    for job in lost:
        log.warning("A job of a dead worker goes back to the queue", job=job.id, task=job.task_name)
        try:
            await app.job_manager.retry_job(job)
        except ConnectorException:  # a twin waits already: the lost one has nothing left to do
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
    return len(lost)


@sync_to_async(thread_sensitive=True)
def _drop_dead_connections() -> None:
    """The clock of periodic jobs defers through Django's connection, which may have died with the last worker."""
    from django.db import close_old_connections

    close_old_connections()


def services() -> Iterable[Service]:
    return [Jobs(), Rescue()]


def _worker_app() -> Any:
    """The product's app with a small pool of its own connections: one listens, few are needed beside it."""
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    return app.with_connector(PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4))
