"""The story that METRICS tells of V3, for everybody who counts it."""

from datetime import UTC, datetime, timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve, Wait
from tests.fixtures.cast import Write

START = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


def hours(count: float) -> datetime:
    return START + timedelta(hours=count)


@pytest.fixture
def solved(writes: Write, anna: User) -> Ticket:
    """Asked at +1.5 h, the client answers at +24.5 h, solved at +26.5 h."""
    with clock.at(START):
        ticket = writes()
    with clock.at(hours(0.5)):
        ticket.reply("Смотрим", by=anna, then=PromiseDate(hours(30)))
    with clock.at(hours(1.5)):
        asked = ticket.reply("Какой номер?", by=anna, then=Wait(hours(48)))
    with clock.at(hours(24.5)):
        writes("Вот номер", references=[asked.external_id])
    with clock.at(hours(26.5)):
        ticket.refresh_from_db()
        ticket.reply("Готово", by=anna, then=Resolve())
    return ticket
