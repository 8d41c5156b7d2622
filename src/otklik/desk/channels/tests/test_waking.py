"""A burst of letters shares its sending jobs; a single one has its own, in its own transaction."""

from datetime import timedelta

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.core.journal import clock
from otklik.desk.channels import wake

pytestmark = pytest.mark.django_db(transaction=True)


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name=wake.SEND).count()


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


def test_a_letter_for_later_keeps_its_moment_in_a_burst() -> None:
    with wake.senders_together():
        wake.sender(clock.now() + timedelta(minutes=5))

    job = ProcrastinateJob.objects.get(task_name=wake.SEND)
    assert job.scheduled_at is not None
    assert job.scheduled_at > clock.now()


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
