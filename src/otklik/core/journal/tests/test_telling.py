"""Listeners hear of each entry after its transaction, by number only."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import psycopg
import pytest
from django.db import connection, transaction

from otklik.core.journal.news import News, publish


@dataclass(frozen=True)
class Happened(News):
    about: ClassVar[str] = "ticket"
    key: ClassVar[str] = "ticket_id"
    ticket_id: int
    secret: str = "what was said"


CONNECTION = ("dbname", "user", "password", "host", "port")


@pytest.fixture
def listener(transactional_db: None) -> Iterator[psycopg.Connection]:
    params = {name: value for name, value in connection.get_connection_params().items() if name in CONNECTION}
    with psycopg.connect(**params, autocommit=True) as listener:
        listener.execute("LISTEN otklik")
        yield listener


def test_an_entry_is_announced_after_the_commit_and_tells_only_numbers(
    listener: psycopg.Connection,
) -> None:
    with transaction.atomic():
        entry = publish(Happened(ticket_id=4817))
        assert not list(listener.notifies(timeout=0.1))

    (told,) = list(listener.notifies(timeout=30, stop_after=1))
    assert entry and json.loads(told.payload) == {
        "id": entry.pk,
        "about": "ticket",
        "about_id": 4817,
    }


def test_what_is_rolled_back_is_never_announced(listener: psycopg.Connection) -> None:
    with transaction.atomic():
        publish(Happened(ticket_id=1))
        transaction.set_rollback(True)

    assert not list(listener.notifies(timeout=0.2))
