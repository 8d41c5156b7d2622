"""A refusal in appeal at the desk: the mark, the stripe above the talk, the mark in the row of the queue."""

from datetime import timedelta

import pytest
from django.test import Client

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Appeal, Ticket
from otklik.desk.tickets.steps import PromiseDate, Refuse, Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def page_of(browser: Client, ticket: Ticket) -> str:
    return browser.get(f"/tickets/{ticket.number}/").content.decode()


def test_it_is_marked_and_stands_above_the_talk_and_in_the_row(
    client: Client, ticket: Ticket, writes: Write, anna: User, boris: User
) -> None:
    client.force_login(anna)
    ticket.reply("Нет.", by=anna, then=Refuse("rules", "скидки даёт договор", ["пересчитаем тариф"]))
    assert f"/tickets/{ticket.pk}/appeal/" not in page_of(client, ticket)
    writes("Пункт 4.2", token=ticket.conversation.token)
    assert f"/tickets/{ticket.pk}/appeal/" in page_of(client, ticket)

    answer = client.post(f"/tickets/{ticket.pk}/appeal/", follow=True)

    page, appeal = page_of(client, ticket), Appeal.objects.get()
    assert "Отказ оспаривается" in answer.content.decode() and "Борис Руднев" in page and "Пункт 4.2" in page
    assert f"#appeal-{appeal.pk}" not in page and f"/tickets/{ticket.pk}/appeal/" not in page
    assert "отказ оспаривается" in client.get("/queue/mine/").content.decode()
    client.force_login(boris)
    assert f"#appeal-{appeal.pk}" in page_of(client, ticket), "the lead decides"


def test_the_mark_stays_after_an_answer_and_goes_with_a_solution(
    client: Client, ticket: Ticket, writes: Write, anna: User, boris: User
) -> None:
    client.force_login(anna)
    ticket.reply("Нет.", by=anna, then=Refuse("rules", "скидки даёт договор", ["пересчитаем тариф"]))
    writes("Пункт 4.2", token=ticket.conversation.token)
    for then, offered in ((PromiseDate(clock.now() + timedelta(days=2), "посмотрим"), True), (Resolve(), False)):
        Ticket.objects.get(pk=ticket.pk).reply("Смотрим.", by=anna, then=then)
        assert (f"/tickets/{ticket.pk}/appeal/" in page_of(client, ticket)) is offered


def test_where_nothing_was_refused_it_says_so(client: Client, ticket: Ticket, anna: User) -> None:
    client.force_login(anna)
    answer = client.post(f"/tickets/{ticket.pk}/appeal/", headers={"HX-Request": "true"})
    assert answer.status_code == 409
