"""ACCESS-6 on paper: a printed request is the talk with its client, whole, without what colleagues tell one another."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.audit.models import Line
from otklik.core.staff.models import Team, User
from otklik.desk.conversations.models import Message
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Habits, Ticket
from otklik.desk.tickets.steps import Refuse, Wait
from otklik.front.workspace.queries.talk import WINDOW
from tests.fixtures.cast import Write
from tests.fixtures.live import LiveApp

pytestmark = pytest.mark.django_db(transaction=True)


def test_ACCESS_6_a_printed_request_shows_no_note_and_leaves_a_line(
    live_app: LiveApp, at_desk: Callable[..., Any], ticket: Ticket, anna: User, tomorrow: Any
) -> None:
    """Also what a note hides in: the card beside it, a text that was begun, events of the story."""
    ticket.note("ТАЙНА-4417 между собой", by=anna)
    ticket.reply("Какой телефон?", by=anna, then=Wait(tomorrow))
    ticket.contact.change("note", "ТАЙНА-4417 на карточке", by=anna)
    page = at_desk(anna)
    page.goto(f"{live_app.url}/tickets/{ticket.number}/?card=client")
    expect(page.get_by_text("ТАЙНА-4417 между собой")).to_be_visible()
    expect(page.locator(".on-paper")).to_be_hidden()
    page.locator("#composer textarea").first.wait_for()

    page.emulate_media(media="print")

    expect(page.locator(".on-paper")).to_be_visible()
    expect(page.locator(".on-paper")).to_contain_text(anna.name)
    paper = page.locator("body").inner_text()
    assert "ТАЙНА" not in paper and "Какой телефон?" in paper and "Не работает звонок" in paper
    for hidden in ("#queue", "#card", "#composer"):
        expect(page.locator(hidden)).to_be_hidden()
    cut = page.evaluate(
        "() => { const flow = document.querySelector('#flow'); return flow.scrollHeight - flow.clientHeight }"
    )
    assert cut <= 1, "the whole talk is on paper, not the part that was scrolled to"

    with page.expect_response("**/printed/") as answer:
        page.evaluate("() => { dispatchEvent(new Event('beforeprint')) }")
    assert answer.value.status == 204
    line = Line.objects.get(kind="audit.printed")
    assert (line.actor_id, line.about_id) == (anna.pk, str(ticket.pk))


def test_ACCESS_6_nothing_that_the_client_does_not_find_on_their_page_is_on_paper(
    live_app: LiveApp,
    at_desk: Callable[..., Any],
    ticket: Ticket,
    line_two: Team,
    anna: User,
    vera: User,
    head: User,
    writes: Write,
) -> None:
    """A brief, a refusal that waits, letters to and from third parties; what is not on the page is told."""
    Habits.objects.create(team=line_two, approved_reasons=["rules"])
    ticket.forward("ТАЙНА-4417 провайдеру", by=anna, to=["noc@carrier.test"], messages=[ticket.last_message_id or 0])
    writes("ТАЙНА-4417 от провайдера", sender="noc@carrier.test", token=ticket.conversation.token)
    ticket.hand_over(line_two, Brief("ТАЙНА-4417", "ТАЙНА-4417", "ТАЙНА-4417"), by=anna)
    ticket.ask_to_refuse("Отказ", by=vera, step=Refuse("rules", "ТАЙНА-4417", ["Иначе"]))
    page = at_desk(vera)
    page.goto(f"{live_app.url}/tickets/{ticket.number}/")
    for shown in ("#passed .callout", "#refusal .callout", "[data-inner] >> nth=1"):
        expect(page.locator(shown)).to_be_visible()
    missing = page.get_by_text("Более ранних сообщений на этой бумаге нет")
    expect(missing).to_have_count(0)

    page.emulate_media(media="print")

    expect(page.locator(".on-paper")).to_be_visible()
    for hidden in ("#passed", "#refusal", "#bond", "[data-inner] >> nth=0", "[data-inner] >> nth=1"):
        expect(page.locator(hidden)).to_be_hidden()
    paper = page.locator("body").inner_text()
    assert "ТАЙНА" not in paper and "Отказ" not in paper and "Не работает звонок" in paper

    said = {"conversation": ticket.conversation, "direction": "in", "contact": ticket.contact, "text": "Ещё"}
    Message.objects.bulk_create(Message(**said, new_text="Ещё") for _one in range(WINDOW))
    page.emulate_media(media="screen")
    page.reload()
    expect(page.locator(".earlier a")).to_be_visible()
    expect(missing).to_be_hidden()
    page.emulate_media(media="print")
    expect(missing).to_be_visible()


def test_paper_is_white_for_whoever_works_in_the_dark(at_desk: Callable[..., Any], anna: User) -> None:
    """Whether the person chose it, or their system."""
    ink = "() => getComputedStyle(document.querySelector('h1')).color"
    page = at_desk(anna, color_scheme="light")
    page.goto("/my/bonus/")
    by_day = page.evaluate(ink)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ink) != by_day
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(ink) == by_day

    User.objects.filter(pk=anna.pk).update(theme="dark")
    other = at_desk(anna, color_scheme="light")
    other.goto("/my/bonus/")
    assert other.evaluate(ink) != by_day
    other.emulate_media(media="print", color_scheme="light")
    assert other.evaluate(ink) == by_day
