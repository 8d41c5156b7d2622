"""Where a client lives while nobody has said it: by the phone, by the city, and one press that sets it."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.test import Client as Browser
from django.urls import reverse

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import CardField, Contact, Identity, QuietPeriod
from otklik.desk.clients.policy import known_of, may_contact
from otklik.desk.clients.purposes import Held, Purpose
from otklik.desk.clients.zones import Guess, guess_of, guessed
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.hello import hello_of

pytestmark = pytest.mark.django_db
NOVOSIBIRSK = "+73832223344"


@pytest.mark.parametrize(
    ("phones", "cities", "found"),
    [
        (["+7 383 222-33-44"], [], Guess("Asia/Novosibirsk", "phone")),
        (["+442071234567"], [], Guess("Europe/London", "phone")),
        (["+79031234567"], [], None),
        (["+79031234567"], ["г. Омск"], Guess("Asia/Omsk", "city")),
        ([], ["Санкт-Петербург"], Guess("Europe/Moscow", "city")),
        ([], ["Vladivostok"], Guess("Asia/Vladivostok", "city")),
        (["добавочный", ""], ["где-то"], None),
    ],
)
def test_only_what_says_one_zone_is_believed(phones: list[str], cities: list[str], found: Guess | None) -> None:
    assert guessed(phones, cities) == found


def test_what_is_set_is_not_guessed(pavel: Contact) -> None:
    Identity.objects.create(contact=pavel, kind="phone", value=NOVOSIBIRSK)
    assert guess_of(pavel) == Guess("Asia/Novosibirsk", "phone")
    pavel.time_zone = "Asia/Omsk"
    assert guess_of(pavel) is None


def test_the_card_says_by_what_and_one_press_sets_it(annas: Browser, ticket: Ticket, pavel: Contact) -> None:
    Identity.objects.create(contact=pavel, kind="phone", value=NOVOSIBIRSK)

    page = annas.get(f"/tickets/{ticket.number}/").content.decode()
    assert "Новосибирск" in page and "по телефону" in page and 'value="Asia/Novosibirsk"' in page

    answer = annas.post(
        reverse("workspace:fact", args=[pavel.pk, "time_zone"]),
        {"value": "Asia/Novosibirsk"},
        headers={"HX-Request": "true"},
    )
    pavel.refresh_from_db()
    assert answer.status_code == 200 and pavel.time_zone == "Asia/Novosibirsk"
    assert "по телефону" not in annas.get(f"/tickets/{ticket.number}/").content.decode()


def test_quiet_hours_and_openers_keep_the_guessed_clock(
    ticket: Ticket, pavel: Contact, anna: User, django_assert_num_queries
) -> None:
    Identity.objects.create(contact=pavel, kind="phone", value=NOVOSIBIRSK)
    QuietPeriod(contact=pavel, holds=Held.ALL, hours_from=time(21), hours_until=time(9)).put(by=anna)
    evening = datetime(2026, 11, 26, 22, tzinfo=ZoneInfo("Asia/Novosibirsk"))  # 18:00 in Moscow

    with clock.at(evening), django_assert_num_queries(1):
        assert not may_contact(pavel, Purpose.REMINDER, "email", evening).allowed
    assert str(known_of(pavel, evening).zone) == "Asia/Novosibirsk"
    with clock.at(evening):
        hello = hello_of(Contact.objects.get(pk=pavel.pk), ticket, anna)
    assert hello.clock is not None and hello.clock.time == "22:00" and str(hello.clock.by)


def test_the_city_of_the_card_is_asked_too(pavel: Contact, anna: User) -> None:
    CardField.objects.create(name="Город", kind="text").fill(pavel, "Иркутск", by=anna)

    assert str(known_of(pavel, clock.now()).zone) == "Asia/Irkutsk"
