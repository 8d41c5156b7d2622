"""A letter that waits leaves by itself when its moment has come, without a job of its own until then."""

import asyncio
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.config.services import keep_running, worker_services
from otklik.core.journal import clock
from otklik.desk.channels import leaving, outbox, wake
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.channels.port import Letter

PATIENCE = 15.0


def test_the_worker_runs_it() -> None:
    assert any(isinstance(one, leaving.Departures) for one in worker_services())


@pytest.mark.django_db(transaction=True)
def test_a_letter_leaves_when_its_moment_has_come(
    door: Channel, worker: None, wait_until: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "LOOK", 0.05)
    leaves = clock.now() + timedelta(seconds=0.5)
    letter = outbox.post(
        Letter(to=["pavel@volga.test"], subject="Звонок", text="Проверили"),
        door,
        Outbound.Kind.REPLY,
        not_before=leaves,
    )
    assert not ProcrastinateJob.objects.filter(task_name=wake.SEND).exists()
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    running = keep_running(leaving.Departures(), stop)
    thread = threading.Thread(target=loop.run_until_complete, args=(running,), daemon=True)
    thread.start()
    try:
        wait_until(lambda: Outbound.objects.filter(pk=letter.pk, state=Outbound.State.SENT).exists())
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(PATIENCE)
        loop.close()

    letter.refresh_from_db()
    assert letter.sent_at is not None and letter.sent_at >= leaves and letter.attempt == 1
