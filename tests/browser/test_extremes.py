"""Extremes of clients: a talk of 500 letters, writing from right to left, words without blanks; nothing breaks out."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.models import Ticket
from tests.fixtures.browser import NARROW, WIDE
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)

type Desk = Callable[..., Any]
WIDER = """() => {
  const hidden = (one) => ['hidden', 'clip', 'auto', 'scroll'].includes(getComputedStyle(one).overflowX);
  const out = [...document.querySelectorAll('main b, main a, main h1, main h2, main p, main td, main small, .ccard h2')]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
    .filter((one) => { for (let up = one; up; up = up.parentElement) if (hidden(up)) return false; return true; });
  return [document.documentElement.scrollWidth - innerWidth, ...out.map((one) => one.outerHTML.slice(0, 80))];
}"""
ARABIC_NAME, HEBREW_SUBJECT = "محمد عبد الرحمن", "הטלפון לא עובד (תקלה 42)"
ARABIC_TEXT = "مرحبا، الهاتف لا يعمل منذ يوم أمس. رقمنا +7 900 123-45-67.\n\nشكرا"
ENDLESS = "Донаудампфшиффартсгезельшафт" * 12
LONG_NAME = "Константинопольская-Перерепенко Александра-Валентина Всеволодовна"
EMOJI = "🆘🔥 Всё пропало 😱👩‍👩‍👧‍👦🇷🇺"
PAGES = (
    *("/", "/queue/line/", "/clients/", "/clients/?show=organisations", "/search/?q=звонок", "/my/", "/mail/sent/"),
    *("/tasks/", "/notices/", "/settings/imports/", "/settings/personal/", "/clients/duplicates/"),
)


def pictured(page: Any, name: str) -> None:
    if place := os.environ.get("PICTURES"):
        Path(place).mkdir(exist_ok=True)
        page.screenshot(path=f"{place}/{name}.png")


@pytest.fixture
def strange(writes: Write, anna: User) -> list[Ticket]:
    """A right-to-left client, one without blanks, one of emoji."""
    told = [
        (ARABIC_NAME, HEBREW_SUBJECT, ARABIC_TEXT),
        (ENDLESS, ENDLESS, f"{ENDLESS}\n\nhttps://host.test/{'a' * 400}"),
        (EMOJI, EMOJI, f"{EMOJI} звонок"),
    ]
    made = []
    for number, (name, subject, text) in enumerate(told):
        ticket = writes(text, sender=f"s{number}@else.test", sender_name=name, subject=subject)
        organisation = Client.objects.create(name=name[:200])
        Contact.objects.filter(pk=ticket.contact_id).update(name=name[:200], client=organisation, position=name[:100])
        Ticket.objects.filter(pk=ticket.pk).update(contact_name=name[:200], client_name=name[:200])
        ticket.refresh_from_db()
        ticket.note(f"{name} {text}", by=anna)
        made.append(ticket)
    return made


@pytest.mark.parametrize(
    ("viewport", "scheme", "locale"),
    [(WIDE, "dark", "ru-RU"), (NARROW, "light", "ru-RU"), (WIDE, "light", "en-US"), (NARROW, "dark", "en-US")],
    ids=["wide-dark-ru", "narrow-light-ru", "wide-light-en", "narrow-dark-en"],
)
def test_nothing_breaks_out_of_its_page(
    at_desk: Desk, admin: User, strange: list[Ticket], viewport: dict[str, int], scheme: str, locale: str
) -> None:
    page = at_desk(admin, viewport=viewport, color_scheme=scheme, locale=locale)
    organisations = [f"/clients/organisation/{ticket.contact.client_id}/" for ticket in strange]
    cards = [f"/clients/contact/{ticket.contact_id}/" for ticket in strange]
    told = []
    for number, path in enumerate([*PAGES, *(f"/tickets/{one.number}/" for one in strange), *cards, *organisations]):
        page.goto(path)
        pictured(page, f"{scheme}-{viewport['width']}-{locale[:2]}-{number:02}")
        if (wider := page.evaluate(WIDER)) != [0]:
            told.append(f"{path}: {wider}")
    assert told == []


def test_right_to_left_words_stand_as_their_writer_meant_them(at_desk: Desk, anna: User, strange: list[Ticket]) -> None:
    page = at_desk(anna)
    page.goto("/queue/line/")
    direction = "(one) => getComputedStyle(one).direction"
    assert page.locator(f"#t{strange[0].pk} .s").evaluate(direction) == "rtl"
    assert page.locator(f"#t{strange[2].pk} .s").evaluate(direction) == "ltr"

    for cut in (".t b", ".say"):  # what is cut off is the end of it, which is on the left
        assert page.locator(f"#t{strange[0].pk} {cut}").evaluate(direction) == "rtl"
        assert page.locator(f"#t{strange[2].pk} {cut}").evaluate(direction) == "ltr"

    page.goto(f"/tickets/{strange[0].number}/")
    assert page.locator("#head-words h2").evaluate(direction) == "rtl"
    words = page.locator(".msg[data-from=client] .words").first
    assert words.evaluate("(one) => getComputedStyle(one).unicodeBidi") == "plaintext"
    first, last = (words.evaluate(PLACE, sign) for sign in ("مرحبا", "123-45-67"))
    assert first["right"] > last["right"], "the beginning stands on the right, the end of the sentence to its left"
    page.locator("#reply-text").fill(ARABIC_TEXT)
    assert page.locator("#reply-text").evaluate(direction) == "rtl"
    page.locator("#reply-text").fill("Здравствуйте")
    assert page.locator("#reply-text").evaluate(direction) == "ltr"


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_endless_names_keep_to_one_line_of_the_palette(
    at_desk: Desk, anna: User, writes: Write, viewport: dict[str, int]
) -> None:
    ticket = writes(sender_name=LONG_NAME, subject=f"{LONG_NAME}: не проходят исходящие звонки через станцию филиала")
    organisation = Client.objects.create(name=f"Учреждение высшего образования имени {LONG_NAME}")
    Contact.objects.filter(pk=ticket.contact_id).update(name=LONG_NAME, client=organisation)
    Ticket.objects.filter(pk=ticket.pk).update(contact_name=LONG_NAME, client_name=organisation.name)
    page = at_desk(anna, viewport=viewport)
    page.goto("/queue/line/")
    page.locator(f"#t{ticket.pk}").wait_for()
    page.keyboard.press("Control+k")
    page.locator("#palette input").fill("Перерепенко")
    found = page.locator("#palette [role=option]:is([href^='/tickets/'], [href^='/clients/'])")
    for kind in ("/tickets/", "/clients/contact/"):
        expect(page.locator(f"#palette [role=option][href^='{kind}']")).not_to_have_count(0)
    lines = found.evaluate_all("(all) => all.map((one) => [one.offsetHeight, one.scrollWidth - one.clientWidth])")
    assert all(height <= 52 and wider <= 0 for height, wider in lines), lines


PLACE = """(one, sign) => {
  const walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.data.indexOf(sign);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + sign.length);
    return range.getBoundingClientRect().toJSON();
  }
}"""


def test_a_talk_of_500_letters_opens_at_its_end_and_goes_back_to_its_beginning(
    at_desk: Desk, anna: User, ticket: Ticket
) -> None:
    first = ticket.conversation.messages.get(direction="in")
    Message.objects.bulk_create(
        Message(
            conversation=ticket.conversation,
            direction="in",
            external_id=f"<long-{number}@volga.test>",
            contact=ticket.contact,
            author_name="Павел Демидов",
            author_address="pavel@volga.test",
            text=f"Письмо номер {number}: линия всё ещё молчит.",
            new_text=f"Письмо номер {number}: линия всё ещё молчит.",
            at=first.at,
        )
        for number in range(1, 500)
    )
    page = at_desk(anna)
    answer = page.goto(f"/tickets/{ticket.number}/")
    expect(page.locator("#timeline")).to_contain_text("Письмо номер 499")
    shown = page.locator("#timeline .msg")
    assert shown.count() <= 60
    assert len(answer.body()) < 400_000, "it costs what it shows, not what is there"
    page.reload()  # they are read now
    expect(page.locator("#timeline .msg").last).to_be_in_viewport()

    before, whole = 0, ticket.conversation.messages.count()  # with our receipt
    while before < (count := shown.count()) < whole:
        before = count
        page.locator("#timeline .earlier").first.scroll_into_view_if_needed()
        if (more := page.locator("#timeline .earlier a, #timeline .earlier button")).count():
            more.first.click()
        page.wait_for_function("(count) => document.querySelectorAll('#timeline .msg').length > count", arg=before)
    assert shown.count() == whole >= 500
    expect(shown.first).to_contain_text("Не работает звонок")
