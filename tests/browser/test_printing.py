"""ACCESS-6 on paper: a printed request is the talk with its client, whole, without what colleagues tell one another."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from otklik.core.audit.models import Line
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
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
