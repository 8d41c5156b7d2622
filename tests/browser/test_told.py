"""How one is told: choices hold, My day by two keys, and a push reaches a browser that shows another page."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.notices.models import PersonChoice
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from tests.browser.conftest import press_russian
from tests.fixtures.browser import stand_still
from tests.fixtures.live import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]


COUNTS_LOOKS = """() => {
  self.looks = 0;
  const asked = clients.matchAll.bind(clients);
  clients.matchAll = async (...how) => {
    const found = await asked(...how);
    looks += 1;
    return found;
  };
}"""
"""Before it shows anything the worker looks who looks at the desk: it counts how often it did."""


def test_a_choice_holds_after_a_reload(at_desk: Desk, anna: User) -> None:
    page = at_desk(anna)
    page.goto("/me/notices/")
    boxes = page.locator("tbody input[type=checkbox]:not([disabled])")
    before = [boxes.nth(number).is_checked() for number in range(boxes.count())]
    boxes.nth(0).set_checked(not before[0])
    boxes.nth(4).set_checked(not before[4])
    page.locator("[name=bare]").check()
    page.locator(".savebar .primary").click()
    expect(page.locator(".toast")).to_be_visible()
    page.reload()
    wanted = [not was if number in (0, 4) else was for number, was in enumerate(before)]
    for number, chosen in enumerate(wanted):
        expect(boxes.nth(number)).to_be_checked(checked=chosen)
    expect(page.locator("[name=bare]")).to_be_checked()
    assert PersonChoice.objects.get().bare

    page.get_by_role("button", name="Как в моей линии").click()
    expect(page.locator(".toast")).to_be_visible()
    for number, chosen in enumerate(before):
        expect(boxes.nth(number)).to_be_checked(checked=chosen)


def test_my_day_opens_by_two_keys_on_a_russian_layout(at_desk: Desk, anna: User, ticket: Ticket) -> None:
    ticket.take(by=anna)
    page = at_desk(anna)
    page.goto("/")
    page.wait_for_load_state("load")
    stand_still(page)  # the second key has a second
    press_russian(page, "G")
    press_russian(page, "D")
    page.wait_for_url("**/my/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Мой день")


@pytest.mark.whole_browser
def test_a_push_is_shown_to_who_looks_elsewhere_alone(at_desk: Desk, live_app: Any, anna: User, ticket: Ticket) -> None:
    page = at_desk(anna)
    page.context.grant_permissions(["notifications"], origin=live_app.url)
    page.goto("/me/notices/")
    offered = page.get_by_role("button", name="Показывать уведомления в этом браузере")
    expect(offered).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    assert page.evaluate("Notification.permission") == "granted"

    [works] = page.context.service_workers
    works.evaluate(COUNTS_LOOKS)
    line, known = page.context.new_cdp_session(page), []
    line.on("ServiceWorker.workerRegistrationUpdated", lambda told: known.extend(told["registrations"]))
    line.send("ServiceWorker.enable")
    wait_until(lambda: page.evaluate("true") and known)
    push = {"origin": live_app.url, "registrationId": known[0]["registrationId"]}
    news = {"title": "№ 1 Звонок", "text": "Скоро срок", "tag": "t1", "at": f"/tickets/{ticket.number}/"}
    shown = (
        "navigator.serviceWorker.ready.then((worker) => worker.getNotifications())"
        ".then((all) => all.map((one) => [one.title, one.body, one.data.at]))"
    )

    line.send("ServiceWorker.deliverPushMessage", {**push, "data": json.dumps({**news, "title": "в самом продукте"})})
    wait_until(lambda: works.evaluate("looks") == 1)
    page.goto("about:blank")
    line.send("ServiceWorker.deliverPushMessage", {**push, "data": json.dumps(news)})
    page.goto("/me/notices/")
    wait_until(lambda: page.evaluate(shown))
    assert page.evaluate(shown) == [["№ 1 Звонок", "Скоро срок", f"/tickets/{ticket.number}/"]]
