"""One story of a client on every channel: narrowed, searched, by pages, and only what its reader may see."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from otklik.care.surveys.models import Invitation
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.calls import by_hand
from otklik.desk.clients.models import Advice, Client, ClientEvent, Contact, Membership
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.front.workspace.queries.story import SOURCES, Asked, Place, Told, story
from otklik.front.workspace.story import place_of
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}


@pytest.fixture
def lived(ticket: Ticket, pavel: Contact, anna: User) -> Contact:
    """Something of most kinds."""
    ticket.reply("Заменили маршрутизатор", by=anna, then=Resolve("заменили"))
    Advice(contact=pavel, text="Вход по коду").put(by=anna)
    ClientEvent.objects.record("balance_low", by=anna, contact=pavel, data={"остаток": 120})
    invited = Invitation.objects.plan(Ticket.objects.get(pk=ticket.pk))
    assert invited is not None
    assert invited.send()
    Invitation.objects.get(pk=invited.pk).answer(5)
    return pavel


def page(browser: Browser, contact: Contact, **asked: Any) -> str:
    answer = browser.get(reverse("workspace:contact", args=[contact.pk]), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def part(browser: Browser, contact: Contact, **asked: Any) -> str:
    answer = browser.get(reverse("workspace:contact", args=[contact.pk]), asked, headers=PART)
    assert answer.status_code == 200
    return str(answer.content.decode())


def kinds(rows: list[Told]) -> set[str]:
    return {row.source for row in rows}


def test_all_of_it_stands_in_one_story_the_newest_first(annas: Browser, lived: Contact, anna: User) -> None:
    rows = story(lived, anna, Asked(), 50)

    assert {"request", "message", "advice", "event", "survey"} <= kinds(rows)
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)
    told = page(annas, lived)
    for said in ("Заменили маршрутизатор", "Дан совет", "Баланс на исходе", "Ответ на опрос", "Обращение: решено"):
        assert said in told


def test_it_is_narrowed_by_kind_channel_period_and_words(annas: Browser, lived: Contact, anna: User) -> None:
    assert kinds(story(lived, anna, Asked(sources=("advice",)), 50)) == {"advice"}
    assert kinds(story(lived, anna, Asked(channel="email"), 50)) <= {"request", "message", "complaint"}
    assert not story(lived, anna, Asked(channel="telegram"), 50)
    assert not story(lived, anna, Asked(until=clock.now() - timedelta(days=400)), 50)
    assert kinds(story(lived, anna, Asked(words="коды"), 50)) == {"advice"}, "in any form of the word"
    assert kinds(story(lived, anna, Asked(words="маршрутизаторы"), 50)) == {"message"}
    told = part(annas, lived, q="коды", kind="", channel="", since="", until="")
    assert "Вход по коду" in told and "Заменили" not in told and "<html" not in told
    assert "Ничего такого не было" in part(annas, lived, q="сурикат", kind="calls")


def test_the_address_keeps_what_was_asked(annas: Browser, lived: Contact) -> None:
    told = page(annas, lived, kind="advice", q="код", since="2020-01-01")

    assert 'value="код"' in told and 'value="2020-01-01"' in told and 'value="advice" selected' in told
    assert "Баланс на исходе" not in told.split('id="story"')[1]


@pytest.mark.parametrize(
    "asked", [{"since": "2026-13-99"}, {"since": "2026-02-02", "until": "2026-01-01"}, {"kind": "spells"}]
)
def test_what_cannot_be_asked_is_said(annas: Browser, lived: Contact, asked: dict[str, str]) -> None:
    assert 'data-s="breach"' in part(annas, lived, **asked)


def test_requests_that_are_hidden_stay_so(
    annas: Browser, lived: Contact, ilya: User, line_two: Team, writes: Write, boris: User
) -> None:
    hidden = writes("Секретный вопрос", subject="Тайное дело")
    Ticket.objects.filter(pk=hidden.pk).update(team=line_two, owner=None)

    told = page(annas, lived) + part(annas, lived, q="секретный", kind="")

    assert "Тайное дело" not in told and "Секретный вопрос" not in told
    everything = story(lived, boris, Asked(), 50)
    assert all(row.request != hidden.pk for row in everything)


def test_pages_follow_one_another_without_gap_or_repeat(lived: Contact, anna: User) -> None:
    moment = clock.now() - timedelta(days=3)
    Advice.objects.bulk_create(Advice(contact=lived, text=f"Совет {n}", at=moment) for n in range(9))
    ClientEvent.objects.bulk_create(ClientEvent(contact=lived, kind="renewed", at=moment) for _ in range(9))
    whole = story(lived, anna, Asked(), 200)

    found, after = list[Told](), None
    for _ in range(50):
        rows = story(lived, anna, Asked(after=after), 4)
        found += rows[:4]
        if len(rows) <= 4:
            break
        after = Place(rows[3].at, rows[3].source, rows[3].number)

    assert found == whole and len(whole) >= 22


def test_the_next_page_is_at_its_address(annas: Browser, lived: Contact) -> None:
    Advice.objects.bulk_create(Advice(contact=lived, text=f"Совет {n}") for n in range(60))

    first = part(annas, lived, kind="advice", q="")
    further = re.search(r'hx-get="\?([^"]+)"', first)
    assert further is not None and first.count("<li data-row") == 40
    rest = annas.get(
        f"{reverse('workspace:contact', args=[lived.pk])}?{further[1].replace('&amp;', '&')}", headers=PART
    ).content.decode()
    assert rest.count("<li data-row") == 21 and "story-ask" not in rest


@pytest.mark.usefixtures("kept_for_long")
def test_five_thousand_entries_cost_one_statement(annas: Browser, lived: Contact, anna: User, ticket: Ticket) -> None:
    now = clock.now()
    Message.objects.bulk_create(
        Message(
            conversation=ticket.conversation,
            direction="in",
            contact=lived,
            text="Слово",
            new_text=f"Слово {n}",
            at=now - timedelta(minutes=n),
        )
        for n in range(5000)
    )

    story(lived, anna, Asked(), 1)  # her lines are known from now on
    for asked in (Asked(), Asked(words="слово"), Asked(after=Place(now - timedelta(minutes=4500), "message", 1))):
        with CaptureQueriesContext(connection) as seen:
            rows = story(lived, anna, asked, 40)
        assert len(seen) == 1 and len(rows) == 41
    page(annas, lived)
    with CaptureQueriesContext(connection) as few:
        part(annas, lived, q="")
    Advice.objects.bulk_create(Advice(contact=lived, text=f"Совет {n}") for n in range(30))
    with CaptureQueriesContext(connection) as many:
        part(annas, lived, q="")
    assert len(many) == len(few) <= 9


def test_an_organisation_has_the_story_of_its_people(annas: Browser, lived: Contact, volga: Client, anna: User) -> None:
    Membership(contact=lived, client=volga, is_main=True).put(by=anna)
    ClientEvent.objects.record("contract_signed", by=anna, client=volga)

    rows = story(volga, anna, Asked(), 50)

    assert {"request", "message", "advice", "event", "survey"} <= kinds(rows)
    assert {row.state for row in rows if row.source == "event"} == {"balance_low", "contract_signed"}
    assert "Договор подписан" in annas.get(reverse("workspace:client", args=[volga.pk])).content.decode()


def test_what_programs_tell_is_read_as_words(annas: Browser, ticket: Ticket, pavel: Contact, anna: User) -> None:
    for kind in ("trial_started", "door_forced"):
        ClientEvent.objects.record(kind, by=anna, contact=pavel)

    told = part(annas, pavel, kind="events", q="")
    assert "Начался пробный период" in told and "Door forced" in told
    assert "trial_started" not in told and "door_forced" not in told


def test_a_call_stands_in_it(annas: Browser, ticket: Ticket, pavel: Contact, anna: User) -> None:
    by_hand.write_down(ticket, by=anna, outward=False, minutes=2, result="passed_on", note="Просил счёт")

    assert "Клиент позвонил" in part(annas, pavel, kind="calls", q="")
    assert kinds(story(pavel, anna, Asked(words="счёт"), 10)) >= {"call"}


@given(
    st.text(max_size=60)
    | st.builds(lambda at, n: f"{at.isoformat()}~{n}~5", st.datetimes(), st.sampled_from([*SOURCES]))
)
def test_nonsense_is_the_beginning(text: str) -> None:
    found = place_of(text)
    assert found is None or isinstance(found.at, datetime)
