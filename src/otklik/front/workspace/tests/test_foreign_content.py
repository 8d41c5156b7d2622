"""HTML-1: what strangers send stays inert on every screen of the workspace, in a real browser."""

import re
from typing import Any

import pytest

from otklik.core.staff.models import User
from otklik.desk.conversations.models import Attachment, Message
from otklik.desk.conversations.tests.payloads import PAYLOADS
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import PASSWORD

ATTACKS = [attack.replace("\0", "") for attack in PAYLOADS.values()]  # the inbox takes NUL away
OWNED = "() => window.owned === undefined"


@pytest.fixture
def attacked(ticket: Ticket) -> list[Message]:
    """A conversation in which every field that a stranger fills holds an attack."""
    messages = Message.objects.bulk_create(
        Message(
            conversation=ticket.conversation,
            direction="in",
            contact=ticket.contact,
            author_name=attack[:200],
            author_address="a@b.test",
            subject=attack,
            text=f"{attack}\n> {attack}",
            new_text=attack,
            html=f"{attack}<table><tr><td>x</td></tr></table>",
            cc=[attack[:100]],
            remarks=[attack[:100]],
        )
        for attack in ATTACKS
    )
    Attachment.objects.bulk_create(
        Attachment(
            conversation=ticket.conversation,
            message=message,
            name=attack[:255],
            media_type=attack[:120],
            size=3,
            file="no",
        )
        for message, attack in zip(messages, ATTACKS, strict=True)
    )
    worst = '<img src=x onerror="window.owned=1"><svg onload="window.owned=1">'
    Ticket.objects.filter(pk=ticket.pk).update(
        subject=worst,
        contact_name=worst,
        client_name=worst,
        preview=worst,
        last_speaker=worst,
        last_in_id=messages[-1].pk,
    )
    return messages


def sign_in(page: Any, user: User) -> None:
    page.goto("/sign-in/")
    page.fill("input[name=login]", user.login)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/")


def test_HTML_1_forty_attacks_do_nothing_on_the_page_of_the_request(
    page: Any, anna: User, ticket: Ticket, attacked: list[Message]
) -> None:
    """The fixture of the page fails on any script error, console error and request to a foreign host."""
    sign_in(page, anna)
    page.goto(f"/tickets/{ticket.number}/")
    for letter in page.locator("iframe.letter").all():
        letter.scroll_into_view_if_needed()
    for frame in page.frames:
        frame.wait_for_load_state("load")

    assert page.locator("iframe.letter").count() >= 40
    assert page.evaluate(OWNED)
    assert all(frame.evaluate(OWNED) for frame in page.frames)
    assert page.locator(".talk script, .talk svg:not(.sla svg), .queue script").count() == 0


def test_HTML_1_the_frame_has_no_rights(page: Any, anna: User, ticket: Ticket, attacked: list[Message]) -> None:
    sign_in(page, anna)
    page.goto(f"/tickets/{ticket.number}/")
    frame = page.locator("iframe.letter").first
    body = page.request.get(frame.get_attribute("src"))

    assert frame.get_attribute("sandbox") == "allow-popups allow-popups-to-escape-sandbox"
    assert "default-src 'none'" in body.headers["content-security-policy"]
    assert "sandbox allow-popups" in body.headers["content-security-policy"]
    assert "allow-scripts" not in body.headers["content-security-policy"]
    assert body.headers["x-content-type-options"] == "nosniff" and "no-store" in body.headers["cache-control"]


def test_HTML_1_each_letter_alone_is_as_inert(page: Any, anna: User, attacked: list[Message]) -> None:
    sign_in(page, anna)
    for message in attacked:
        page.goto(f"/messages/{message.pk}/body/")
        assert page.evaluate(OWNED), message.html
        assert page.locator("script, svg, math, form, iframe, object").count() == 0


def test_HTML_1_the_text_of_a_letter_is_text(client: Any, anna: User, attacked: list[Message]) -> None:
    client.force_login(anna)
    for message in attacked:
        page = client.get(f"/messages/{message.pk}/body/?as=text").content.decode()
        inside = page.partition("<pre>")[2].partition("</pre>")[0]
        assert not re.search(r"<(?!/?a[ >])", inside), message.text


def test_HTML_1_lists_search_and_card_show_names_and_subjects_as_text(
    page: Any, anna: User, ticket: Ticket, attacked: list[Message]
) -> None:
    sign_in(page, anna)
    for address in ("/", "/queue/all/", "/search/?q=onerror", f"/clients/contact/{ticket.contact_id}/", "/mail/sent/"):
        page.goto(address)
        assert page.evaluate(OWNED), address
    page.goto("/search/?q=window.owned")
    assert page.locator(".found li").count() == 1 and page.evaluate(OWNED)


def test_search_marks_only_what_was_found_not_what_was_written(anna: User, client: Any, writes: Any) -> None:
    client.force_login(anna)
    writes("<b>жирное</b> слово \x02подделка\x03 и <mark>чужая</mark> метка")

    page = client.get("/search/?q=жирное").content.decode()

    assert "<mark>жирное</mark>" in page and "чужая" in page
    assert "<mark>подделка" not in page and "<mark>чужая" not in page
