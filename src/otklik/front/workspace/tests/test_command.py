"""Commands of leads in words: seen first, done by the right of each, taken back as one."""

import re
from typing import Any

import pytest
from django.test import Client

from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.views.command import is_command, read
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
ADDRESS = "/queue/command/"


def at(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def ids(page: str) -> list[int]:
    return [int(one) for one in re.findall(r'name="ids" value="(\d+)"', page)]


@pytest.fixture
def two(ticket: Ticket, writes: Write) -> list[Ticket]:
    return [ticket, writes("Ещё", subject="Второе")]


@pytest.mark.parametrize("sign", ["->", "→", "=>", "кому:", "to:", "Кому: "])
def test_signs_of_a_command_on_both_layouts(boris: User, anna: User, sign: str) -> None:
    assert is_command(f"владелец:нет {sign} Белова", boris)
    assert not is_command(f"владелец:нет {sign} Белова", anna)


@pytest.mark.parametrize("text", ["владелец:нет", "-> Белова", "скому:х у", "письмо кому", ""])
def test_words_that_are_none(boris: User, text: str) -> None:
    assert not is_command(text, boris)


def test_it_is_seen_done_and_taken_back(two: list[Ticket], anna: User, boris: User, line_one: Team) -> None:
    browser, text = at(boris), "владелец:нет кому:бел анна"
    seen = browser.get(ADDRESS, {"c": text}).content.decode()
    assert sorted(ids(seen)) == [one.pk for one in two] and "Второе" in seen and anna.name in seen
    assert Ticket.objects.filter(owner=None).count() == 2, "nothing is done before the press"
    assert "queue/command" in browser.get("/palette/", {"q": text}).content.decode()

    done = browser.post(ADDRESS, {"c": text, "ids": ids(seen)}).content.decode()
    assert Ticket.objects.filter(owner=anna).count() == 2
    back = re.search(r'action="(/queue/bulk/\d+/undo/)"', done)
    assert back
    browser.post(back[1])
    assert Ticket.objects.filter(owner=None).count() == 2


def test_only_what_was_seen_and_is_theirs_is_given(
    two: list[Ticket], anna: User, boris: User, vera: User, line_two: Team
) -> None:
    Ticket.objects.filter(pk=two[1].pk).update(team=line_two)
    told: dict[str, Any] = {"c": "владелец:нет кому:Белова", "ids": [one.pk for one in two]}
    assert at(boris).post(ADDRESS, told).status_code == 200
    assert Ticket.objects.filter(owner=anna).values_list("pk", flat=True).get() == two[0].pk
    for nothing in ([], ["x"], ["9" * 30]):
        assert at(boris).post(ADDRESS, {**told, "ids": nothing}).status_code == 422


def test_what_cannot_be_understood_says_so(two: list[Ticket], anna: User, boris: User, line_one: Team) -> None:
    from tests.fixtures.cast import person

    person("anna2", "Анна Беляева", "agent", line_one)
    assert read("владелец:нет кому:Бел", boris).people and not read("владелец:нет кому:Бел", boris).is_ready
    assert read("владелец:нет кому:anna", boris).whom is not None, "a login means one person"
    for wrong in ("zzz:1 кому:Белова", "владелец:нет кому:Никого", "просто слова"):
        assert read(wrong, boris).errors
    assert read("владелец:нет слованет кому:Белова", boris).errors == []


def test_agents_have_no_commands(two: list[Ticket], anna: User) -> None:
    assert at(anna).get(ADDRESS, {"c": "владелец:нет кому:Белова"}).status_code == 404
    assert at(anna).post(ADDRESS, {"c": "владелец:нет кому:Белова", "ids": [two[0].pk]}).status_code == 404
    assert "queue/command" not in at(anna).get("/palette/", {"q": "владелец:нет кому:Белова"}).content.decode()
