"""Who left owns no open ticket, whoever writes at the same moment (docs/decisions/0027)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Write

ORPHANS = Ticket.objects.filter(due_at__isnull=False, owner__is_active=False)


@pytest.mark.django_db
def test_leaving_hands_everything_over(writes: Write, anna: User, admin: User) -> None:
    ours, done = writes("Вопрос"), writes("Решено")
    ours.take(by=anna)
    done.reply("Готово", by=anna, then=Resolve(""))
    anna.deactivate(by=admin)

    ours.refresh_from_db()
    done.refresh_from_db()
    assert ours.owner is None and done.owner == anna, "what has ended keeps its history"


@pytest.mark.django_db
def test_who_only_reads_from_now_on_has_nothing_to_answer(ticket: Ticket, anna: User, admin: User) -> None:
    ticket.take(by=anna)
    anna.appoint("quality", [], by=admin)
    ticket.refresh_from_db()
    assert ticket.owner is None


@pytest.mark.django_db
def test_the_database_refuses_to_give_a_ticket_to_who_left(ticket: Ticket, anna: User, admin: User) -> None:
    anna.deactivate(by=admin)
    with pytest.raises(IntegrityError, match="who left"), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(owner=anna)


@pytest.mark.django_db
def test_the_database_refuses_to_open_one_of_theirs_again(ticket: Ticket, anna: User, admin: User) -> None:
    due_at = ticket.due_at
    ticket.reply("Готово", by=anna, then=Resolve(""))
    anna.deactivate(by=admin)
    with pytest.raises(IntegrityError, match="who left"), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(status="open", next_step="answer", due_at=due_at, due_from=due_at)


@pytest.mark.django_db(transaction=True)
def test_nobody_is_switched_off_past_the_act_while_a_ticket_is_theirs(ticket: Ticket, anna: User) -> None:
    ticket.take(by=anna)
    with pytest.raises(IntegrityError, match="cannot leave"):
        User.objects.filter(pk=anna.pk).update(is_active=False)
    anna.refresh_from_db()
    assert anna.is_active


@pytest.mark.django_db(transaction=True)
def test_RACE_tickets_are_given_while_the_person_leaves(writes: Write, anna: User, boris: User, admin: User) -> None:
    tickets = [writes(f"Вопрос {number}", sender=f"c{number}@volga.test") for number in range(8)]
    ready = threading.Barrier(5)

    def give(some: list[Ticket]) -> None:
        try:
            ready.wait()
            for one in some:
                try:
                    Ticket.objects.get(pk=one.pk).assign(User.objects.get(pk=anna.pk), by=boris)
                except (Refused, IntegrityError):
                    continue
        finally:
            connection.close()

    def leave() -> None:
        try:
            ready.wait()
            User.objects.get(pk=anna.pk).deactivate(by=admin)
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        work = [pool.submit(give, tickets[number::4]) for number in range(4)]
        work.append(pool.submit(leave))
        for each in work:
            each.result()

    assert not User.objects.get(pk=anna.pk).is_active
    assert not ORPHANS.exists()


@pytest.mark.django_db(transaction=True)
def test_the_one_who_leaves_waits_for_the_ticket_that_is_being_given(
    ticket: Ticket, anna: User, boris: User, admin: User
) -> None:
    """The order that a rule in Python alone cannot see."""
    given, go_on = threading.Event(), threading.Event()

    def give() -> None:
        try:
            with transaction.atomic():
                Ticket.objects.get(pk=ticket.pk).assign(anna, by=boris)
                given.set()
                go_on.wait(10)
        finally:
            connection.close()

    def leave() -> None:
        try:
            given.wait(10)
            threading.Timer(0.3, go_on.set).start()
            User.objects.get(pk=anna.pk).deactivate(by=admin)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for each in [pool.submit(give), pool.submit(leave)]:
            each.result()
    ticket.refresh_from_db()
    assert ticket.owner is None


@pytest.mark.django_db(transaction=True)
def test_the_rule_can_be_taken_back_and_made_again(ticket: Ticket, anna: User) -> None:
    rule = import_module("otklik.desk.routing.migrations.0003_no_open_ticket_of_who_left")
    ticket.take(by=anna)
    with connection.cursor() as cursor:
        cursor.execute(rule.BACK)
        try:
            User.objects.filter(pk=anna.pk).update(is_active=False)
            User.objects.filter(pk=anna.pk).update(is_active=True)
        finally:
            cursor.execute(rule.TICKET + rule.PERSON)
    with pytest.raises(IntegrityError):
        User.objects.filter(pk=anna.pk).update(is_active=False)
