"""When a client is not to be disturbed and what they agreed to: on the card, beside the answer, and in what leaves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.care.surveys.models import Invitation
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Consent, Contact, QuietPeriod
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


def test_a_quiet_period_is_written_warns_and_holds_the_survey_back(
    at_desk: Desk, anna: User, ticket: Ticket, pavel: Contact, settings: Any
) -> None:
    settings.SURVEY_DELAY_SECONDS = 0
    page = at_desk(anna)
    page.goto(f"/clients/contact/{pavel.pk}/")
    page.wait_for_load_state("load")
    quiet = page.locator("#rows-quiet")
    quiet.get_by_role("link", name="Добавить время тишины").click()
    expect(quiet.locator("[name=reason]")).to_be_focused()
    quiet.locator("[name=reason]").fill("закрытие квартала")
    page.keyboard.press("Enter")
    expect(quiet.get_by_role("alert")).to_be_visible()  # a period without a time is none
    expect(quiet.locator("[name=reason]")).to_have_value("закрытие квартала")
    quiet.locator("[name=ends_on]").fill((clock.today() + timedelta(days=2)).isoformat())
    quiet.get_by_role("button", name="Сохранить").click()
    expect(quiet.locator("li")).to_contain_text("закрытие квартала")

    page.goto(f"/tickets/{ticket.number}/")
    expect(page.locator("body")).to_contain_text("тишина до")  # a person is told, and may write all the same
    expect(page.locator("#reply-text")).to_be_editable()
    ticket.reply("Готово", by=anna, then=Resolve("готово"))
    Invitation.objects.send_due()
    assert Invitation.objects.exists()
    assert not Outbound.objects.filter(kind="survey").exists(), "what goes by itself waits"

    page.goto(f"/clients/contact/{pavel.pk}/")
    page.wait_for_load_state("load")
    quiet.locator("li a.edit").click()
    quiet.get_by_role("button", name="Удалить").click()
    expect(quiet).to_contain_text("писать можно в любое время")
    assert not QuietPeriod.objects.exists()


def test_a_consent_names_its_text_and_is_taken_back(at_desk: Desk, anna: User, ticket: Ticket, pavel: Contact) -> None:
    page = at_desk(anna)
    page.goto(f"/clients/contact/{pavel.pk}/")
    page.wait_for_load_state("load")
    rows = page.locator("#rows-consents")
    rows.get_by_role("link", name="Записать согласие").click()
    expect(rows.locator("form").first).to_be_visible()
    rows.locator("[name=purpose]").select_option("marketing")
    rows.locator("[name=given]").set_checked(checked=True)
    rows.locator("[name=source]").fill("форма на сайте")
    rows.get_by_role("button", name="Сохранить").click()
    expect(rows).to_contain_text("с какой версией текста")
    rows.locator("[name=version]").fill("2026-09")
    rows.get_by_role("button", name="Сохранить").click()
    row = rows.locator("li")
    expect(row).to_contain_text("2026-09")
    expect(row).to_contain_text("форма на сайте")
    expect(row.locator(".chip")).to_have_attribute("data-s", "ok")

    row.locator("a.edit").click()
    rows.get_by_role("button", name="Отзывают").click()
    expect(rows.locator("li .chip")).to_have_attribute("data-s", "breach")
    assert list(Consent.objects.order_by("id").values_list("given", flat=True)) == [True, False]
