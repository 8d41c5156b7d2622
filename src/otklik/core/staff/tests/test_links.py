"""Links that work once: a forgotten password, an invitation."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff import tasks
from otklik.core.staff.errors import NotAllowed
from otklik.core.staff.models import OneTimeLink, Organisation, Purpose, User
from tests.fixtures.cast import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "another-long-secret-9"


def asked(address: str) -> str:
    """The path of the link in the letter that the job writes, or ""."""
    mail.outbox.clear()
    tasks.send_reset(address=address, desk="https://desk.test")
    found = re.search(r"https://desk\.test(/\S+)", str(mail.outbox[0].body)) if mail.outbox else None
    return found[1] if found else ""


def test_AUTH_2_a_reset_link_sets_the_password_once_and_ends_sessions(anna: User):
    at_work = Client()
    at_work.force_login(anna)
    link = asked("Anna@desk.test")
    assert Client().get(link).status_code == 200, "looking does not use it up: mail scanners look"
    assert Client().post(link, {"password": NEW}).status_code == 302
    assert Client().post(link, {"password": PASSWORD}).status_code == 410
    assert at_work.get("/me/").status_code == 302, "the old session knows nobody"
    anna.refresh_from_db()
    assert anna.check_password(NEW)


def test_AUTH_2_links_expire(anna: User):
    link = asked("anna@desk.test")
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert Client().post(link, {"password": NEW}).status_code == 410
    invitation = f"/sign-in/link/{anna.invite(by=None)}/"
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        assert Client().get(invitation).status_code == 410


def test_AUTH_2_links_are_hashed_at_rest_and_long(anna: User):
    secret = OneTimeLink.objects.issue(Purpose.RESET, anna)
    assert len(secret) >= 22
    row = OneTimeLink.objects.values().get()
    assert secret not in map(str, row.values())
    assert len(row["digest"]) == 64


@pytest.mark.parametrize("secret", ["", "x", "%00", "a" * 5000])
def test_AUTH_2_what_is_not_a_secret_opens_nothing(anna: User, secret: str):
    OneTimeLink.objects.issue(Purpose.RESET, anna)
    assert OneTimeLink.objects.behind(secret, Purpose.RESET) is None


def test_AUTH_2_a_link_is_for_its_person_and_its_purpose(anna: User, boris: User):
    secret = OneTimeLink.objects.issue(Purpose.SETUP)
    assert Client().get(f"/sign-in/link/{secret}/").status_code == 410
    mine = OneTimeLink.objects.behind(OneTimeLink.objects.issue(Purpose.RESET, anna), Purpose.RESET)
    assert mine
    assert mine.set_password(NEW)
    boris.refresh_from_db()
    assert boris.check_password(PASSWORD)


def test_AUTH_2_the_newest_password_closes_every_other_link(anna: User):
    first, second = asked("anna@desk.test"), asked("anna@desk.test")
    assert Client().post(first, {"password": NEW}).status_code == 302
    assert Client().post(second, {"password": PASSWORD}).status_code == 410


def test_AUTH_2_nobody_who_left_comes_back_by_a_link(anna: User):
    link = asked("anna@desk.test")
    anna.deactivate()
    assert Client().post(link, {"password": NEW}).status_code == 410
    assert not asked("anna@desk.test"), "and gets no new one"
    with pytest.raises(NotAllowed):
        anna.invite(by=None)


def test_AUTH_2_known_and_unknown_addresses_get_the_same_answer_and_the_same_work(anna: User):
    Organisation.objects.current()  # what a process knows for some seconds is asked once
    answers, costs = [], []
    for address in ("anna@desk.test", "nobody@desk.test"):
        with CaptureQueriesContext(connection) as asked_for:
            answers.append(Client().post("/sign-in/forgot/", {"email": address}))
        costs.append(len(asked_for))
    assert costs[0] == costs[1]
    own = re.compile(r'Token": "\w+|="\d{10}"')  # the key against forgery, and the second of the page
    said = [own.sub("", answer.content.decode().replace("anna@", "nobody@")) for answer in answers]
    assert said[0] == said[1]
    assert not mail.outbox, "the letter is written by a job, so the clock tells nothing"


def test_AUTH_2_several_addresses_at_once_are_refused(anna: User, boris: User):
    both = {"email": ["anna@desk.test", "evil@example.org"]}
    assert Client().post("/sign-in/forgot/", both).status_code == 422
    assert Client().post("/sign-in/forgot/", {"email": "anna@desk.test,evil@example.org"}).status_code == 422


def test_AUTH_2_links_lead_to_the_desk_and_never_where_a_host_header_says(anna: User):
    organisation = Organisation.objects.current()
    Client().post("/sign-in/forgot/", {"email": "anna@desk.test"}, HTTP_HOST="localhost")
    from procrastinate.contrib.django.models import ProcrastinateJob

    job = ProcrastinateJob.objects.get(task_name="staff.send_reset")
    assert job.args == {"address": "anna@desk.test", "desk": organisation.site_url}


def test_too_many_letters_are_not_sent_and_the_answer_stays_the_same(anna: User):
    from procrastinate.contrib.django.models import ProcrastinateJob

    answers = [Client().post("/sign-in/forgot/", {"email": "anna@desk.test"}) for _ in range(6)]
    assert {answer.status_code for answer in answers} == {200}
    assert ProcrastinateJob.objects.filter(task_name="staff.send_reset").count() == 3


def test_an_invited_person_chooses_a_password_and_is_in(anna: User, admin: User):
    anna.set_unusable_password()
    anna.save()
    link = f"/sign-in/link/{anna.invite(by=admin)}/"
    browser = Client()
    assert browser.post(link, {"password": "short"}).status_code == 422
    answer = browser.post(link, {"password": NEW}, follow=True)
    assert answer.redirect_chain == [("/me/", 302)]
    assert answer.context["user"] == anna


def test_a_newer_invitation_replaces_the_older(anna: User, admin: User):
    older, newer = anna.invite(by=admin), anna.invite(by=admin)
    assert Client().get(f"/sign-in/link/{older}/").status_code == 410
    assert Client().get(f"/sign-in/link/{newer}/").status_code == 200


def test_the_invitation_goes_by_mail_in_the_persons_language(anna: User, admin: User):
    tasks.send_invitation(person_id=anna.pk, by_id=admin.pk, desk="https://desk.test/")
    letter = mail.outbox[0]
    assert letter.to == ["anna@desk.test"]
    assert "anna" in letter.body
    assert "https://desk.test/sign-in/link/" in letter.body


@pytest.mark.parametrize("password", ["short", "qwertyuiop123", "anna@desk.test", "x" * 129, "\x00" * 14])
def test_weak_and_absurd_passwords_are_refused(anna: User, password: str):
    link = asked("anna@desk.test")
    assert Client().post(link, {"password": password}).status_code == 422
