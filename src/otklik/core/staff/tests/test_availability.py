"""What people say of themselves."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Absence, Availability, User

pytestmark = pytest.mark.django_db


def test_signing_in_is_coming_to_work(client: Client, anna: User) -> None:
    assert anna.availability_at(clock.now()) == Availability.AWAY
    client.force_login(anna)
    anna.refresh_from_db()
    assert anna.is_ready


def test_who_does_not_work_or_is_absent_may_sign_in_to_look(client: Client, anna: User, ilya: User) -> None:
    anna.say(Availability.OFF, by=anna)
    Absence.objects.declare(ilya, by=ilya, until=clock.now() + timedelta(days=1))
    for person in (anna, ilya):
        client.force_login(person)
        person.refresh_from_db()
        assert not person.is_ready


def test_a_word_of_yesterday_draws_no_work(anna: User) -> None:
    with clock.at(clock.now() - timedelta(hours=13)):
        anna.say(Availability.READY, by=anna)
        assert anna.is_ready
    assert anna.availability_at(clock.now()) == Availability.OFF


def test_one_press_in_the_menu_and_the_menu_shows_it(client: Client, anna: User) -> None:
    client.force_login(anna)
    answer = client.post("/me/availability/break/", headers={"HX-Request": "true"}).content.decode()

    anna.refresh_from_db()
    assert anna.availability == Availability.BREAK
    assert "/availability/break/" in answer.partition('aria-pressed="true"')[0].rpartition("</form>")[2]
    assert 'hx-swap-oob="true"' in answer and 'data-s="soon"' in answer
    assert Entry.objects.filter(kind="staff.AvailabilityChanged", actor=anna, data__became="break").exists()


def test_without_scripts_one_is_led_back_and_never_elsewhere(client: Client, anna: User) -> None:
    client.force_login(anna)
    for before, after in (
        ("http://testserver/queue/mine/", "http://testserver/queue/mine/"),
        ("http://evil.test/", "/"),
    ):
        answer = client.post("/me/availability/busy/", headers={"Referer": before})
        assert answer["Location"] == after


def test_what_is_no_availability_does_not_exist(client: Client, anna: User) -> None:
    client.force_login(anna)
    assert client.post("/me/availability/asleep/").status_code == 404


def test_the_frame_offers_the_choice_with_the_present_one_pressed(client: Client, anna: User) -> None:
    client.force_login(anna)
    page = client.get("/me/").content.decode()
    assert page.count("data-presence") == 5
    assert "/availability/ready/" in page.partition('data-presence aria-pressed="true"')[0].rpartition("</form>")[2]


def test_the_last_one_of_a_line_reads_that_nobody_is_left(client: Client, anna: User, ilya: User) -> None:
    client.force_login(anna)
    ilya.say(Availability.READY, by=ilya)
    part = {"HX-Request": "true"}
    assert "HX-Trigger" not in client.post("/me/availability/break/", headers=part)
    ilya.say(Availability.AWAY, by=ilya)
    said = json.loads(client.post("/me/availability/away/", headers=part)["HX-Trigger"])["say"]["text"]
    assert said == "Сейчас никого нет на месте: Первая линия. Старшие линии извещены."
    assert "HX-Trigger" not in client.post("/me/availability/busy/", headers=part)
