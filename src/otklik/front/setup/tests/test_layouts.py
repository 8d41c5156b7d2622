"""The settings of the page of a request: pressed, looked at, taken back, and who may."""

import re

import pytest
from django.test import Client

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.tickets.layouts import BLOCKS, Kind, delivered
from otklik.desk.tickets.models import Layout
from tests.fixtures.cast import signed_in

pytestmark = pytest.mark.django_db
HERE = "/settings/layouts/complaint/"


def press(browser: Client, block: str, to: str) -> str:
    answer = browser.post(f"{HERE}press/", {"block": block, "to": to}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_blocks_are_pressed_and_the_focus_stays_at_the_button(admin: User) -> None:
    browser = signed_in(admin)
    assert len(re.findall("как в поставке", browser.get("/settings/layouts/").content.decode())) == len(Kind)

    page = press(browser, "client.products", "up")
    assert re.search(r'id="b-client-products".*?name="to" value="up"[^>]* autofocus', page, re.DOTALL)
    press(browser, "client.talk", "folded")
    page = press(browser, "tabs.visits", "hidden")
    assert re.search(r'id="b-tabs-visits" data-state="hidden"', page)

    layout = Layout.objects.get(pk="complaint")
    assert (layout.folded, layout.hidden) == (["client.talk"], ["tabs.visits"])
    usual = delivered(Kind.COMPLAINT).of("client")
    assert layout.plan.of("client").index("client.products") == usual.index("client.products") - 1
    assert Entry.objects.filter(kind="staff.SettingsChanged", actor=admin, data__what="layout").count() == 3
    assert "настроено вами" in browser.get("/settings/layouts/").content.decode()
    assert Layout.objects.get(pk="ordinary").is_delivered

    browser.post(f"{HERE}deliver/")
    assert Layout.objects.get(pk="complaint").is_delivered


def test_at_an_end_the_focus_goes_to_the_way_that_is_left(admin: User) -> None:
    first, second = delivered(Kind.COMPLAINT).of("client")[:2]

    page = press(signed_in(admin), second, "up")

    row = re.search(rf'id="b-{second.replace(".", "-")}".*?</li>', page, re.DOTALL)
    assert row and re.search(r'value="up"[^>]* disabled', row[0]) and re.search(r'value="down"[^>]* autofocus', row[0])
    assert Layout.objects.get(pk="complaint").plan.of("client")[:2] == [second, first]


def test_the_picture_shows_what_agents_will_see(admin: User) -> None:
    browser = signed_in(admin)
    press(browser, "client.addresses", "hidden")
    page = press(browser, "client.products", "folded")

    picture = page[page.index("page-picture") :]
    assert "Адреса" not in picture and re.search(r'data-state="folded"[^<]*<i[^>]*></i>Продукты', picture)


def test_who_changed_what_is_told_to_who_may_read_the_trail(admin: User, head: User, boris: User) -> None:
    browser = signed_in(admin)
    press(browser, "client.talk", "folded")
    press(browser, "client.talk", "open")
    press(browser, "above.files", "hidden")
    press(browser, "client.hello", "down")
    browser.post(f"{HERE}deliver/")

    told = browser.get(HERE).content.decode()
    changes = told[told.index('id="changes"') : told.index("page-picture")]
    for words in ("Свёрнуто: Как говорить", "Скрыто: Все файлы", "Порядок: Вкладка", "Как в поставке"):
        assert words in changes
    assert changes.count(admin.name) == 5
    assert 'id="changes"' in signed_in(head).get(HERE).content.decode()
    assert 'id="changes"' not in signed_in(boris).get(HERE).content.decode()


@pytest.mark.parametrize(("block", "to"), [("client.note", "hidden"), ("client.nothing", "up"), ("", ""), ("x", "y")])
def test_what_cannot_be_is_said(admin: User, block: str, to: str) -> None:
    page = press(signed_in(admin), block, to)

    assert Layout.objects.get(pk="complaint").is_delivered
    assert "на виду" in page or "Блока" in page


def test_an_unknown_way_changes_nothing(admin: User) -> None:
    press(signed_in(admin), "client.talk", "sideways")

    assert Layout.objects.get(pk="complaint").is_delivered


@pytest.mark.parametrize(("who", "reads"), [("anna", 404), ("boris", 200), ("head", 200), ("admin", 200)])
def test_leads_look_and_administrators_change(who: str, reads: int, request: pytest.FixtureRequest) -> None:
    browser = signed_in(request.getfixturevalue(who))

    assert browser.get("/settings/layouts/").status_code == reads
    page = browser.get(HERE)
    assert page.status_code == reads
    assert (f"{HERE}press/" in page.content.decode()) is (who == "admin")
    pressed = browser.post(f"{HERE}press/", {"block": "client.talk", "to": "folded"}).status_code
    taken_back = browser.post(f"{HERE}deliver/").status_code
    assert (pressed, taken_back) == ((302, 302) if who == "admin" else (404, 404))
    assert browser.get("/settings/layouts/nothing/").status_code == 404


def test_every_block_is_there_with_a_name(admin: User) -> None:
    page = signed_in(admin).get("/settings/layouts/ordinary/").content.decode()

    assert re.findall(r'<li id="b-([a-z-]+)"', page) == [code.replace(".", "-") for code in BLOCKS]
