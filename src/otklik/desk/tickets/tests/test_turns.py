"""The order of giving out work, in the database and by the formula."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets import terms
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.turns import level_at, level_of
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


class Classes(terms.TimesOfTheLine):
    """VIP is 1, Business 20."""

    def ranks(self) -> list[int]:
        return [1, 20]


@pytest.fixture
def classes() -> object:
    before = terms.current()
    terms.plug_in(Classes())
    yield
    terms.plug_in(before)


def test_the_database_says_what_the_formula_says(writes: Write, classes: None) -> None:
    chance, now = Random(7), clock.now()
    for number in range(12):
        ticket = writes(f"Вопрос {number}", sender=f"c{number}@volga.test")
        opened = now - timedelta(minutes=chance.randint(0, 3000))
        Ticket.objects.filter(pk=ticket.pk).update(
            class_rank=chance.choice([1, 20, 100, 55]),
            priority=chance.randint(1, 4),
            opened_at=opened,
            due_from=opened,
            due_at=opened + timedelta(minutes=chance.choice([0.5, 60, 120, 4000])),
        )
    found = Ticket.objects.annotate(level=level_at(now))
    wrong = [
        (one.level, level_of(one.class_rank, one.priority, one.opened_at, one.due_from, one.due_at, now))
        for one in found
        if one.level != level_of(one.class_rank, one.priority, one.opened_at, one.due_from, one.due_at, now)
    ]
    assert wrong == []


def test_vip_comes_first_until_the_low_one_has_waited_long_enough(
    writes: Write, anna: User, classes: None, aged: Callable[[Ticket, float], None]
) -> None:
    low, vip = writes("Обычное"), writes("Важное")
    Ticket.objects.filter(pk=vip.pk).update(class_rank=1)
    assert next(iter(Ticket.objects.by_turn(clock.now()))) == vip

    aged(low, 3)
    assert Ticket.objects.take_next(anna) == low


@pytest.fixture
def aged() -> Callable[[Ticket, float], None]:
    """Opened so many hours earlier, with an hour to answer that was given just now."""

    def age(ticket: Ticket, hours: float) -> None:
        now = clock.now()
        opened = now - timedelta(hours=hours)
        Ticket.objects.filter(pk=ticket.pk).update(
            opened_at=opened, due_from=now, due_at=now + timedelta(hours=1), waiting_since=opened
        )

    return age
