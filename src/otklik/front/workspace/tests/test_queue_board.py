"""A list as a board: the same rows in columns, each where the list has it, at a bounded cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


def columns(user: User, address: str) -> list[str]:
    browser = Client()
    browser.force_login(user)
    page = browser.get(address)
    assert page.status_code == 200
    return page.content.decode().split("<section aria-labelledby=")[1:]


def test_each_request_stands_in_the_column_of_its_move(
    anna: User, vera: User, ticket: Ticket, writes: Write, tomorrow: object
) -> None:
    waits = writes("Другое", subject="Ждёт клиента")
    waits.reply("Пришлите журнал.", by=anna, then=Wait(tomorrow))  # type: ignore[arg-type]
    ours, client, aside = columns(anna, "/queue/line/board/")
    assert "Звонок" in ours and "Ждёт клиента" in client
    assert "Ждёт клиента" not in ours + aside and "Звонок" not in client + aside
    assert all("Звонок" not in column for column in columns(vera, "/queue/all/board/"))

    assert all("Звонок" not in column for column in columns(anna, "/queue/line/board/?q=tag:vpn"))


def test_by_line_only_lines_of_the_reader_stand_there(
    anna: User, head: User, ticket: Ticket, line_one: Team, line_two: Team
) -> None:
    [own] = columns(anna, "/queue/all/board/?by=line")
    assert line_one.name in own and "Звонок" in own
    first, second = columns(head, "/queue/all/board/?by=line")
    assert "Звонок" in first and line_two.name in second and "Звонок" not in second


def test_letters_chats_and_calls_stand_apart(anna: User, ticket: Ticket, writes: Write, door: Channel) -> None:
    talk = writes("Алло", subject="Разговор")
    Channel.objects.create(name="Чат", kind="chat", address="chat", team=door.team)
    Ticket.objects.filter(pk=talk.pk).update(channel_kind="chat")

    chats, letters = columns(anna, "/queue/line/board/?by=channel")
    assert "Разговор" in chats and "Разговор" not in letters
    assert "Звонок" in letters and "Звонок" not in chats
    assert all("Звонок" not in column for column in columns(anna, "/queue/line/board/?by=channel&q=tag:vpn"))


def test_lists_without_moves_and_unknown_ways_are_none(anna: User, ticket: Ticket) -> None:
    browser = Client()
    browser.force_login(anna)
    for address in ("/queue/ended/board/", "/queue/nothing/board/", "/queue/line/board/?by=owner"):
        assert browser.get(address).status_code == 404
    assert browser.get("/queue/line/board/?line=x").status_code == 400


def test_a_column_costs_the_same_however_many_requests_there_are(
    anna: User, ticket: Ticket, writes: Write, kept_for_long: None
) -> None:
    browser = Client()
    browser.force_login(anna)
    browser.get("/queue/line/board/")
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            browser.get("/queue/line/board/")
        counts.append(len(asked))
        for n in range(4):
            writes(f"Ещё {n}", subject=f"Дело {n}")
    assert counts[0] == counts[1]
