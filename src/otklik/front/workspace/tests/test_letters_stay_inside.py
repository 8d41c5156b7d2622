"""HTML-4 to HTML-7 and EGRESS-2, on the pages themselves."""

import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client as Browser

from otklik.core.staff.models import User
from otklik.desk.conversations.models import Message
from otklik.desk.conversations.tests.payloads import PAYLOADS
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.tests.test_foreign_content import OWNED, sign_in

COVER = (
    '<div style="position:fixed;top:0;left:0;width:99999px;height:99999px;z-index:2147483647;background:red">'
    "covered</div>"
    '<div style="margin:-900px 0 0 -900px;padding:9999px;transform:scale(99)">out</div>'
    '<div id="talk" class="dialog">x</div>'
    "</body></html></iframe></article></div></main><style>*{display:none}</style><h1 id=acts>moved</h1>"
    '<table width=99999 height=99999><tr><td style="width:99999em;height:99999em">huge</td></tr></table>'
    '<p style="font-size:9999px;line-height:99999px;letter-spacing:9999px;text-indent:-9999px">x</p>'
)


def told(ticket: Ticket, html: str) -> Message:
    letter: Message = ticket.conversation.messages.get(direction="in")
    letter.html, letter.text, letter.new_text = f"{html}<table><tr><td>x</table>", "Привет", "Привет"
    letter.save()
    return letter


@pytest.mark.django_db(transaction=True)
def test_HTML_4_the_interface_around_a_letter_is_unchanged_and_clickable(page: Any, anna: User, ticket: Ticket) -> None:
    measure = """() =>
        [...document.querySelectorAll('.talk-head, #acts button, .menu-bar, nav, .answer, .queue')]
        .map(one => { const box = one.getBoundingClientRect(); return [box.x, box.width, box.height] })"""
    sign_in(page, anna)
    told(ticket, "<p>quiet</p>")
    page.goto(f"/tickets/{ticket.number}/")
    page.frame_locator("iframe.letter").locator("body").wait_for()
    quiet = page.evaluate(measure)
    letter = told(ticket, COVER)
    page.goto(f"/tickets/{ticket.number}/")
    page.frame_locator("iframe.letter").get_by_text("covered").wait_for()

    assert page.evaluate(measure) == quiet
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    box = page.locator("iframe.letter").bounding_box()
    for x, y in (
        (box["x"] - 5, box["y"] + 20),
        (box["x"] + 40, box["y"] - 5),
        (box["x"] + 40, box["y"] + box["height"] + 3),
    ):
        assert page.evaluate("([x, y]) => document.elementFromPoint(x, y)?.tagName", [x, y]) != "IFRAME"
    page.locator(f"#m{letter.pk} details.about > summary").click()
    assert page.locator(f"#m{letter.pk} details.about[open]").is_visible()


@pytest.mark.django_db(transaction=True)
def test_HTML_5_a_letter_opened_by_its_own_address_is_inert(page: Any, anna: User, ticket: Ticket) -> None:
    letter = told(ticket, "".join(PAYLOADS.values()).replace("\0", ""))
    sign_in(page, anna)
    answer = page.goto(f"/messages/{letter.pk}/body/")

    assert page.evaluate("() => self.origin") == "null"  # sandboxed: it is nobody's
    assert page.evaluate(OWNED) and page.locator("script, form, iframe, object, embed, link, base[href]").count() == 0
    with pytest.raises(Exception, match="sandboxed"):
        page.evaluate("() => document.cookie")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "script-src" not in policy and "allow-scripts" not in policy and "allow-same-origin" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff" and answer.headers["cache-control"].count("no-store")
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.django_db(transaction=True)
def test_HTML_6_links_open_a_new_tab_that_knows_nothing_and_lies_are_marked(
    page: Any, anna: User, ticket: Ticket
) -> None:
    letter = told(
        ticket,
        '<a href="https://evil.example/login">https://bank.example</a> <a href="https://bank.example/">bank.example</a>'
        '<a href="javascript:window.owned=1">script</a><a href="mailto:a@b.example">mail</a>'
        '<a href="tel:+7495">call</a>',
    )
    sign_in(page, anna)
    page.goto(f"/messages/{letter.pk}/body/")

    links = page.evaluate("() => [...document.links].map(one => [one.protocol, one.target, one.rel])")
    assert [protocol for protocol, *_rest in links] == ["https:", "https:", "mailto:", "tel:"]
    assert {(target, rel) for _protocol, target, rel in links} == {("_blank", "noopener noreferrer nofollow")}
    assert page.get_by_text("[evil.example]").is_visible() and page.get_by_text("[bank.example]").count() == 0


HEAVY = {
    "100,000 tags inside one another": "<div>" * 100_000 + "hello",
    "100,000 attributes": "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">hello",
    "a megabyte and more": "<p>hello</p>" * 200_000,
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", HEAVY)
def test_HTML_7_too_much_markup_is_text_and_the_original_can_be_had(annas: Browser, ticket: Ticket, name: str) -> None:
    letter = told(ticket, "<p>light</p>")
    annas.get(f"/tickets/{ticket.number}/")  # what a process reads once is not of the letter
    told(ticket, HEAVY[name])
    began = time.process_time()
    shown = annas.get(f"/messages/{letter.pk}/body/").content.decode()
    page = annas.get(f"/tickets/{ticket.number}/").content.decode()

    assert time.process_time() - began < 2
    assert "<body><pre>" in shown and "hello" in shown
    assert f"/messages/{letter.pk}/source/" in page
    assert annas.get(f"/messages/{letter.pk}/source/")["Content-Disposition"].startswith("attachment;")


class Ear:
    """Hears every look-up and every connection of this process; only one may listen, and it cannot be removed."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.listens = False
        sys.addaudithook(self)

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.listens and event in ("socket.getaddrinfo", "socket.connect", "socket.gethostbyname"):
            self.heard.append(repr(arguments[-1] if event == "socket.connect" else arguments[0]))


EAR = Ear()


@pytest.fixture
def ear() -> Iterator[Ear]:
    EAR.heard.clear()
    EAR.listens = True
    yield EAR
    EAR.listens = False


@pytest.mark.django_db
def test_EGRESS_2_no_page_preview_or_export_fetches_what_a_letter_names(
    annas: Browser, ticket: Ticket, ear: Ear
) -> None:
    """Also with all attacks in it: whatever shows, prints, quotes, finds or gives out a letter stays at home."""
    letter = told(ticket, "".join(PAYLOADS.values()).replace("\0", "") + '<img src="http://canary.invalid/p.png">')
    number = ticket.number
    for address in (
        f"/tickets/{number}/",
        f"/messages/{letter.pk}/body/",
        f"/messages/{letter.pk}/body/?as=text",
        f"/messages/{letter.pk}/source/",
        f"/tickets/{number}/composer/",
        "/search/?q=canary",
        "/mail/sent/",
    ):
        assert annas.get(address).status_code == 200, address
    text = "![x](http://canary.invalid/x.png) <img src=http://canary.invalid/y>"
    annas.post(f"/tickets/{number}/preview/", {"text": text})
    annas.post(f"/tickets/{number}/note/", {"text": text})

    assert [place for place in ear.heard if "canary" in place] == []
    assert not [place for place in ear.heard if not place.startswith("'/") and "127.0.0.1" not in place]
