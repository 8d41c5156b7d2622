"""What people say of themselves."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import Absence, Availability, Organisation, Takes, User

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
    assert page.count("data-presence") == 9
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


def test_one_is_ready_for_one_kind_of_work_and_after_a_break_for_the_same(client: Client, anna: User) -> None:
    client.force_login(anna)
    page = client.post("/me/availability/calls/", headers={"HX-Request": "true"}).content.decode()
    anna.refresh_from_db()
    assert (anna.availability, anna.takes, anna.takes_now) == ("ready", "calls", "calls")
    assert "/availability/calls/" in page.partition('aria-pressed="true"')[0].rpartition("</form>")[2]
    assert "/availability/break/" in page.partition("data-key")[0].rpartition("</form>")[2], "the key leads to a break"

    client.post("/me/availability/break/")
    anna.refresh_from_db()
    assert (anna.takes_now, anna.availability_said) == ("any", "перерыв")
    client.post("/me/availability/ready/")
    anna.refresh_from_db()
    assert anna.availability_said == "готов к работе, только звонки"
    client.post("/me/availability/ready/")
    anna.refresh_from_db()
    assert anna.takes == "any"


def test_a_second_screen_changes_no_kind_of_work(client: Client, anna: User) -> None:
    anna.say(Availability.READY, by=anna, takes=Takes.CHATS)
    client.force_login(anna)
    anna.refresh_from_db()
    assert anna.takes == "chats"

    anna.say(Availability.BREAK, by=anna)
    client.force_login(anna)
    anna.refresh_from_db()
    assert (anna.availability, anna.takes) == ("ready", "chats"), "as Ready keeps it"

    anna.say(Availability.AWAY, by=anna)
    client.force_login(anna)
    anna.refresh_from_db()
    assert anna.takes == "any"


def test_who_answers_nobody_takes_no_kind_of_work(client: Client, quality: User) -> None:
    client.force_login(quality)
    assert client.post("/me/availability/calls/").status_code == 404
    assert client.get("/me/").content.decode().count("data-presence") == 5


def test_a_break_begins_at_once_and_its_reason_is_of_the_departments_list(
    client: Client, anna: User, organisation: Organisation
) -> None:
    client.force_login(anna)
    part = {"HX-Request": "true"}
    assert "<dialog" not in client.post("/me/availability/break/", headers=part).content.decode()

    organisation.pause_reasons = ["Обед", "Обучение"]
    organisation.save()
    asked = client.post("/me/availability/break/", headers=part).content.decode()
    assert "<dialog" in asked and 'value="Обучение"' in asked
    assert client.post("/me/availability/break/")["Location"] == "/me/pause/"
    assert "Обед" in client.get("/me/pause/").content.decode()

    assert client.post("/me/pause/", {"reason": "Рыбалка"}).status_code == 404
    assert "dialog:close" in client.post("/me/pause/", {"reason": "Обед"}, headers=part)["HX-Trigger"]
    anna.refresh_from_db()
    assert (anna.availability_and_why, anna.availability_said) == ("перерыв: Обед", "перерыв")

    client.post("/me/availability/ready/")
    assert client.post("/me/pause/", {"reason": "Обед"}).status_code == 302
    anna.refresh_from_db()
    assert (anna.availability, anna.pause_reason) == ("ready", "")
