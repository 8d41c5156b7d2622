"""Telling of what falls due and answering at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections, transaction

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.sla import due
from otklik.desk.sla.models import Clock
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_tellers_and_the_one_who_answers_never_say_it_twice(writes: Write, anna: User) -> None:
    tickets = [writes(external_id=f"<{number}@volga.test>") for number in range(12)]
    moment = clock.now() + timedelta(hours=2)
    start = Barrier(3)

    def tell() -> None:
        try:
            start.wait()
            with clock.at(moment):
                due.tell_all()
        finally:
            connections.close_all()

    def answer() -> None:
        try:
            start.wait()
            for ticket in tickets:
                with clock.at(moment):
                    Ticket.objects.get(pk=ticket.pk).reply("Готово", by=anna, then=Resolve())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(work) for work in (tell, tell, answer)]:
            done.result()

    told = list(Entry.objects.filter(kind="sla.TargetBreached").values_list("data__clock_id", flat=True))
    assert len(told) == len(set(told))
    assert not Clock.objects.live().exists()
    assert set(told) == set(Clock.objects.exclude(breached_at=None).values_list("pk", flat=True))
    assert not Clock.objects.exclude(next_at=None).exists()


def test_a_ticket_that_is_being_answered_is_passed_over_and_told_of_later(writes: Write) -> None:
    held, other = writes(external_id="<1@volga.test>"), writes(external_id="<2@volga.test>")
    moment = clock.now() + timedelta(hours=2)

    def tell() -> int:
        try:
            with clock.at(moment):
                return due.tell_all()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Ticket.objects.get(pk=held.pk).lock()
            assert pool.submit(tell).result(timeout=20) == 1
        assert pool.submit(tell).result(timeout=20) == 1

    assert {entry.about_id for entry in Entry.objects.filter(kind="sla.TargetBreached")} == {held.pk, other.pk}
