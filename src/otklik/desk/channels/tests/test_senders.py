"""Sending leaves the worker room for everything else, and nothing that is due is left behind."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.core.journal import clock
from otklik.desk.channels import outbox, senders, tasks, wake
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.channels.port import Letter

pytestmark = pytest.mark.django_db(transaction=True)


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name=wake.SEND).count()


@pytest.fixture
def three_due(door: Channel) -> None:
    for number in range(3):
        letter = Letter(to=["pavel@volga.test"], subject=f"Звонок {number}", text="Проверили")
        outbox.post(letter, door, Outbound.Kind.REPLY, not_before=clock.now() - timedelta(seconds=1))
    ProcrastinateJob.objects.all().delete()


def test_a_sender_leaves_its_place_to_other_jobs_and_another_one_goes_on(
    three_due: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(senders, "SLICE", 0.0)
    for sent in (1, 2, 3):
        tasks.send()
        assert Outbound.objects.filter(state=Outbound.State.SENT).count() == sent
        assert jobs() == 1, "one waits, whatever is left"
    assert outbox.send_due() == 0


def test_no_more_than_two_send_at_a_time_and_who_was_sent_away_is_not_forgotten(
    three_due: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job that is fetched while the others send, once they have looked for letters for the last time."""
    begun = list[int]()

    def sends(_seconds: float) -> None:
        begun.append(len(begun))
        if len(begun) < 10:  # the next job is fetched by another thread meanwhile
            tasks.send()

    monkeypatch.setattr(outbox, "send_due", sends)
    tasks.send()

    assert len(begun) == senders.MOST == 2
    assert jobs() == 1
