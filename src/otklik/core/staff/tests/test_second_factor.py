"""A code behind the password: demanded where the policy says so, guessed slowly, good for once."""

import re
import time
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from otklik.core import recent
from otklik.core.staff.models import OneTimeLink, Organisation, Purpose, User
from otklik.core.staff.models.organisation import SecondFactor
from tests.fixtures.cast import PASSWORD

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(secret: str = SECRET, at: float | None = None) -> str:
    return format_hotp_value(hotp_value(secret, int(at or time.time()) // 30))


def demand(who: str) -> None:
    Organisation.objects.update(second_factor=who, is_demo=False)
    recent.forget()


@pytest.fixture
def careful(boris: User) -> User:
    """Boris has an app and recovery codes."""
    TOTP.activate(boris, SECRET)
    RecoveryCodes.activate(boris)
    return boris


def password_given(login: str) -> Client:
    browser = Client()
    browser.post("/sign-in/", {"login": login, "password": PASSWORD})
    return browser


def test_the_password_alone_opens_nothing(careful: User):
    browser = password_given("boris")
    assert browser.get("/me/").status_code == 302
    assert browser.post("/sign-in/code/", {"code": code()}).status_code == 302
    assert browser.get("/me/").status_code == 200


def test_a_code_works_once(careful: User):
    used = code()
    assert password_given("boris").post("/sign-in/code/", {"code": used}).status_code == 302
    with time_machine.travel(time.time() + 30, tick=False):
        second = password_given("boris")
        second.post("/sign-in/code/", {"code": used})
        assert second.get("/me/").status_code == 302


def test_guessing_codes_is_slowed(careful: User):
    browser = password_given("boris")
    for number in range(5):
        browser.post("/sign-in/code/", {"code": f"00000{number}"})
    answer = browser.post("/sign-in/code/", {"code": code()})
    assert answer.context["form"].errors["code"].as_data()[0].code == "resting"


def test_AUTH_3_recovery_codes_work_once_and_lie_sealed(careful: User):
    row = Authenticator.objects.get(user=careful, type="recovery_codes")
    first = row.wrap().get_unused_codes()[0]
    assert password_given("boris").post("/sign-in/code/", {"code": first}).status_code == 302
    again = password_given("boris")
    again.post("/sign-in/code/", {"code": first})
    assert again.get("/me/").status_code == 302
    assert SECRET not in str(list(Authenticator.objects.values("data")))


def test_AUTH_3_who_owes_a_second_factor_gets_it_first_on_every_door(boris: User):
    demand(SecondFactor.LEADS)
    browser = password_given("boris")
    page: dict[str, Any] = {"HTTP_ACCEPT": "text/html"}
    assert browser.get("/me/", **page).headers["Location"] == "/me/security/"
    assert browser.get("/me/security/", **page).status_code == 200
    assert browser.get("/me/", **page, HTTP_HX_REQUEST="true").status_code == 403, "a fragment"
    assert browser.get("/live", HTTP_ACCEPT="text/event-stream").status_code == 403, "the stream"
    assert browser.get("/live", **page).status_code == 302, "the stream, opened like a page"
    for address in ("/", "/search/?q=x", "/clients/", "/notices/"):
        assert browser.get(address, **page).headers["Location"] == "/me/security/", address
    assert browser.get("/api/v1/tickets").status_code == 403, "nor does the door of programs by this session"
    assert browser.post("/me/keys/", {"name": "x", "scopes": "tickets:read"}, **page).status_code == 403, "a key"


def test_AUTH_3_the_demonstration_and_agents_are_not_asked(boris: User, anna: User):
    demand(SecondFactor.LEADS)
    assert password_given("anna").get("/me/").status_code == 200
    Organisation.objects.update(is_demo=True)
    recent.forget()
    assert password_given("boris").get("/me/").status_code == 200


def test_connecting_an_app_opens_the_desk_and_gives_recovery_codes(boris: User):
    demand(SecondFactor.LEADS)
    browser = password_given("boris")
    page = browser.get("/me/second-factor/app/").content.decode()
    secret = re.search(r'id="totp-secret">(\w+)<', page)
    assert secret
    answer = browser.post("/me/second-factor/app/", {"code": code(secret[1])}, follow=True)
    assert len(answer.context["unused_codes"]) == 10
    assert browser.get("/me/").status_code == 200
    again = browser.get("/me/second-factor/codes/").content.decode()
    assert answer.context["unused_codes"][0] not in again, "codes are shown once"


def test_taking_the_last_factor_away_brings_the_debt_back(careful: User):
    demand(SecondFactor.EVERYONE)
    browser = password_given("boris")
    browser.post("/sign-in/code/", {"code": code()})
    browser.post("/me/second-factor/app/remove/", {})
    assert browser.get("/me/", HTTP_ACCEPT="text/html").headers["Location"] == "/me/security/"


def test_a_change_of_security_asks_again_who_it_is_after_a_while(anna: User):
    start = time.time()
    browser = password_given("anna")
    assert browser.get("/me/second-factor/app/").status_code == 200
    with time_machine.travel(start + 400, tick=False):
        assert browser.get("/me/second-factor/app/").headers["Location"].startswith("/sign-in/again/")
        told = {"password": PASSWORD, "next": "/me/second-factor/app/"}
        assert browser.post("/sign-in/again/", told).headers["Location"] == "/me/second-factor/app/"
        assert browser.get("/me/second-factor/app/").status_code == 200


def test_an_administrator_frees_a_person_who_lost_the_phone(careful: User, admin: User):
    browser = password_given("boris")
    browser.post("/sign-in/code/", {"code": code()})
    careful.remove_second_factor(by=admin)
    assert browser.get("/me/").status_code == 302, "open sessions end"
    assert password_given("boris").get("/me/").status_code == 200


def test_AUTH_3_no_browser_is_ever_trusted_instead_of_the_code(careful: User):
    browser = password_given("boris")
    browser.post("/sign-in/code/", {"code": code()})
    browser.post("/sign-out/")
    assert browser.cookies.get("known"), "it is remembered, so that strangers do not slow its person down"
    browser.post("/sign-in/", {"login": "boris", "password": PASSWORD})
    assert browser.get("/me/").status_code == 302
    assert browser.get("/live", HTTP_ACCEPT="text/event-stream").status_code == 401
    assert browser.post("/sign-in/code/", {"code": "000000"}).status_code != 302
    assert browser.get("/me/").status_code == 302


def test_AUTH_3_a_link_to_set_a_password_is_no_way_around_the_code(careful: User):
    secret = OneTimeLink.objects.issue(Purpose.RESET, careful)
    browser = Client()
    assert browser.post(f"/sign-in/link/{secret}/", {"password": "a new long password 7"}).status_code == 302
    assert browser.get("/me/").status_code == 302
    browser.post("/sign-in/", {"login": "boris", "password": "a new long password 7"})
    assert browser.get("/me/").status_code == 302, "and the new password alone opens nothing either"
