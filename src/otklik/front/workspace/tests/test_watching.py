"""Watching a request: by whoever may read it, seen in its head, in a list of its own and found by the search."""

import re
from collections.abc import Callable

import pytest
from django.test import Client as Browser

from otklik.core.journal.notice import Notice, NoticeKind
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Ticket, Watch
from otklik.front.workspace.tests.conftest import Crowd

pytestmark = pytest.mark.django_db


def listed(browser: Browser, address: str) -> list[int]:
    page = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    return [int(number) for number in re.findall(r'id="t(\d+)"', page)]


def test_it_stands_in_the_head_in_the_list_and_is_found(
    annas: Browser, sits_at: Callable[[User], Browser], anna: User, ilya: User, crowd: Crowd
) -> None:
    first, second, _third = crowd([30, 10, 20])
    for one in (first, second):
        answer = annas.post(f"/tickets/{one.number}/watch/", {"watch": "on"}, headers={"HX-Request": "true"})
        assert answer.status_code == 204
    sits_at(ilya).post(f"/tickets/{first.number}/watch/", {"watch": "on"})

    assert listed(annas, "/queue/watched/") == [second.number, first.number], "the nearest moment first"
    assert listed(annas, "/queue/all/?q=watcher:me") == [second.number, first.number]
    assert listed(annas, "/queue/all/?q=слежу:я") == [second.number, first.number]
    assert listed(annas, f"/queue/all/?q=watcher:{ilya.login}") == [first.number]
    assert listed(annas, f"/queue/all/?q=-watcher:{ilya.login}") == [second.number, _third.number]
    page = annas.get(f"/tickets/{first.number}/").content.decode()
    assert f"Следят: {anna.name}, {ilya.name}" in page and "Не следить" in page

    annas.post(f"/tickets/{first.number}/watch/", {"watch": ""})

    page = annas.get(f"/tickets/{first.number}/").content.decode()
    assert f"Следят: {ilya.name}" in page and "Не следить" not in page
    assert listed(annas, "/queue/watched/") == [second.number]


def test_whoever_only_reads_may_watch_too(sits_at: Callable[[User], Browser], ticket: Ticket, quality: User) -> None:
    browser = sits_at(quality)
    assert 'data-key="watch"' in browser.get(f"/tickets/{ticket.number}/").content.decode()

    browser.post(f"/tickets/{ticket.number}/watch/", {"watch": "on"})

    assert Watch.objects.filter(user=quality, ticket=ticket).exists()


def test_it_gives_no_right_to_see(
    annas: Browser, anna: User, ticket: Ticket, line_two: Team, vera: User, sits_at: Callable[[User], Browser]
) -> None:
    assert sits_at(vera).post(f"/tickets/{ticket.number}/watch/", {"watch": "on"}).status_code == 404
    annas.post(f"/tickets/{ticket.number}/watch/", {"watch": "on"})

    ticket.hand_over(line_two, Brief.of("Что?", "Всё", "Ответ"), by=anna)

    assert listed(annas, "/queue/watched/") == listed(annas, "/queue/all/?q=watcher:me") == []


@pytest.mark.usefixtures("kept_for_long")
def test_the_list_costs_no_more_with_its_length(
    annas: Browser, anna: User, crowd: Crowd, django_assert_max_num_queries
) -> None:
    Watch.objects.bulk_create(Watch(user=anna, ticket=ticket) for ticket in crowd(range(60)))
    annas.get("/queue/watched/")

    with django_assert_max_num_queries(6):
        page = annas.get("/queue/watched/", headers={"HX-Request": "true"}).content

    assert page.count(b"data-row ") == 50 and b"after=" in page


def test_whoever_reads_asks_others_who_may_see_it(
    sits_at: Callable[[User], Browser],
    ticket: Ticket,
    quality: User,
    anna: User,
    ilya: User,
    vera: User,
    line_two: Team,
) -> None:
    browser, address = sits_at(quality), f"/tickets/{ticket.number}/watch/others/"
    Watch.objects.put(ticket, anna)
    page = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    assert f"Уже следят: {anna.name}" in page and ilya.name in page and vera.name not in page

    assert browser.post(address, {"people": [vera.pk]}, headers={"HX-Request": "true"}).status_code == 422
    assert browser.post(address, {"people": [ilya.pk]}, headers={"HX-Request": "true"}).status_code == 204
    assert set(Watch.objects.values_list("user", flat=True)) == {anna.pk, ilya.pk}
    told = Notice.objects.of(ilya.pk).filter(kind=NoticeKind.WATCHED).get()
    assert told.text == f"{quality.name} просит вас следить за № {ticket.number}"
    assert sits_at(vera).get(address).status_code == 404
