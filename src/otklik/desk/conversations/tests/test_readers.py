"""Several readers at once: a letter waits for the earlier one that it continues."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from otklik.desk.channels import inbox
from otklik.desk.channels.models import Channel, Inbound
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Conversation
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db(transaction=True)


def accept(door: Channel, name: str, **told: Any) -> None:
    letter = {"external_id": name, "sender": "pavel@volga.test", "text": name, **told}
    inbox.accept(door, json.dumps(letter).encode(), external_id=name, content_hash=f"{name:0>64}")


def read_one() -> None:
    try:
        inbox.work_one()
    finally:
        connection.close()


def read_both_at_once(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two readers: the first letter takes until the second is in the hands of the other reader."""
    taken, finish = threading.Event(), threading.Event()
    read = paper.read

    def slowly(inbound: Inbound) -> Any:
        incoming = read(inbound)
        if incoming.external_id == "first":
            taken.set()
            assert finish.wait(20)
        return incoming

    monkeypatch.setattr(paper, "read", slowly)
    with ThreadPoolExecutor(2) as readers:
        first = readers.submit(read_one)
        assert taken.wait(20)
        second = readers.submit(read_one)
        threading.Timer(0.5, finish.set).start()
        first.result(20)
        second.result(20)


def test_a_letter_joins_the_one_that_another_reader_has_not_finished(
    door: Channel, pavel: Contact, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(door, "first")
    accept(door, "second", references=["first"])

    read_both_at_once(paper, monkeypatch)

    assert Conversation.objects.get().messages.filter(direction="in").count() == 2
    assert set(Inbound.objects.values_list("state", "tries")) == {("read", 0)}


def test_two_letters_of_somebody_new_do_not_wait_for_each_other(
    door: Channel, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second brought its sender and waited for the first, which waited for the sender: a deadlock."""
    accept(door, "first", sender="new@volga.test")
    accept(door, "second", sender="new@volga.test", references=["first"])

    read_both_at_once(paper, monkeypatch)

    assert Conversation.objects.get().messages.filter(direction="in").count() == 2
    assert set(Inbound.objects.values_list("state", "tries")) == {("read", 0)}


def test_a_letter_that_cannot_be_read_holds_up_nobody_who_continues_it(
    door: Channel, pavel: Contact, paper: Paper
) -> None:
    accept(door, "first", poison="x")
    accept(door, "second", references=["first"])

    inbox.work_all()

    assert Inbound.objects.get(external_id="second").state == "read"
