"""Letters that belong together, or do not."""

from datetime import datetime, timedelta

import pytest

from otklik.core.journal import clock
from otklik.desk.clients.models import Contact
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write, fresh


@pytest.fixture
def pair(pavel: Contact, writes: Write) -> tuple[Ticket, Ticket]:
    """Pavel wrote twice about the same."""
    return writes("Нет звука"), writes("Звука всё ещё нет")


@pytest.fixture
def two_matters(ticket: Ticket, writes: Write) -> tuple[Ticket, Message]:
    """Pavel asked for something else in his second letter."""
    writes("И смените тариф", token=ticket.conversation.token)
    return fresh(ticket), ticket.conversation.messages.order_by("id").last()  # type: ignore[return-value]


@pytest.fixture
def starts() -> datetime:
    """When a visit begins: at a full hour, the day after tomorrow."""
    return (clock.now() + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
