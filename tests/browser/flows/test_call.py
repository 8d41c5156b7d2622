"""Flow 9: an incoming call becomes a request in two presses, and its result is demanded."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from otklik.adapters.phone.models import Exchange
from otklik.adapters.phone.signing import sign
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.calls.models import Call, Draft, Extension
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Identity
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace import menu
from tests.browser.conftest import hears
from tests.fixtures.live import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NUMBER = "+79001112233"


@pytest.fixture
def tells(line_one: Team, anna: User, ilya: User) -> Callable[..., None]:
    """As the exchange does it: signed, over the same door."""
    menu.forget()
    channel = Channel.objects.create(kind="phone", name="8-800", address="+78005551020", team=line_one)
    exchange = Exchange(channel=channel)
    secret = exchange.renew_secret()
    Extension.objects.create(user=anna, number="101")
    Extension.objects.create(user=ilya, number="102")

    def tell(event: str, call: str = "c1", **told: str) -> None:
        now = clock.now()
        body = json.dumps(
            {"event": event, "call": call, "at": now.isoformat(), "id": f"{call}{event}", **told}
        ).encode()
        stamp = int(now.timestamp())
        head = {"Otklik-Timestamp": str(stamp), "Otklik-Signature": sign(secret, stamp, body)}
        answer = Client().post(f"/hooks/phone/{exchange.key}/", body, "application/json", headers=head)
        assert answer.status_code == 200

    return tell


def test_FLOW_9_a_call_becomes_a_request_in_one_press_and_its_result_is_demanded(
    at_desk: Any, tells: Callable[..., None], ticket: Ticket, anna: User, ilya: User
) -> None:
    Identity.objects.create(contact=ticket.contact, kind="phone", value=NUMBER)
    page = at_desk(anna)
    page.goto("/queue/line/")
    page.wait_for_load_state("load")
    hears(anna)

    tells("ringing", number=NUMBER, extension="101", direction="in")
    card = page.locator("#callcard")
    expect(card).to_contain_text("Павел Демидов")
    assert not page.evaluate("document.getElementById('callcard').contains(document.activeElement)")

    tells("answered", extension="101")
    expect(card).to_have_attribute("data-state", "talking")
    card.locator("textarea").fill("Не слышно собеседника")
    card.get_by_role("button", name=ticket.subject).click()  # one press from the call to the request
    page.wait_for_url(f"**/tickets/{ticket.pk}/**")
    expect(page.locator(".callrec")).to_contain_text("Сейчас говорят")
    expect(card).to_have_attribute("data-state", "talking")

    expect(card.locator("textarea")).to_have_value("Не слышно собеседника")  # it went along to the other page
    card.locator("textarea").fill("Не слышно собеседника, проверить кабель")
    tells("ended")
    expect(card).to_have_attribute("data-state", "over")
    expect(card.locator("textarea")).to_have_value("Не слышно собеседника, проверить кабель")
    wait_until(lambda: Draft.objects.filter(form__note="Не слышно собеседника, проверить кабель").exists())
    page.context.close()

    page = at_desk(anna)  # another browser, which holds nothing of it
    page.goto("/queue/line/")
    card = page.locator("#callcard")
    expect(card.locator("textarea")).to_have_value("Не слышно собеседника, проверить кабель")
    page.goto(f"/tickets/{ticket.pk}/")
    page.wait_for_load_state("load")
    card.get_by_role("button", name="Записать итог").click()
    expect(card.locator(".err")).to_contain_text("чем закончился")
    card.get_by_text("вопрос остался за нами").click()
    card.get_by_role("button", name="Записать итог").click()
    expect(card).to_have_count(0)
    expect(page.locator(".callrec")).to_contain_text("вопрос остался за нами")
    assert Call.objects.get().ticket == ticket


def test_FLOW_9_an_unknown_caller_is_looked_for_and_another_answers(
    at_desk: Any, tells: Callable[..., None], ticket: Ticket, anna: User, ilya: User
) -> None:
    page = at_desk(anna)
    page.goto("/calls/")
    page.wait_for_load_state("load")
    hears(anna)

    for extension in ("101", "102"):
        tells("ringing", number=NUMBER, extension=extension, direction="in", id=f"r{extension}")
    search = page.locator("#callcard input[type=search]")
    expect(search).to_be_focused()
    page.keyboard.type("Демидов")
    expect(page.locator("#cfound button")).to_contain_text("Павел Демидов")

    tells("answered", extension="102")
    expect(page.locator("#callcard")).to_have_count(0)


def test_FLOW_9_an_unknown_caller_has_a_request_in_two_presses(
    at_desk: Any, tells: Callable[..., None], ticket: Ticket, anna: User
) -> None:
    """The search has the caret: a name is typed, the first press says who it is, the second opens the request."""
    page = at_desk(anna)
    page.goto("/calls/")
    page.wait_for_load_state("load")
    hears(anna)
    tells("ringing", number=NUMBER, extension="101", direction="in")
    card = page.locator("#callcard")
    expect(card.locator("input[type=search]")).to_be_focused()
    tells("answered", extension="101")
    expect(card).to_have_attribute("data-state", "talking")
    expect(card.locator("input[type=search]")).to_be_focused()
    page.keyboard.type("Демидов")
    card.locator("#cfound button", has_text="Павел Демидов").click()
    expect(card.get_by_role("heading", name="Павел Демидов")).to_be_visible()
    card.get_by_role("button", name="Новое обращение").click()
    page.wait_for_url("**/tickets/*/**")
    call = wait_until(lambda: Call.objects.filter(ticket__isnull=False).first())
    assert call.contact == ticket.contact and call.ticket != ticket
    assert f"/tickets/{call.ticket_id}/" in page.url
