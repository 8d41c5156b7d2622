"""What a person keeps at hand: the last they opened and what they pinned, for themselves alone."""

import re

import pytest
from django.test import Client as Browser

from otklik.core.staff.models import Team, User
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Pin, Ticket
from otklik.desk.tickets.models.keeping import MOST
from otklik.front.workspace.tests.conftest import Crowd

pytestmark = pytest.mark.django_db


def listed(browser: Browser, name: str) -> list[int]:
    page = browser.get(f"/queue/{name}/", headers={"HX-Request": "true"}).content.decode()
    return [int(number) for number in re.findall(r'id="t(\d+)"', page)]


def test_the_last_twenty_that_were_opened_the_newest_first(annas: Browser, anna: User, crowd: Crowd) -> None:
    tickets = crowd(range(22), owner=anna)
    for ticket in tickets:
        annas.get(f"/tickets/{ticket.number}/")
    annas.get(f"/tickets/{tickets[5].number}/")

    newest = [tickets[5], *[ticket for ticket in reversed(tickets) if ticket is not tickets[5]]]
    assert listed(annas, "recent") == [ticket.number for ticket in newest[:20]]


def test_what_was_only_marked_unread_or_read_by_news_was_not_opened(annas: Browser, ticket: Ticket) -> None:
    annas.post(f"/tickets/{ticket.number}/unread/")
    annas.get(f"/tickets/{ticket.number}/timeline/?after=0&event=0&seen=1")

    assert listed(annas, "recent") == []


def test_pinned_ones_are_at_hand_until_they_are_let_go(annas: Browser, crowd: Crowd) -> None:
    first, second = crowd([1, 2])
    for ticket in (first, second, first):
        annas.post(f"/tickets/{ticket.number}/pin/", {"pin": "on"})
    assert listed(annas, "pinned") == [second.number, first.number]
    assert "Открепить" in annas.get(f"/tickets/{first.number}/").content.decode()

    annas.post(f"/tickets/{first.number}/pin/", {"pin": ""})

    assert listed(annas, "pinned") == [second.number]
    assert "Открепить" not in annas.get(f"/tickets/{first.number}/").content.decode()


def test_there_is_an_end_to_what_is_at_hand(annas: Browser, anna: User, crowd: Crowd) -> None:
    *pinned, over = crowd(range(MOST + 1))
    Pin.objects.bulk_create(Pin(user=anna, ticket=ticket) for ticket in pinned)

    answer = annas.post(f"/tickets/{over.number}/pin/", {"pin": "on"}, headers={"HX-Request": "true"})

    assert answer.status_code == 409 and Pin.objects.count() == MOST
    assert annas.post(f"/tickets/{pinned[0].number}/pin/", {"pin": "on"}).status_code == 302


def test_nobody_else_sees_them_and_what_went_to_another_line_is_gone(
    annas: Browser, anna: User, ilya: User, ticket: Ticket, line_two: Team, sits_at
) -> None:
    annas.get(f"/tickets/{ticket.number}/")
    annas.post(f"/tickets/{ticket.number}/pin/", {"pin": "on"})
    ilyas = sits_at(ilya)
    assert listed(ilyas, "recent") == listed(ilyas, "pinned") == []
    assert ticket.subject not in ilyas.get("/palette/").content.decode()

    Ticket.objects.get(pk=ticket.pk).hand_over(line_two, Brief("Звонок", "", "Дальше вы"), by=anna)

    assert listed(annas, "recent") == listed(annas, "pinned") == []
    assert ticket.subject not in annas.get("/palette/").content.decode()


def test_the_palette_offers_them_before_a_word_is_typed(
    annas: Browser, crowd: Crowd, django_assert_max_num_queries
) -> None:
    tickets = crowd(range(5))
    for ticket in tickets:
        annas.get(f"/tickets/{ticket.number}/")
    annas.post(f"/tickets/{tickets[0].number}/pin/", {"pin": "on"})

    with django_assert_max_num_queries(3):
        page = annas.get("/palette/").content.decode()

    assert [int(number) for number in re.findall(r"/tickets/(\d+)/", page)] == [
        tickets[0].number,
        *(ticket.number for ticket in reversed(tickets[1:])),
    ]
    assert page.index("Закреплено") < page.index("Недавно открытые")


@pytest.mark.parametrize("name", ["recent", "pinned"])
def test_the_lists_ask_as_little_as_the_others(
    annas: Browser, crowd: Crowd, name: str, django_assert_max_num_queries
) -> None:
    for ticket in crowd(range(12)):
        annas.get(f"/tickets/{ticket.number}/")
        annas.post(f"/tickets/{ticket.number}/pin/", {"pin": "on"})

    with django_assert_max_num_queries(6):
        assert len(listed(annas, name)) == 12
