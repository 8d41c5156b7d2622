"""Letters that leave later are found by one look, and share a job when their moment has come."""

import asyncio
from datetime import datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.core.journal import clock
from otklik.desk.channels import leaving, outbox, wake
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.channels.port import Letter

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime.fromisoformat("2026-03-02T10:00:00+00:00")


def write(door: Channel, leaves: datetime) -> Outbound:
    letter = Letter(to=["pavel@volga.test"], subject="Звонок", text="Проверили")
    return outbox.post(letter, door, Outbound.Kind.REPLY, not_before=leaves)


def senders() -> int:
    return ProcrastinateJob.objects.filter(task_name=wake.SEND).count()


def test_where_nothing_waits_it_looks_again_in_a_while() -> None:
    assert leaving.look() == leaving.LOOK and senders() == 0


def test_a_letter_for_later_makes_no_job_until_its_moment(door: Channel) -> None:
    with clock.at(NOW):
        write(door, NOW + timedelta(seconds=15))
        assert leaving.look() == leaving.LOOK
    with clock.at(NOW + timedelta(seconds=13)):
        assert leaving.look() == 2.0
    assert senders() == 0
    with clock.at(NOW + timedelta(seconds=15)):
        assert leaving.look() == leaving.AGAIN
    assert senders() == 1


def test_letters_that_fall_due_together_share_a_job(door: Channel) -> None:
    with clock.at(NOW):
        for seconds in range(1, 9):
            write(door, NOW + timedelta(seconds=seconds))
    with clock.at(NOW + timedelta(seconds=10)):
        leaving.look()
        leaving.look()

        assert senders() == 1
        assert outbox.send_due() == 8
        assert leaving.look() == leaving.LOOK


def test_a_channel_that_rests_asks_for_nobody(door: Channel) -> None:
    with clock.at(NOW):
        write(door, NOW)
        ProcrastinateJob.objects.all().delete()
        door.rest(NOW + timedelta(minutes=1))

        assert leaving.look() == leaving.LOOK and senders() == 0
    with clock.at(NOW + timedelta(minutes=1)):
        assert leaving.look() == leaving.AGAIN and senders() == 1


def test_what_was_not_sent_though_it_is_due_asks_again(door: Channel) -> None:
    """The process that had the job has died: nothing waits for a person to notice."""
    with clock.at(NOW):
        write(door, NOW + timedelta(seconds=1))
    with clock.at(NOW + timedelta(seconds=2)):
        leaving.look()
        ProcrastinateJob.objects.all().delete()
        leaving.look()

    assert senders() == 1


def test_it_looks_until_it_is_stopped(door: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, looks = asyncio.Event(), list[int]()

    async def counted() -> float:
        looks.append(len(looks))
        if len(looks) == 3:
            stop.set()
        return 0.001

    monkeypatch.setattr(leaving, "_look", counted)
    asyncio.run(asyncio.wait_for(leaving.Departures().run(stop), 10))

    assert len(looks) == 3
