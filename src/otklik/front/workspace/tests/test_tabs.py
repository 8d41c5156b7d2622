"""The tabs of the right panel: each is asked for when it is opened, the last one stays open."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve
from otklik.front.workspace.tabs import ENTRIES, TABS
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def tab(browser: Browser, ticket: Ticket, name: str) -> str:
    answer = browser.get(f"/tickets/{ticket.number}/card/{name}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("name", TABS)
def test_every_tab_is_the_same_panel_and_costs_little(
    annas: Browser, ticket: Ticket, name: str, django_assert_max_num_queries
) -> None:
    annas.get(f"/tickets/{ticket.number}/")
    with django_assert_max_num_queries(10):
        page = tab(annas, ticket, name)

    assert page.lstrip().startswith('<aside class="ccard" id="card"') and page.count('aria-current="true"') == 1


def test_the_tab_that_was_left_open_is_open_at_the_next_request(
    annas: Browser, ticket: Ticket, django_assert_max_num_queries
) -> None:
    annas.post("/me/preferences/", {"card_tab": "facts"})
    annas.get(f"/tickets/{ticket.number}/")

    with django_assert_max_num_queries(10):
        page = annas.get(f"/tickets/{ticket.number}/").content.decode()

    assert "help@desk.test" in page and "Как говорить" not in page
    assert "Как говорить" in annas.get(f"/tickets/{ticket.number}/?card=client").content.decode()


@pytest.mark.parametrize("told", ["nothing", "", "<b>", "facts" * 9])
def test_an_unknown_tab_is_the_clients(annas: Browser, ticket: Ticket, told: str) -> None:
    annas.post("/me/preferences/", {"card_tab": told})

    assert "Как говорить" in annas.get(f"/tickets/{ticket.number}/").content.decode()
    assert annas.get(f"/tickets/{ticket.number}/card/nothing/").status_code == 404


def test_promises_are_listed_with_their_ends(annas: Browser, anna: User, ticket: Ticket, tomorrow) -> None:
    ticket.reply("Вернусь", by=anna, then=PromiseDate(tomorrow, "проверим маршрут"))
    Ticket.objects.get(pk=ticket.pk).reply("Готово", by=anna, then=Resolve())

    page = tab(annas, ticket, "step")

    assert "проверим маршрут" in page and "сдержано" in page and "Обращение завершено" in page


def test_how_often_a_date_was_moved_stands_beside_the_promises(
    annas: Browser, anna: User, ticket: Ticket, tomorrow
) -> None:
    ticket.reply("Вернусь", by=anna, then=PromiseDate(tomorrow, "проверим маршрут"))
    assert "переносили" not in tab(annas, ticket, "step")
    for days in (1, 2):
        later = PromiseDate(tomorrow + timedelta(days=days), "проверим маршрут", "мастер заболел")
        Ticket.objects.get(pk=ticket.pk).reply("Позже", by=anna, then=later)
    assert "переносили 2 раза" in tab(annas, ticket, "step")


def test_related_ones_are_those_of_the_client_and_of_their_colleagues_that_i_may_see(
    annas: Browser, vera: User, ticket: Ticket, writes: Write, volga: Client, line_two
) -> None:
    other = writes("Ещё", subject="Второе дело")
    Contact.objects.recognise("email", "nina@volga.test", name="Нина")
    Contact.objects.filter(name="Нина").update(client=volga)
    writes("И у меня", sender="nina@volga.test", sender_name="Нина", subject="Дело коллеги")
    hidden = writes("Тайна", sender="nina@volga.test", sender_name="Нина", subject="Чужая линия")
    Ticket.objects.filter(pk=hidden.pk).update(team=line_two)
    Ticket.objects.filter(pk=other.pk).update(follows=ticket)

    page = tab(annas, ticket, "related")

    assert "Второе дело" in page and "Дело коллеги" in page and "За ним последовали" in page
    assert "Чужая линия" not in page


def test_a_long_history_comes_by_portions(annas: Browser, anna: User, ticket: Ticket) -> None:
    for number in range(ENTRIES + 5):
        Ticket.objects.get(pk=ticket.pk).assign(anna if number % 2 else None, by=anna)
        Ticket.objects.get(pk=ticket.pk).assign(None if number % 2 else anna, by=anna)
    page = tab(annas, ticket, "history")
    assert page.count("i-user") + page.count("i-queue") >= ENTRIES
    before = page.split("?before=")[1].split('"')[0]

    rest = annas.get(f"/tickets/{ticket.number}/card/history/?before={before}").content.decode()

    assert "<aside" not in rest and "Обращение открыто" in rest
