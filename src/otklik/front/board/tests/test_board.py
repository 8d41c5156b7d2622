"""The board and the tickets behind it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from otklik.care.surveys.models import Invitation
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve, Wait
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)

COUNT = re.compile(r"^(\d+)(?:$|\W(?:обращен|ответ|жд))")
"""What a link says that is a count of tickets, and not a duration or a share."""


@pytest.fixture
def week(writes: Write, anna: User, tomorrow) -> list[Ticket]:
    """Three requests: one solved, one asked back, one untouched."""
    tickets = [writes(sender=f"c{number}@else.test") for number in range(3)]
    tickets[0].reply("Готово", by=anna, then=Resolve())
    tickets[1].reply("Какой?", by=anna, then=Wait(tomorrow))
    count_facts()
    return tickets


@pytest.mark.parametrize(("figure", "count"), [("answered", 2), ("ended", 1), ("open", 2), ("scores", 0)])
def test_every_number_opens_its_tickets(
    client: Client, week: list[Ticket], anna: User, figure: str, count: int
) -> None:
    client.force_login(anna)
    page = client.get(f"/board/{figure}/?days=7").content.decode()

    assert page.count('href="/tickets/') == count
    assert re.search(rf"<h1>[^<]*: {count}</h1>", page)


def test_each_count_of_the_board_is_the_count_of_its_list(
    client: Client, week: list[Ticket], head: User, writes: Write, settings
) -> None:
    settings.SURVEY_DELAY_SECONDS = 0
    writes(sender="d@else.test")
    invitation = Invitation.objects.plan(week[0])
    assert invitation and invitation.send()
    Invitation.objects.get(pk=invitation.pk).answer(2)
    with clock.at(clock.now() + timedelta(days=2)):  # what was promised for tomorrow is late by then
        count_facts()
        client.force_login(head)
        board = client.get("/board/?days=7").content.decode()
        links = re.findall(r'<a href="(/board/[^"]+)">([^<]*?)</a>', board)
        counted = [(unescape(address), int(n)) for address, says in links for n in COUNT.findall(says)]
        lists = {address: client.get(address).content.decode() for address, _said in counted}

    assert {address.split("/")[2] for address, _said in counted} >= {"came", "ended", "open", "scores", "unanswered"}
    wrong = [(a, n) for a, n in counted if not re.search(rf"<h1>[^<]*: {n}</h1>", lists[a])]
    assert wrong == []
    assert all(lists[address].count('href="/tickets/') == number for address, number in counted)


def test_a_late_headline_opens_the_late(client: Client, week: list[Ticket], head: User) -> None:
    client.force_login(head)
    with clock.at(clock.now() + timedelta(days=2)):
        board = client.get("/board/?days=7").content.decode()
        address, said = re.findall(r'<h1><a class="row" href="([^"]+)">(\d+) ', board)[0]
        late = client.get(unescape(address)).content.decode()

    assert said == "2" and late.count('href="/tickets/') == 2


def test_a_part_of_a_figure_is_named(client: Client, week: list[Ticket], head: User) -> None:
    client.force_login(head)

    assert "<h1>Сейчас открыто, меньше дня: 2</h1>" in client.get("/board/open/?age=0").content.decode()
    assert "<h1>Нарушенные обещания: 0</h1>" in client.get("/board/promises/?fate=broken").content.decode()
    assert "<h1>Клиенты поставили 5: 0</h1>" in client.get("/board/scores/?score=5").content.decode()
    assert "<h1>Сейчас открыто: 2</h1>" in client.get("/board/open/?age=9&score=x").content.decode()


def test_nobody_sees_figures_of_anothers_line(client: Client, week: list[Ticket], vera: User, line_one) -> None:
    client.force_login(vera)

    assert 'href="/tickets/' not in client.get(f"/board/open/?team={line_one.pk}").content.decode()
    assert client.get("/board/nothing/").status_code == 404


def test_the_board_stands_without_data_and_for_strangers_is_closed(client: Client, boris: User) -> None:
    assert client.get("/board/").status_code == 302
    client.force_login(boris)
    assert client.get("/board/?days=x&team=%00").status_code == 200


def test_the_board_costs_a_known_number_of_queries(
    client: Client, week: list[Ticket], head: User, line_two, django_assert_max_num_queries
) -> None:
    client.force_login(head)

    with django_assert_max_num_queries(36):
        assert client.get("/board/?days=91").status_code == 200
