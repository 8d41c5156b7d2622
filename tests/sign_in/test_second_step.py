"""A code from an app, a passkey, a recovery code: enrolled and used in a real browser."""

import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from otklik.core.staff.models import User
from tests.fixtures.cast import PASSWORD

pytestmark = pytest.mark.usefixtures("live_app")


def give_password(page: Any, login: str) -> None:
    page.goto("/sign-in/")
    page.locator("[name=login]").fill(login)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")


def sign_out(page: Any) -> None:
    page.goto("/sign-out/")
    page.locator("[type=submit].primary").click()
    page.wait_for_url("**/sign-in/")


def code(secret: str, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def is_in(page: Any, login: str) -> bool:
    page.goto("/me/")
    return "/sign-in/" not in page.url and page.locator("dd", has_text=login).count() > 0


def test_an_app_is_connected_and_its_codes_are_asked(page: Any, boris: User) -> None:
    give_password(page, "boris")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto("/me/second-factor/app/")
    page.locator("summary").click()
    secret = page.locator("#totp-secret").inner_text()
    page.locator("[name=code]").fill(code(secret))
    page.locator("[type=submit].primary").click()
    recovery = page.locator("#recovery-codes").inner_text().split()
    assert len(recovery) == 10

    sign_out(page)
    give_password(page, "boris")
    page.wait_for_url("**/sign-in/code/")
    page.locator("[name=code]").fill("000000")
    page.keyboard.press("Enter")
    page.locator(".err:visible").wait_for()
    page.locator("[name=code]").fill(code(secret, ahead=1))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    assert is_in(page, "boris")

    sign_out(page)
    give_password(page, "boris")
    page.locator("[name=code]").fill(recovery[0])
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    assert is_in(page, "boris")


@pytest.fixture
def with_key(page: Any) -> Any:
    """A person whose computer has a fingerprint reader, as far as Chromium knows."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    about = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    about |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": about})
    page.devtools, page.authenticator = devtools, made["authenticatorId"]
    return page


def test_a_passkey_opens_the_desk_in_one_click(with_key: Any, anna: User) -> None:
    page = with_key
    give_password(page, "anna")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto("/me/second-factor/keys/add/")
    page.locator("#id_name").fill("рабочий ноутбук")
    page.locator("[type=submit].primary").click()
    page.wait_for_url("**/me/second-factor/codes/")
    page.goto("/me/security/")
    expect(page.get_by_text("рабочий ноутбук")).to_have_count(1)

    sign_out(page)
    page.locator("form[data-passkey=sign-in] button").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    assert is_in(page, "anna")


def test_a_person_who_left_is_not_let_in_by_the_key(with_key: Any, anna: User, admin: User) -> None:
    page = with_key
    give_password(page, "anna")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto("/me/second-factor/keys/add/")
    page.locator("[type=submit].primary").click()
    page.wait_for_url("**/me/second-factor/codes/")
    anna.refresh_from_db()
    anna.deactivate(by=admin)
    page.goto("/sign-in/")
    page.locator("form[data-passkey=sign-in] button").click()
    page.locator(".toast").wait_for()
    page.goto("/me/")
    assert "/sign-in/" in page.url


def test_a_refused_key_is_explained(page: Any, anna: User) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    about = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": about | {"isUserVerified": False, "automaticPresenceSimulation": True}},
    )
    page.goto("/sign-in/")
    page.locator("form[data-passkey=sign-in] button").click()
    page.locator("form[data-passkey=sign-in] .err:visible").wait_for()
