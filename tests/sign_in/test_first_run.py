"""From an empty database to the queue of a signed-in administrator, by mouse and keyboard."""

from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff import first_run
from otklik.core.staff.models import Organisation, Team, User
from otklik.desk.channels.models import Channel

pytestmark = pytest.mark.usefixtures("live_app")
SECRET = "корабль-на-рейде-9"


def test_the_wizard_leads_from_nothing_to_the_queue(page: Any) -> None:
    page.goto("/")
    assert page.url.endswith("/setup/")
    page.get_by_role("textbox").fill(first_run.setup_code())
    page.keyboard.press("Enter")

    page.locator("[name=name]").fill("Северный мост")
    page.locator("[type=submit].primary").click()

    page.locator("[name=email]").fill("gleb@most.example")  # first: the page before had a name as well
    page.locator("[name=name]").fill("Глеб Орлов")
    page.locator("[name=login]").fill("gleb")
    page.locator("[name=password]").fill(SECRET)
    page.locator("[type=submit].primary").click()

    page.locator("[name=first_answer]").fill("30")
    page.locator("[name=first_answer_unit]").select_option("60")
    page.locator("[type=submit].primary").click()

    page.locator("[name=receiving][value=receiver]").check()
    page.locator("[name=sending][value=viewer]").check()
    page.locator("[name=address]").fill("help@most.example")
    page.keyboard.press("Enter")  # goes on: the first button of the form is not "skip"

    page.locator("[name=sat]").fill("10-15")
    page.keyboard.press("Enter")

    page.wait_for_url(lambda url: "/setup/" not in url)
    page.locator(".queue, [data-rows]").first.wait_for(state="attached")
    gleb = User.objects.get()
    line = Team.objects.get(members=gleb)
    assert line.first_answer.total_seconds() == 1800
    assert line.calendar.weekly["sat"] == [["10:00", "15:00"]]
    assert Channel.objects.get().address == "help@most.example"
    assert Organisation.objects.own_copy().name == "Северный мост"


def test_a_mailbox_that_does_not_answer_is_told_in_words_and_can_wait(page: Any) -> None:
    administrator = first_run.first_administrator(
        str(first_run.setup_code()), login="gleb", email="g@most.example", name="Глеб", password=SECRET
    )
    Team.objects.create(name="Первая", calendar=_calendar())
    _sign_in(page, administrator)
    page.goto("/settings/channels/new/email/")
    page.locator("[name=address]").fill("help@most.example")
    page.locator("[name=imap_password]").fill("secret")
    for half in ("imap", "smtp"):
        page.locator(f"details:has([name={half}_host]) > summary").click()
        page.locator(f"[name={half}_host]").fill("127.0.0.1")
        page.locator(f"[name={half}_port]").fill("1")
    page.locator("[type=submit].primary").click()
    expect(page.locator(".callout[data-s=breach]:visible")).to_have_count(2)
    assert not Channel.objects.exists()
    page.locator("[name=imap_password]").fill("secret")
    page.locator("[name=anyway]").click()
    page.wait_for_url("**/settings/channels/")
    assert Channel.objects.get().mailbox.imap_host == "127.0.0.1"


def _calendar() -> Any:
    from otklik.core.calendar.models import BusinessCalendar

    return BusinessCalendar.objects.create(name="Рабочие дни", is_default=True)


def _sign_in(page: Any, person: User) -> None:
    page.goto("/sign-in/")
    page.locator("[name=login]").fill(person.login)
    page.locator("[name=password]").fill(SECRET)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)
