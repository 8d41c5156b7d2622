"""Taking the next ticket: the most urgent one, and never the same one twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from otklik.core.journal import clock
from otklik.core.staff.models import Role, Team, User
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write, person


@pytest.mark.django_db
def test_the_late_one_comes_before_the_one_that_waits_longest(writes: Write, anna: User) -> None:
    waits_longest, late = writes("Жду давно"), writes("Срочно")
    hour_ago = clock.now() - timedelta(hours=1)
    Ticket.objects.filter(pk=waits_longest.pk).update(waiting_since=hour_ago - timedelta(hours=9))
    Ticket.objects.filter(pk=late.pk).update(due_at=hour_ago)

    assert Ticket.objects.take_next(anna) == late
    assert Ticket.objects.take_next(anna) == waits_longest
    assert Ticket.objects.take_next(anna) is None


@pytest.mark.django_db
def test_only_tickets_of_ones_own_lines_are_given(ticket: Ticket, vera: User) -> None:
    assert Ticket.objects.take_next(vera) is None


@pytest.mark.django_db(transaction=True)
def test_RACE_1_twenty_agents_press_take_next_on_ten_tickets(writes: Write, line_one: Team) -> None:
    for number in range(10):
        writes(f"Вопрос {number}", sender=f"c{number}@volga.test")
    agents = [person(f"agent{number}", f"Агент {number}", Role.AGENT, line_one) for number in range(20)]

    def press(agent: User) -> int | None:
        try:
            ticket = Ticket.objects.take_next(agent)
            return ticket.pk if ticket else None
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        taken = list(pool.map(press, agents))

    assert sorted(pk for pk in taken if pk) == sorted(Ticket.objects.values_list("pk", flat=True))
    assert taken.count(None) == 10
    assert Ticket.objects.unowned().count() == 0
