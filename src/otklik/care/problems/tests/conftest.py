"""A problem of the tests, and requests that it made."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from otklik.care.problems.models import Problem
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.conversations.models import Conversation
from otklik.desk.tickets.models import Ticket, Topic
from tests.fixtures.cast import Write

type Begin = Callable[..., Problem]
type Came = Callable[..., list[Ticket]]


@pytest.fixture
def begin(anna: User) -> Begin:
    """`begin(title=…, tickets=…)`: Anna's."""

    def make(**told: Any) -> Problem:
        usual = {"title": "Обрывы на узле", "notices": "Звонок рвётся на первой минуте", "by": anna}
        return Problem.objects.begin(**{**usual, **told})

    return make


@pytest.fixture
def topic(db: None) -> Topic:
    return Topic.objects.create(name="Качество связи")


@pytest.fixture
def came(writes: Write, topic: Topic) -> Came:
    """`came(5, clients=3, subject=…, at=…)`: so many requests of so many clients.

    The first of each client is a letter; the others are its rows once more, since what is counted is rows.
    """
    first: dict[str, Ticket] = {}

    def make(
        count: int, *, clients: int = 3, subject: str = "Обрывается звонок", at: datetime | None = None, **told: Any
    ) -> list[Ticket]:
        made = []
        for number in range(count):
            sender = told.get("sender", f"c{number % clients}@volga.test")
            one = _again(first[sender]) if sender in first else writes("Помогите", sender=sender, subject=subject)
            first.setdefault(sender, one)
            opened = at or clock.now()
            about = {"topic": told.get("topic", topic), "product": told.get("product"), "subject": subject}
            Ticket.objects.filter(pk=one.pk).update(opened_at=opened, **about)
            made.append(Ticket.objects.get(pk=one.pk))
        return made

    return make


def _again(ticket: Ticket) -> Ticket:
    """Another request of the same client."""
    known = Conversation.objects.get(pk=ticket.conversation_id)
    talk = Conversation.objects.create(contact=known.contact, channel=known.channel, subject=known.subject)
    one = Ticket.objects.get(pk=ticket.pk)
    one.pk, one.key, one.conversation = None, uuid.uuid4(), talk
    (made,) = Ticket.objects.bulk_create([one])
    return made
