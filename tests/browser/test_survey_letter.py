"""A letter of a survey as it leaves by SMTP: its links work, the mark can be changed, the way out holds."""

from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.adapters.email.models import Mailbox
from otklik.adapters.email.tests.conftest import Server, Take, mail, mailbox, server, support, take
from otklik.care.surveys.models import Invitation, Score
from otklik.core.journal import clock
from otklik.core.staff.models import Organisation, User
from otklik.desk.channels import outbox
from otklik.desk.clients.models import Consent
from otklik.desk.clients.purposes import Agreed
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.browser import NARROW

__all__ = ["mailbox", "server", "support", "take"]
pytestmark = pytest.mark.django_db(transaction=True)

NIGHT = "color-scheme:dark;background:#1b1c1e;color:#e9e8e6;padding:14px;font:15px/1.5 system-ui"


@pytest.fixture
def letter(server: Server, take: Take, mailbox: Mailbox, anna: User, live_app: Any) -> EmailMessage:
    """What the mail server was given after a solution."""
    house = Organisation.objects.own_copy()
    house.site_url = live_app.url
    house.save()
    rude = server()
    mailbox.channel.acknowledges = False
    mailbox.channel.save()
    take(mail())
    Ticket.objects.get().reply("Заменили кабель.", by=anna, then=Resolve())
    with clock.at(clock.now() + timedelta(hours=1)):
        assert Invitation.objects.send_due() == 1
        outbox.send_due()
    found = [message_from_bytes(raw, policy=policy.default) for _sender, _whom, raw in rude.taken]
    return next(one for one in found if "List-Unsubscribe" in one)


def html_of(letter: EmailMessage) -> str:
    body = letter.get_body(("html",))
    assert body is not None
    return f'<div style="{NIGHT}">{body.get_content()}</div>'


def test_a_link_of_the_letter_is_one_press_away_from_a_mark_that_can_be_changed(
    new_page: Callable[..., Any], letter: EmailMessage
) -> None:
    client = new_page(viewport=NARROW, color_scheme="dark")
    client.set_content(html_of(letter))
    links = client.locator("a[href*='score=']")
    expect(links).to_have_count(5)
    sticks_out = "() => document.documentElement.scrollWidth > innerWidth"
    assert not client.evaluate(sticks_out), "the letter is read on a phone"
    client.get_by_role("link", name="2: плохо").click()
    client.wait_for_url("**/survey/*/?score=2")
    expect(client.locator("input[value='2']")).to_be_checked()
    assert not Score.objects.exists(), "a scanner of mail follows links, too"
    client.get_by_role("button", name="Отправить эту оценку").press("Enter")
    expect(client.get_by_text("Оценка сохранена, спасибо.")).to_be_visible()
    client.fill("[name=comment]", "Долго ждал")
    client.get_by_role("button", name="Отправить").click()
    expect(client.get_by_text("Спасибо!")).to_be_visible()
    assert [(one.value, one.comment) for one in Score.objects.all()] == [(2, "Долго ждал")]

    client.get_by_role("link", name="Изменить ответ").click()
    expect(client.locator("[name=comment]")).to_have_value("Долго ждал")
    client.locator("label", has=client.locator("input[value='5']")).click()
    client.get_by_role("button", name="Отправить").click()
    expect(client.get_by_text("Рады это слышать.")).to_be_visible()
    assert Score.objects.get().value == 5


def test_the_way_out_is_in_the_letter_and_in_the_mail_program_and_back(
    new_page: Callable[..., Any], letter: EmailMessage
) -> None:
    client = new_page(viewport=NARROW)
    client.set_content(html_of(letter))
    client.get_by_role("link", name="Больше не спрашивать").click()
    expect(client.locator("h1")).to_have_text("Больше вас не спрашивать?")
    assert client.url in str(letter["List-Unsubscribe"])
    client.get_by_role("button", name="Больше не спрашивать").press("Enter")
    expect(client.locator("h1")).to_have_text("Больше не будем спрашивать")
    ticket = Ticket.objects.get()
    assert Consent.objects.stands(ticket.contact, Agreed.SURVEYS) is False
    client.get_by_role("button", name="Всё-таки спрашивайте").press("Enter")
    expect(client.locator("h1")).to_have_text("Больше вас не спрашивать?")
    assert Consent.objects.stands(ticket.contact, Agreed.SURVEYS) is True
