"""Every page of sign-in, profile, wizard and settings: nothing to complain about for a screen reader or a phone."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from otklik.core.staff import first_run
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from tests.fixtures.browser import NARROW, WIDE, settle

pytestmark = pytest.mark.usefixtures("live_app")
# The examiner writes styles into the page, which our policy forbids; whether pages keep to it is asked elsewhere.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [("light", WIDE), ("dark", NARROW)]


def complaints(page: Any, path: str) -> list[tuple[str, str, str]]:
    page.goto(path)
    page.wait_for_load_state()
    settle(page)
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    wide = [(path, "sticks out sideways", str(sideways))] if sideways > 0 else []
    return [(path, rule["id"], rule["nodes"][0]["html"][:150]) for rule in found] + wide


def let_in(page: Any, person: User, url: str) -> None:
    browser = Client()
    browser.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": browser.cookies[name].value, "url": url}])


@pytest.mark.parametrize(("theme", "size"), LOOKS, ids=["day-wide", "night-phone"])
def test_pages_before_the_door(new_page: Any, anna: User, theme: str, size: Any) -> None:
    page = new_page(color_scheme=theme, viewport=size, reduced_motion="reduce", bypass_csp=True)
    paths = [
        "/sign-in/",
        "/sign-in/forgot/",
        "/sign-in/link/nothing/",
        f"/sign-in/link/{anna.invite(by=None)}/",
    ]
    assert [each for path in paths for each in complaints(page, path)] == []


@pytest.mark.parametrize(("theme", "size"), LOOKS, ids=["day-wide", "night-phone"])
def test_the_wizard(new_page: Any, theme: str, size: Any) -> None:
    page = new_page(color_scheme=theme, viewport=size, reduced_motion="reduce", bypass_csp=True)
    found = complaints(page, "/setup/")
    found += complaints(page, f"/setup/?code={first_run.setup_code()}")
    found += complaints(page, "/setup/administrator/")
    for field, value in {"name": "Глеб", "email": "g@most.example", "password": "корабль-на-рейде-9"}.items():
        page.locator(f"[name={field}]").fill(value)
    page.locator("[type=submit].primary").click()
    page.wait_for_url("**/setup/line/")
    for step in ("line", "mail", "hours"):
        found += complaints(page, f"/setup/{step}/")
    assert found == []


@pytest.mark.parametrize(("theme", "size"), LOOKS, ids=["day-wide", "night-phone"])
def test_ones_own_pages_and_the_settings(
    new_page: Any, live_app: Any, admin: User, anna: User, boris: User, door: Channel, theme: str, size: Any
) -> None:
    door.has_trouble("Пароль не подошёл")
    page = new_page(color_scheme=theme, viewport=size, reduced_motion="reduce", bypass_csp=True)
    let_in(page, admin, live_app.url)
    own = ["/me/", "/me/security/", "/me/keys/", "/me/security/password/", "/me/second-factor/app/"]
    own += ["/me/second-factor/keys/add/", "/sign-out/"]
    line, calendar = door.team_id, door.team.calendar_id
    screens = [
        "",
        "organisation/",
        "people/",
        "people/?who=gone",
        "people/new/",
        f"people/{anna.pk}/",
        "lines/",
    ]
    screens += ["lines/new/", f"lines/{line}/", "hours/", "hours/new/", f"hours/{calendar}/", "channels/"]
    screens += ["channels/new/email/", "about/"]
    paths = own + [f"/settings/{screen}" for screen in screens]
    assert [each for path in paths for each in complaints(page, path)] == []


def test_errors_of_a_form_are_told_to_the_field(page: Any, live_app: Any, admin: User) -> None:
    let_in(page, admin, live_app.url)
    page.goto("/settings/people/new/")
    page.locator("[type=submit].primary").click()
    name = page.locator("[name=name]")
    expect(name).to_have_attribute("aria-invalid", "true")
    told_by = re.split(r"\s+", name.get_attribute("aria-describedby") or "")
    assert any(page.locator(f"#{each}").count() for each in told_by if each)
