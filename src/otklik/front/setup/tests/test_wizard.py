"""The first-run wizard: needs the code of the console, makes one administrator, is gone for ever."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from otklik.core.staff import first_run
from otklik.core.staff.errors import NotAllowed
from otklik.core.staff.models import OneTimeLink, Organisation, Role, Team, User
from otklik.desk.channels.models import Channel

NEW = {"name": "Глеб Орлов", "email": "gleb@desk.test", "login": "gleb", "password": "корабль-на-рейде-9"}


@pytest.fixture(autouse=True)
def fresh_answer() -> Iterator[None]:
    first_run.forget_answer()
    yield
    first_run.forget_answer()


def with_code() -> Client:
    browser = Client()
    assert browser.get(f"/setup/?code={first_run.setup_code()}").headers["Location"] == "/setup/company/"
    return browser


@pytest.mark.django_db
def test_every_page_of_an_untouched_desk_leads_to_the_wizard():
    for path in ("/", "/sign-in/", "/settings/", "/board/", "/anything/"):
        assert Client().get(path).headers["Location"] == "/setup/"
    assert Client().get("/livez").status_code == 200


@pytest.mark.django_db
def test_without_the_code_nothing_can_be_set_up():
    assert Client().get("/setup/company/").headers["Location"] == "/setup/"
    assert Client().post("/setup/administrator/", NEW).headers["Location"] == "/setup/"
    assert Client().post("/setup/", {"code": "guessed"}).status_code == 422
    assert not User.objects.exists()


@pytest.mark.django_db
def test_guessing_the_code_is_slowed():
    first_run.setup_code()
    answers = [Client().post("/setup/", {"code": f"guess{n}"}).content.decode() for n in range(12)]
    assert answers[0] != answers[11]


@pytest.mark.django_db
def test_the_whole_way_with_everything_skipped():
    browser = with_code()
    assert browser.get("/setup/company/").status_code == 200
    assert browser.post("/setup/administrator/", NEW).headers["Location"] == "/setup/line/"
    for step, onward in (("line", "/setup/mail/"), ("mail", "/setup/hours/"), ("hours", "/")):
        assert browser.get(f"/setup/{step}/").status_code == 200
        assert browser.post(f"/setup/{step}/", {"skip": "1"}).headers["Location"] == onward
    gleb = User.objects.get()
    assert (gleb.role, list(gleb.teams.all())) == (Role.ADMIN, [Team.objects.get()])
    assert browser.get("/setup/hours/").status_code == 404, "the wizard is over"
    assert browser.get("/settings/").status_code == 200


@pytest.mark.django_db
def test_what_is_filled_in_is_kept():
    browser = with_code()
    company = {"name": "Связь", "site_url": "https://desk.test", "language": "ru", "time_zone": "Asia/Omsk"}
    browser.post("/setup/company/", company)
    browser.post("/setup/administrator/", NEW)
    times = {"name": "Приёмная", "first_answer": "30", "first_answer_unit": "60", "next_answer": "2"}
    times |= {"next_answer_unit": "3600", "resolution": "1.5", "resolution_unit": "3600"}
    assert browser.post("/setup/line/", times).headers["Location"] == "/setup/mail/"
    mail = {"address": "help@desk.test", "receiving": "receiver", "sending": "viewer"}
    mail |= {"imap_security": "tls", "smtp_security": "tls"}
    assert browser.post("/setup/mail/", mail).headers["Location"] == "/setup/hours/"
    week = {"mon": "9-18", "tue": "9:00–13:00, 14–18", "sat": "10-15", "holidays": "on"}
    assert browser.post("/setup/hours/", week).headers["Location"] == "/"

    line = Team.objects.get()
    assert (line.name, line.first_answer.seconds, line.resolution.seconds) == ("Приёмная", 1800, 5400)
    assert line.calendar.time_zone == "Asia/Omsk"
    assert line.calendar.weekly == {
        "mon": [["09:00", "18:00"]],
        "tue": [["09:00", "13:00"], ["14:00", "18:00"]],
        "sat": [["10:00", "15:00"]],
    }
    assert line.calendar.exceptions.filter(is_imported=True).count() > 20
    channel = Channel.objects.get()
    assert (channel.address, channel.team, channel.acknowledges) == ("help@desk.test", line, True)
    organisation = Organisation.objects.current()
    assert (organisation.name, organisation.second_factor) == ("Связь", "leads")
    assert browser.get("/me/").status_code == 200, "the second step is asked from the next sign-in on"


@pytest.mark.django_db
def test_a_weak_password_of_the_administrator_is_refused():
    browser = with_code()
    assert browser.post("/setup/administrator/", NEW | {"password": "gleb@desk.test"}).status_code == 422
    assert not User.objects.exists()


@pytest.mark.django_db
def test_AUTH_4_the_wizard_is_dead_once_an_administrator_exists():
    late = with_code()
    with_code().post("/setup/administrator/", NEW)
    first_run.forget_answer()  # as after a restart
    assert first_run.setup_code() is None
    for path in ("/setup/", "/setup/company/", "/setup/administrator/", "/setup/line/", "/setup/mail/"):
        assert late.get(path).status_code == 404
        assert late.post(path, NEW | {"login": "evil", "email": "evil@desk.test"}).status_code == 404
    assert User.objects.get().login == "gleb"


@pytest.mark.django_db
def test_AUTH_4_it_stays_dead_when_the_administrator_is_gone():
    with_code().post("/setup/administrator/", NEW)
    User.objects.update(role=Role.AGENT)
    first_run.forget_answer()
    assert Client().get("/setup/").status_code == 404


@pytest.mark.django_db
def test_AUTH_4_the_demonstration_has_no_wizard():
    Organisation.objects.current()
    Organisation.objects.update(is_demo=True)
    assert Client().get("/setup/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_AUTH_4_of_many_at_the_same_moment_one_becomes_administrator():
    codes = [first_run.setup_code() for _ in range(6)]
    outcomes: list[str] = []
    start = threading.Barrier(len(codes))

    def claim(number: int, code: str) -> None:
        start.wait()
        try:
            person = first_run.first_administrator(
                code,
                login=f"admin{number}",
                email=f"a{number}@desk.test",
                name="A",
                password="корабль-на-рейде-9",
            )
            outcomes.append(person.login)
        except NotAllowed:
            outcomes.append("")
        finally:
            connection.close()

    threads = [threading.Thread(target=claim, args=(n, code)) for n, code in enumerate(codes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([each for each in outcomes if each]) == 1
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_AUTH_4_codes_lie_hashed_and_end_after_a_day(settings: Any):
    from datetime import timedelta

    from otklik.core.journal import clock

    code = str(first_run.setup_code())
    assert code not in str(OneTimeLink.objects.values().get())
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        assert Client().post("/setup/", {"code": code}).status_code == 422
