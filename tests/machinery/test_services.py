"""Services: kept running, stopped when asked; jobs finish, and those of dead workers come back."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from otklik.config import services
from otklik.config.services import ThreadService, keep_running
from otklik.config.worker import DEAD_AFTER_SECONDS, RESCUE_SECONDS, Jobs, rescue_jobs

started, may_end = threading.Event(), threading.Event()
finished: list[str] = []


@pytest.fixture
def slow_task() -> Iterator[Any]:
    """A job that takes as long as the test wants."""

    def work() -> None:
        started.set()
        may_end.wait(20)
        finished.append("done")

    for event in (started, may_end):
        event.clear()
    finished.clear()
    yield app.task(name="tests.slow")(work)
    del app.tasks["tests.slow"]


class Fragile:
    """Fails twice, then works until it is stopped."""

    name = "fragile"

    def __init__(self) -> None:
        self.turns = 0

    async def run(self, stop: asyncio.Event) -> None:
        self.turns += 1
        if self.turns < 3:
            raise ConnectionError("the other side hung up")
        stop.set()


def test_a_service_that_fails_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "FIRST_PAUSE", 0.01)
    fragile = Fragile()
    asyncio.run(asyncio.wait_for(keep_running(fragile, asyncio.Event()), 20))
    assert fragile.turns == 3


def test_a_service_in_a_thread_is_told_to_stop() -> None:
    class Listener(ThreadService):
        name = "listener"
        heard = False

        def work(self, stop: threading.Event) -> None:
            self.heard = stop.wait(20)

    async def story() -> bool:
        listener, stop = Listener(), asyncio.Event()
        running = asyncio.create_task(listener.run(stop))
        await asyncio.sleep(0)
        stop.set()
        await asyncio.wait_for(running, 20)
        return listener.heard

    assert asyncio.run(story())


@pytest.mark.django_db(transaction=True)
def test_OPS_3_a_job_in_progress_is_finished_before_the_worker_stops(slow_task: Any) -> None:
    slow_task.defer()

    async def story() -> None:
        stop = asyncio.Event()
        working = asyncio.create_task(Jobs().run(stop))
        assert await asyncio.to_thread(started.wait, 15)
        stop.set()
        may_end.set()
        await asyncio.wait_for(working, 15)

    asyncio.run(story())
    assert finished == ["done"]
    assert statuses() == []


@pytest.mark.django_db(transaction=True)
def test_OPS_3_a_job_of_a_dead_worker_goes_back_to_the_queue(slow_task: Any) -> None:
    slow_task.defer()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 min') RETURNING id"
        )
        worker = cursor.fetchone()[0]
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])
    assert statuses() == ["doing"]

    assert asyncio.run(rescue_jobs()) == 1
    assert statuses() == ["todo"]


def test_SEND_4_the_jobs_of_a_dead_worker_run_again_within_two_minutes() -> None:
    assert DEAD_AFTER_SECONDS + RESCUE_SECONDS < 120


@pytest.mark.django_db(transaction=True)
def test_the_worker_comes_back_after_its_listener_died(slow_task: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "FIRST_PAUSE", 0.05)
    may_end.set()

    async def story() -> None:
        stop = asyncio.Event()
        working = asyncio.create_task(keep_running(Jobs(), stop))
        await asyncio.to_thread(poll_listener)
        await asyncio.to_thread(cut_all_others)
        await asyncio.to_thread(slow_task.defer)
        assert await asyncio.to_thread(started.wait, 20)
        stop.set()
        await asyncio.wait_for(working, 15)

    asyncio.run(story())
    assert finished == ["done"]


def poll_listener() -> None:
    from tests.fixtures.live import wait_until

    def listens() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'LISTEN%'"
            )
            return bool(cursor.fetchone()[0])

    wait_until(listens)
    connection.close()


def cut_all_others() -> None:
    """What a restart of the database does to everybody."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connection.close()


def statuses() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE task_name = 'tests.slow'")
        return [status for (status,) in cursor.fetchall()]
