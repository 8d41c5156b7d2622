"""The board and the tickets behind it."""

import re

import pytest
from django.test import Client

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve, Wait
from otklik.team.metrics.models import TicketFact
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def week(writes: Write, anna: User, tomorrow) -> list[Ticket]:
    """Three requests: one solved, one asked back, one untouched."""
    tickets = [writes(sender=f"c{number}@else.test") for number in range(3)]
    tickets[0].reply("Готово", by=anna, then=Resolve())
    tickets[1].reply("Какой?", by=anna, then=Wait(tomorrow))
    TicketFact.objects.catch_up()
    return tickets


@pytest.mark.parametrize(("figure", "count"), [("answered", 2), ("ended", 1), ("open", 2), ("scores", 0)])
def test_every_number_opens_its_tickets(
    client: Client, week: list[Ticket], anna: User, figure: str, count: int
) -> None:
    client.force_login(anna)
    page = client.get(f"/board/{figure}/?days=7").content.decode()

    assert page.count('href="/tickets/') == count
    assert re.search(rf"<h1>[^<]*: {count}</h1>", page)


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
