"""The status page from the settings to the reader: in a real browser, by everybody who has a part in it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from otklik.care.incidents.models import Incident
from otklik.care.status import mailing
from otklik.care.status.models import Component, Group, Outage, Report, StatusPolicy, Subscriber, Works
from otklik.care.status.models.report import Said
from otklik.core import recent
from otklik.core.journal import clock
from otklik.core.staff.models import User
from tests.fixtures.browser import NARROW, WIDE, settle
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture
def calls(organisation: object) -> Component:
    group = Group.objects.create(name_ru="Серверы", name_en="Servers")
    since = clock.now() - timedelta(days=100)
    StatusPolicy.objects.create(pk=1, is_open=True)
    return Component.objects.create(group=group, name_ru="Звонки", name_en="Calls", since=since)


def test_from_the_settings_to_the_reader(
    at_desk: Desk, new_page: Any, live_app: Any, admin: User, boris: User, organisation: object
) -> None:
    office = at_desk(admin)
    office.goto("/settings/status/")
    office.get_by_role("link", name="Группа", exact=True).click()
    office.fill("[name=name_ru]", "Операторы связи")
    office.get_by_role("button", name="Сохранить").click()
    office.get_by_role("link", name="Компонент", exact=True).click()
    office.fill("[name=name_ru]", "Северные линии")
    office.fill("[name=name_en]", "Northern lines")
    office.get_by_role("button", name="Сохранить").click()
    expect(office.get_by_role("heading", name="Северные линии")).to_be_visible()
    office.goto("/settings/status/")
    office.get_by_label("Страница открыта всем").check()
    office.get_by_role("button", name="Сохранить").click()
    expect(office.locator("#toasts")).to_contain_text("Сохранено")

    reader = new_page(viewport=NARROW)
    reader.goto("/status/")
    expect(reader.get_by_role("heading", name="Всё работает")).to_be_visible()

    lead = at_desk(boris)
    lead.goto("/board/availability/")
    lead.get_by_role("link", name="Сказать, как есть").click()
    lead.get_by_label("Северные линии").check()
    lead.get_by_label("не работает", exact=True).check()
    lead.fill("[name=title_ru]", "Звонки на север не проходят")
    lead.fill("[name=title_en]", "Calls to the north fail")
    lead.fill("[name=text_ru]", "Оператор чинит магистраль.")
    lead.fill("[name=text_en]", "The operator mends the trunk.")
    lead.get_by_role("button", name="Опубликовать").click()
    expect(lead.get_by_role("heading", name="Звонки на север не проходят")).to_be_visible()

    reader.reload()
    expect(reader.get_by_role("heading", name="«Северные линии» не работает")).to_be_visible()
    expect(reader.get_by_text("Оператор чинит магистраль.")).to_be_visible()
    reader.get_by_role("link", name="In English").click()
    expect(reader.get_by_text("The operator mends the trunk.")).to_be_visible()

    lead.get_by_label("закончилось").check()
    lead.fill("[name=text_ru]", "Магистраль восстановлена.")
    lead.get_by_role("button", name="Опубликовать").click()
    expect(lead.get_by_text("дополнено позже")).to_be_visible()
    reader.goto("/status/?lang=ru")
    expect(reader.get_by_role("heading", name="Всё работает")).to_be_visible()
    expect(reader.get_by_text("Магистраль восстановлена.")).to_be_visible()
    assert Outage.objects.get().ended_at is not None


def test_an_incident_goes_on_the_page_with_one_press(
    at_desk: Desk, new_page: Any, live_app: Any, anna: User, calls: Component
) -> None:
    incident = Incident.objects.declare(
        title="Плата 7 сгорела", affects="Входящие звонки обрываются", severity=2, by=anna, leader=anna
    )
    desk = at_desk(anna)
    desk.goto(f"/incidents/{incident.number}/")
    desk.get_by_role("link", name="На страницу состояния").click()
    desk.get_by_label("Звонки").check()
    desk.get_by_role("button", name="Опубликовать").click()
    expect(desk.get_by_text("Сообщения клиентам появляются и там.")).to_be_visible()
    reader = new_page(viewport=NARROW)
    reader.goto("/status/")
    expect(reader.get_by_text("Входящие звонки обрываются")).to_be_visible()
    expect(reader.get_by_text("Плата 7")).to_have_count(0)


def test_news_by_mail_are_asked_for_confirmed_and_ended(
    new_page: Any, live_app: Any, calls: Component, boris: User, door: object, paper: Paper
) -> None:
    reader = new_page(viewport=NARROW)
    reader.goto("/status/")
    reader.get_by_role("link", name="Новости по почте").click()
    reader.get_by_role("button", name="Подписаться").click()
    expect(reader.locator("[name=address][aria-invalid=true]")).to_be_visible()
    reader.fill("[name=address]", "reader@volga.test")
    reader.get_by_role("button", name="Подписаться").click()
    expect(reader.get_by_role("heading", name="Проверьте почту")).to_be_visible()
    page = paper.letters[-1].text.split("https://desk.test")[1].split()[0]
    reader.goto(page)
    reader.get_by_role("button", name="Подтвердить").click()
    expect(reader.get_by_role("heading", name="Вы подписаны")).to_be_visible()
    begins = clock.now() + timedelta(days=4)
    Works.objects.announce(Said("Замена платы"), Said(), [calls], begins, begins + timedelta(hours=1), by=boris)
    mailing.address_all()
    assert mailing.send_due() == 1
    reader.goto(paper.letters[-1].unsubscribe.removeprefix("https://desk.test"))
    reader.get_by_role("button", name="Отписаться").click()
    expect(reader.get_by_role("heading", name="Писем больше не будет")).to_be_visible()
    assert not Subscriber.objects.active().exists()


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(
    new_page: Any, live_app: Any, calls: Component, boris: User, viewport: Any, scheme: Any
) -> None:
    """With everything on it; nothing runs out of a phone."""
    now = clock.now()
    words = Said("Звонки обрываются", "Calls break off"), Said("Ищем причину", "We look into it")
    for days, state in ((40, "down"), (20, "slow"), (5, "partial")):
        began = now - timedelta(days=days)
        Outage.objects.begin(
            calls, state, source="hand", by=boris, began_at=began, ended_at=began + timedelta(minutes=70)
        )
    Report.objects.publish(*words, [calls], "down", by=boris)
    begins = now + timedelta(days=4)
    Works.objects.announce(
        Said("Замена платы"), Said("Ненадолго"), [calls], begins, begins + timedelta(hours=1), by=boris
    )
    recent.forget()
    page = new_page(viewport=viewport, color_scheme=scheme, bypass_csp=True)
    for address in ("/status/", "/status/history/", "/status/subscribe/"):
        page.goto(address)
        for folded in page.locator("summary").all():
            folded.click()
        settle(page)
        found = Axe().run(page, options=WCAG)
        assert found.response["passes"] and not found.response["violations"], found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
