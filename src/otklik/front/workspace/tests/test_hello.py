"""How to begin: lines that fit the moment, taken into the answer, never twice the same in a row."""

import json
import re
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client as Browser
from django.urls import reverse

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact, Opened, Opener
from otklik.desk.clients.opening.stock import STOCK
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Refuse
from otklik.front.workspace.hello import hello_of
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 26, 9, 30, tzinfo=ZoneInfo("Asia/Novosibirsk"))


@pytest.fixture(autouse=True)
def stock(db: None) -> None:
    """Tests that empty all tables may have run before."""
    lines = [
        Opener(language=language, situation=situation, text=text)
        for language, situations in STOCK.items()
        for situation, texts in situations.items()
        for text in texts
    ]
    Opener.objects.bulk_create(lines, ignore_conflicts=True)


@pytest.fixture
def lives(pavel: Contact) -> Contact:
    pavel.time_zone, pavel.address_as = "Asia/Novosibirsk", "Павел Ильич, на «вы»"
    pavel.save()
    return pavel


def situations(ticket: Ticket, user: User, at: datetime = MORNING) -> set[str]:
    with clock.at(at):
        return {one.opener.situation for one in hello_of(ticket.contact, ticket, user).lines}


def address(contact: Contact, **told: object) -> str:
    return (
        f"{reverse('workspace:hello', args=[contact.pk])}?{'&'.join(f'{name}={said}' for name, said in told.items())}"
    )


def test_who_writes_for_the_first_time_is_met_as_such(ticket: Ticket, lives: Contact, anna: User) -> None:
    with clock.at(MORNING):
        hello = hello_of(Contact.objects.get(pk=lives.pk), ticket, anna)

    first = hello.lines[0]
    assert first.opener.situation == "first" and "Павел Ильич" in first.text and "«вы»" not in first.text
    assert {one.opener.situation for one in hello.lines} == {"first", "autumn", "morning"}


def test_an_upset_client_hears_nothing_of_seasons(ticket: Ticket, lives: Contact, anna: User) -> None:
    ticket.mark_upset(by=anna)

    assert situations(Ticket.objects.get(pk=ticket.pk), anna) == {"upset"}


def test_after_a_refusal_it_is_said(ticket: Ticket, lives: Contact, anna: User, writes: Write) -> None:
    ticket.reply("", by=anna, then=Refuse("law", "Закон запрещает", ["Спросим юриста"]))
    again = writes("Другой вопрос", sender=lives.email)

    assert situations(again, anna, clock.now() + timedelta(hours=1)) == {"refused"}


def test_a_holiday_of_the_place_is_named(ticket: Ticket, lives: Contact, anna: User) -> None:
    with clock.at(datetime(2026, 6, 12, 12, tzinfo=ZoneInfo("Asia/Novosibirsk"))):
        hello = hello_of(Contact.objects.get(pk=lives.pk), ticket, anna)

    assert hello.holiday == "День России" and any(one.opener.situation == "holiday" for one in hello.lines)


def test_a_taken_line_goes_to_the_composer_and_is_not_the_next_one(
    annas: Browser, ticket: Ticket, lives: Contact
) -> None:
    heard = []
    for _time in range(4):
        page = annas.get(address(lives, ticket=ticket.pk)).content.decode()
        number = int(page.split('name="opener" value="')[1].split('"')[0])
        answer = annas.post(address(lives), {"ticket": ticket.pk, "opener": number})
        heard.append(json.loads(answer["HX-Trigger"])["macro:text"]["text"])
        assert Opened.objects.get(contact=lives).opener_id == number

    assert all(text.strip() for text in heard)
    assert all(one != other for one, other in pairwise(heard))


def test_a_line_of_the_hour_before_is_taken_and_one_that_fits_no_more_is_not(
    annas: Browser, ticket: Ticket, lives: Contact, anna: User
) -> None:
    with clock.at(MORNING):
        lines = hello_of(Contact.objects.get(pk=lives.pk), ticket, anna).lines
        fits, morning = (next(one for one in lines if one.opener.situation == name) for name in ("first", "morning"))
    with clock.at(MORNING + timedelta(hours=4)):
        told = {"ticket": ticket.pk, "opener": morning.opener.pk}
        late = annas.post(address(lives), told)
        taken = annas.post(address(lives), told | {"opener": fits.opener.pk})

    assert "HX-Trigger" not in late and late.status_code == 200
    assert json.loads(taken["HX-Trigger"])["macro:text"]["text"].strip()
    assert Opened.objects.get(contact=lives).opener == fits.opener


def test_another_line_is_another_one(annas: Browser, ticket: Ticket, lives: Contact) -> None:
    said = [
        annas.get(address(lives, ticket=ticket.pk, turn=turn)).content.decode().split('class="say">')[1].split("<")[0]
        for turn in range(3)
    ]

    assert len(set(said)) == 3


def test_texts_of_the_department_are_escaped(annas: Browser, ticket: Ticket, lives: Contact) -> None:
    Opener.objects.all().delete()
    Opener.objects.create(language="ru", situation="first", text="<script>alert(1)</script> {name}")

    page = annas.get(address(lives, ticket=ticket.pk)).content.decode()

    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_without_any_line_nothing_is_broken(annas: Browser, ticket: Ticket, lives: Contact) -> None:
    Opener.objects.all().delete()

    answer = annas.get(address(lives, ticket=ticket.pk))

    assert answer.status_code == 200 and "Другая фраза" not in answer.content.decode()


@pytest.mark.parametrize("told", [{"ticket": "987654"}, {"ticket": "9" * 40}, {"turn": "-1"}, {"turn": "x"}])
def test_odd_addresses_are_no_fault(annas: Browser, ticket: Ticket, lives: Contact, told: dict[str, Any]) -> None:
    assert annas.get(address(lives, **told)).status_code in (200, 404)


def test_who_has_no_name_is_greeted_without_a_number(ticket: Ticket, anna: User) -> None:
    Contact.objects.filter(pk=ticket.contact_id).update(name="+79135550915", address_as="")
    with clock.at(MORNING):
        hello = hello_of(Contact.objects.get(pk=ticket.contact_id), ticket, anna)

    assert hello.lines and all("9135550915" not in one.text and "{" not in one.text for one in hello.lines)


def test_three_at_once_without_the_one_of_last_time(annas: Browser, ticket: Ticket, lives: Contact) -> None:
    for number in range(4):
        Opener.objects.create(language="ru", situation="first", text=f"Рады знакомству, {number}!")
    with clock.at(MORNING):
        page = annas.get(address(lives, ticket=ticket.pk)).content.decode()
        numbers = re.findall(r'name="opener" value="(\d+)"', page)
        assert len(set(numbers)) == page.count('class="say"') == 3

        annas.post(reverse("workspace:hello", args=[lives.pk]), {"ticket": ticket.pk, "opener": numbers[1]})

        menu = annas.get(address(lives, ticket=ticket.pk, at="menu")).content.decode()
    assert menu.count("<button") == 3 and f'"opener": "{numbers[1]}"' not in menu


def test_on_a_call_a_line_is_said_and_nothing_is_written(annas: Browser, ticket: Ticket, lives: Contact) -> None:
    with clock.at(MORNING):
        page = annas.get(address(lives, at="call")).content.decode()
        number = re.findall(r'"opener": "(\d+)"', page)[0]
        answer = annas.post(reverse("workspace:hello", args=[lives.pk]), {"at": "call", "opener": number})

    assert "HX-Trigger" not in answer.headers and 'id="call-lines"' in answer.content.decode()
    assert Opened.objects.get(contact=lives).opener_id == int(number)
    assert f'"opener": "{number}"' not in answer.content.decode()
