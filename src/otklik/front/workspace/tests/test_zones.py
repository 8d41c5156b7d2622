"""Where a client lives while nobody has said it: by the phone, by the city, and one press that sets it."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.test import Client as Browser
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import CardField, Contact, Identity, Opener, PlaceWeather, QuietPeriod, Situation
from otklik.desk.clients.policy import known_of, may_contact
from otklik.desk.clients.purposes import Held, Purpose
from otklik.desk.clients.towns import CODES, LONGEST, OTHERWISE, TOWNS, told_as, town_of
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
        ([], ["Санкт-Петербург"], Guess("Europe/Moscow", "city", "Санкт-Петербург")),
        ([], ["Vladivostok"], Guess("Asia/Vladivostok", "city")),
        ([], ["Санкт Петербург"], Guess("Europe/Moscow", "city", "Санкт Петербург")),
        ([], ["г. Казань"], Guess("Europe/Moscow", "city", "Казань")),
        ([], ["Казань, Республика Татарстан"], Guess("Europe/Moscow", "city", "Казань")),
        ([], ["Rostov-on-Don"], Guess("Europe/Moscow", "city", "Rostov-on-Don")),
        ([], ["Орел"], Guess("Europe/Moscow", "city", "Орел")),
        ([], ["УЛАН-УДЭ"], Guess("Asia/Irkutsk", "city", "УЛАН-УДЭ")),
        ([], ["Саратов"], Guess("Europe/Saratov", "city")),
        ([], ["Ташкент"], Guess("Asia/Tashkent", "city")),
        ([], ["Караганда"], Guess("Asia/Almaty", "city", "Караганда")),
        ([], ["New York"], Guess("America/New_York", "city")),
        ([], ["Moscow, Idaho"], None),
        ([], ["Брест, Франция"], None),
        (["+78452223344"], [], Guess("Europe/Saratov", "phone")),
        (["8 (4012) 22-33-44"], [], Guess("Europe/Kaliningrad", "phone")),
        (["+37167223344"], [], Guess("Europe/Riga", "phone")),
        (["+77771234567"], [], None),
        (["добавочный", ""], ["где-то"], None),
    ],
)
def test_only_what_says_one_zone_is_believed(phones: list[str], cities: list[str], found: Guess | None) -> None:
    assert guessed(phones, cities) == found


def test_every_city_of_the_table_has_one_clock_that_there_is() -> None:
    """Each name of it is found, in a zone that is known; zones are told in both languages by a city of theirs."""
    for zone, names in TOWNS.items():
        assert ZoneInfo(zone)
        for name in (one.strip() for pair in names.split(",") for one in pair.split("/")):
            town = town_of(name)
            assert town is not None and town.zone == zone, name
        assert told_as(zone, "ru") and told_as(zone, "en").isascii()
    assert all(ZoneInfo(zone) for zone in (*CODES.values(), *OTHERWISE.values()))


@given(st.text(max_size=40) | st.builds("г. {}, {}".format, st.sampled_from(["Орёл", "Уфа"]), st.text(max_size=20)))
def test_whatever_stands_in_the_field_is_a_city_of_ours_or_nothing(said: str) -> None:
    found = town_of(said)
    assert found is None or (found.zone in TOWNS and len(found.name) <= LONGEST)


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


def test_another_city_of_the_zone_is_told_and_lends_no_weather(
    annas: Browser, ticket: Ticket, pavel: Contact, anna: User, settings
) -> None:
    """Kazan keeps the clock of Moscow: its greeting names Kazan, and the weather of Moscow is not that of Kazan."""
    settings.WEATHER_URL = "https://weather.test"
    CardField.objects.create(name="Город", kind="text").fill(pavel, "г. Казань", by=anna)
    PlaceWeather.objects.create(time_zone="Europe/Moscow", degrees=7, code=0, at=clock.now(), wanted_at=clock.now())
    Opener.objects.all().delete()
    for when in Situation:
        Opener.objects.create(situation=when, text=f"{when}: {{city}}?")

    hello = hello_of(Contact.objects.get(pk=pavel.pk), ticket, anna)

    assert hello.clock is not None and hello.clock.place == "Казань" and hello.weather is None
    assert hello.lines and all(one.text.endswith(": Казань?") for one in hello.lines)
    assert "Казань" in annas.get(f"/tickets/{ticket.number}/").content.decode()
