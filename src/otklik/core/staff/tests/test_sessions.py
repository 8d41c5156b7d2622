"""Sessions begin anew, end in time, and end at once when they must."""

import time
from typing import Any

import pytest
import time_machine
from django.test import Client

from otklik.core.journal.models import Entry
from otklik.core.staff.models import ApiToken, User
from tests.fixtures.cast import PASSWORD

pytestmark = pytest.mark.django_db


def signed_in(login: str) -> Client:
    browser = Client()
    assert browser.post("/sign-in/", {"login": login, "password": PASSWORD}).status_code == 302
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/me/").status_code == 200


def test_AUTH_7_the_key_of_a_session_is_new_after_sign_in(anna: User):
    browser = Client()
    browser.get("/sign-in/")
    session = browser.session
    session["planted"] = True
    session.save()
    before = browser.cookies["session"].value if "session" in browser.cookies else session.session_key
    browser.post("/sign-in/", {"login": "anna", "password": PASSWORD})
    assert browser.cookies["session"].value != before


def test_AUTH_7_twelve_hours_are_the_end_even_of_a_busy_session(anna: User):
    start = time.time()
    browser = signed_in("anna")
    for hour in range(1, 12):
        with time_machine.travel(start + hour * 3600, tick=False):
            assert is_in(browser)
    with time_machine.travel(start + 12 * 3600 + 60, tick=False):
        assert not is_in(browser)


def test_AUTH_7_an_administrator_who_was_away_for_an_hour_signs_in_anew(admin: User, anna: User):
    start = time.time()
    browser, agent = signed_in("admin"), signed_in("anna")
    with time_machine.travel(start + 3000, tick=False):
        assert is_in(browser)
    with time_machine.travel(start + 6500, tick=False):
        assert is_in(browser)
    with time_machine.travel(start + 10200, tick=False):
        assert not is_in(browser)
        assert is_in(agent)


def test_AUTH_7_a_new_password_signs_other_browsers_out_and_keeps_this_one(anna: User):
    here, there = signed_in("anna"), signed_in("anna")
    told = {"oldpassword": PASSWORD, "password1": "another-long-secret-9"}
    assert here.post("/me/security/password/", told).status_code == 302
    assert is_in(here)
    assert not is_in(there)


def test_the_present_password_is_asked_before_a_new_one(anna: User):
    here = signed_in("anna")
    told = {"oldpassword": "not it", "password1": "another-long-secret-9"}
    assert here.post("/me/security/password/", told).status_code in (200, 422)
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_AUTH_7_sign_out_everywhere_but_here(anna: User):
    here, there = signed_in("anna"), signed_in("anna")
    assert len(here.get("/me/security/").context["sessions"]) == 2
    here.post("/me/security/sessions/end/")
    assert is_in(here)
    assert not is_in(there)
    assert len(here.get("/me/security/").context["sessions"]) == 1


def test_one_session_can_be_ended_and_only_ones_own(anna: User, vera: User):
    here, there, hers = signed_in("anna"), signed_in("anna"), signed_in("vera")
    other = next(s for s in here.get("/me/security/").context["sessions"] if s.session_key != here.session.session_key)
    assert hers.post(f"/me/security/sessions/{other.pk}/end/").status_code == 404
    assert here.post(f"/me/security/sessions/{other.pk}/end/").status_code == 302
    assert not is_in(there)


def test_AUTH_7_who_leaves_is_out_with_the_next_request_and_so_are_their_programs(anna: User, admin: User):
    browser = signed_in("anna")
    _token, secret = ApiToken.objects.issue(anna, ["tickets:read"])
    anna.deactivate(by=admin)
    assert not is_in(browser)
    assert ApiToken.objects.recognise(secret) is None


def test_AUTH_7_private_pages_stay_out_of_caches(anna: User):
    assert "no-store" in signed_in("anna").get("/me/").headers["Cache-Control"]


def test_sign_out_ends_the_session(anna: User):
    browser = signed_in("anna")
    assert browser.post("/sign-out/").status_code == 302
    assert not is_in(browser)


def test_signing_in_is_told_in_the_journal(anna: User):
    signed_in("anna")
    entry = Entry.objects.get(kind="staff.SignedIn")
    assert (entry.about_id, entry.actor_id, entry.data["address"]) == (anna.pk, anna.pk, "127.0.0.1")


def test_a_page_costs_no_query_more_for_the_rules_of_sessions(
    anna: User, django_assert_num_queries: Any, settings: Any
):
    browser = signed_in("anna")
    with django_assert_num_queries(2):  # the session and the person
        assert browser.post("/me/preferences/", {}).status_code == 204


def test_the_person_of_a_page_is_no_door_to_them_that_each_look_opens_anew(anna: User):
    assert type(signed_in("anna").get("/me/").wsgi_request.user) is User


def test_nobody_is_led_to_foreign_houses(anna: User):
    browser = Client()
    told = {"login": "anna", "password": PASSWORD, "next": "https://evil.example/"}
    assert "evil" not in browser.post("/sign-in/", told).headers["Location"]
