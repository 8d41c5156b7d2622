"""A burst of letters shares its sending jobs; one that may leave now has its own, in its transaction."""

import json
from datetime import timedelta

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.core.journal import clock
from otklik.desk.channels import inbox, wake
from otklik.desk.channels.models import Channel, Inbound

pytestmark = pytest.mark.django_db(transaction=True)


def jobs(name: str = wake.SEND) -> int:
    return ProcrastinateJob.objects.filter(task_name=name).count()


def test_a_letter_has_its_job_in_its_own_transaction() -> None:
    with transaction.atomic():
        wake.sender(clock.now())
        assert jobs() == 1

    @transaction.atomic
    def write_and_fail() -> None:
        wake.sender(clock.now())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert jobs() == 1


def test_a_burst_shares_jobs() -> None:
    with wake.senders_together(many=10):
        for _ in range(25):
            with transaction.atomic():
                wake.sender(clock.now())

    assert jobs() == 3


def test_a_letter_for_later_asks_for_nobody() -> None:
    wake.sender(clock.now() + timedelta(minutes=5))
    with wake.senders_together():
        wake.sender(clock.now() + timedelta(minutes=5))

    assert jobs() == 0


def test_nothing_to_send_asks_for_nobody() -> None:
    with wake.senders_together():
        pass

    assert jobs() == 0


def test_a_burst_that_fails_still_sends_what_was_written() -> None:
    @wake.senders_together()
    def write_and_fail() -> None:
        wake.sender(clock.now())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()

    assert jobs() == 1


def accept(door: Channel, name: str) -> None:
    letter = {"external_id": name, "sender": "pavel@volga.test", "text": name}
    inbox.accept(door, json.dumps(letter).encode(), external_id=name, content_hash=f"{name:0>64}")


def test_messages_stored_together_ask_for_one_reader(door: Channel) -> None:
    with transaction.atomic():
        accept(door, "first")
        accept(door, "second")
        assert [asked[1] for asked in connection.run_on_commit] == [wake.reader]

    assert jobs(wake.READ) == 1


def test_a_reader_leaves_its_place_to_other_jobs_and_another_one_goes_on(door: Channel) -> None:
    for name in ("first", "second", "third"):
        accept(door, name)
    ProcrastinateJob.objects.all().delete()

    assert inbox.work_all(seconds=0) == 1
    assert jobs(wake.READ) == 1 and Inbound.objects.waiting().count() == 2
    assert inbox.work_all() == 2
