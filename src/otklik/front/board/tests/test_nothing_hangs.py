"""The page of the head, and the same for a program."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets import proof
from otklik.desk.tickets.models import SelfCheck, Ticket
from otklik.desk.tickets.steps import PromiseDate
from otklik.front.board import nothing_hangs
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def test_its_normal_state_is_calm(client: Client, ticket: Ticket, head: User) -> None:
    client.force_login(head)
    page = client.get("/board/hanging/").content.decode()
    assert "<h1>Ничего не зависло</h1>" in page and 'class="empty"' in page
    assert "ночи ещё не было" in page


def test_it_says_why_and_whose_move(
    client: Client, ticket: Ticket, head: User, anna: User, tomorrow: datetime, writes: Write
) -> None:
    ticket.reply("Проверим", by=anna, then=PromiseDate(tomorrow))
    nobodys = writes(sender="c@else.test")
    client.force_login(head)
    with clock.at(tomorrow + timedelta(hours=3)):
        proof.walk()
        page = client.get("/board/hanging/").content.decode()
        promised = client.get("/board/hanging/?why=promise").content.decode()

    assert "2 обращения зависли" in page and f"/tickets/{nobodys.pk}/" in page
    assert "обещанный срок прошёл" in promised and "Анна Белова" in promised
    assert f"/tickets/{nobodys.pk}/" not in promised
    assert "все правила выполнены" in page


def test_the_faults_of_the_night_are_named(client: Client, ticket: Ticket, head: User) -> None:
    check = SelfCheck.objects.create(ended_at=clock.now(), tickets=1, open=1)
    check.note(ticket.pk, "gone")
    check.save()
    client.force_login(head)
    page = client.get("/board/hanging/").content.decode()
    assert "1 ошибка" in page and "ответственный здесь не работает" in page


def test_it_goes_on_page_by_page(client: Client, writes: Write, head: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nothing_hangs, "PAGE", 2)
    tickets = [writes(sender=f"c{number}@else.test") for number in range(3)]
    with clock.at(clock.now() + timedelta(days=1)):
        asked = nothing_hangs.Asked(None, [], "", "")
        first = nothing_hangs.page_of(head, asked)
        rest = nothing_hangs.page_of(head, nothing_hangs.Asked(None, [], "", first["next"]))
        odd = nothing_hangs.page_of(head, nothing_hangs.Asked(None, [], "", "2026-99-99~x"))

    shown = [row.ticket.pk for page in (first, rest) for row in page["rows"]]
    assert shown == [ticket.pk for ticket in tickets] and not rest["next"]
    assert len(odd["rows"]) == 2


def test_an_agent_has_no_such_page_a_lead_sees_the_own_lines(
    client: Client, ticket: Ticket, anna: User, boris: User, line_two: Team
) -> None:
    client.force_login(anna)
    assert client.get("/board/hanging/").status_code == 403

    client.force_login(boris)
    with clock.at(clock.now() + timedelta(days=1)):
        assert f"/tickets/{ticket.pk}/" in client.get("/board/hanging/").content.decode()
        Ticket.objects.filter(pk=ticket.pk).update(team=line_two)
        assert f"/tickets/{ticket.pk}/" not in client.get("/board/hanging/").content.decode()
