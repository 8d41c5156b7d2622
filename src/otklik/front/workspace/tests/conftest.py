"""A desk with many tickets, and colleagues at their browsers."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from django.test import Client as Browser

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Conversation, Message
from otklik.desk.tickets.models import Ticket

type Crowd = Callable[..., list[Ticket]]


@pytest.fixture
def sits_at() -> Callable[[User], Browser]:
    """A browser in which this person has signed in."""

    def sit(user: User) -> Browser:
        browser = Browser()
        browser.force_login(user)
        return browser

    return sit


@pytest.fixture
def crowd(door: Channel, pavel: Contact) -> Crowd:
    """`crowd([minutes until due, …], owner=…, team=…, step=…)`: tickets in one stroke, without their stories."""

    def gather(
        minutes: Sequence[float],
        *,
        owner: User | None = None,
        team: Team | None = None,
        status: str = "open",
        step: str = "answer",
        now: datetime | None = None,
    ) -> list[Ticket]:
        now = now or clock.now()
        talks = Conversation.objects.bulk_create(
            Conversation(contact=pavel, channel=door, subject=f"Дело {number}") for number in range(len(minutes))
        )
        words = Message.objects.bulk_create(
            Message(
                conversation=talk, direction="in", contact=pavel, author_name="Павел", text="Привет", new_text="Привет"
            )
            for talk in talks
        )
        return Ticket.objects.bulk_create(
            Ticket(
                conversation=talk,
                contact=pavel,
                team=team or door.team,
                owner=owner,
                status=status,
                next_step=step,
                due_at=now + timedelta(minutes=minute),
                due_from=now - timedelta(hours=1),
                subject=talk.subject,
                contact_name=pavel.name,
                channel_kind="paper",
                preview="Привет",
                last_message_id=word.pk,
                last_in_id=word.pk,
                message_count=1,
            )
            for talk, word, minute in zip(talks, words, minutes, strict=True)
        )

    return gather
