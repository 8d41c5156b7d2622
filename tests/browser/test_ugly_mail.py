"""Thirty of the ugliest real mails, opened one after another: readable, still, and nothing of them gets out."""

import os
from pathlib import Path
from typing import Any

import pytest

from otklik.adapters.email.importer import import_path
from otklik.adapters.email.models import Delivery, Mailbox
from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.models import Ticket
from tests.browser.ugly import MAILS, letter_of, to_a_thousand
from tests.fixtures.browser import NARROW, WIDE
from tests.fixtures.cast import PASSWORD
from tests.fixtures.server import ROOT

MAIL = Path(os.environ.get("OTKLIK_SHARED") or ROOT.parent / "shared") / "data" / "mail"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not MAIL.is_dir(), reason=f"the mail corpora are not here: {MAIL} (set OTKLIK_SHARED)"),
]

WIDER = "() => document.documentElement.scrollWidth - innerWidth"
HEIGHTS = "() => [...document.querySelectorAll('iframe.letter')].map(one => one.offsetHeight)"
UNFOLD = "() => document.querySelectorAll('#timeline details').forEach(one => { one.open = true })"
SAYS = "() => document.body.innerText.trim().length + document.images.length"
PAPER = """() => [getComputedStyle(document.documentElement).backgroundColor,
    !!document.querySelector('[style*=color], [bgcolor], font[color]')]"""
ACTIVE = "script, iframe, object, embed, form, svg, math, link, video, audio"


@pytest.fixture
def ugly(transactional_db: None, line_one: Team, settings: Any, tmp_path: Path) -> list[Ticket]:
    """Each mail as a request of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    channel = Channel.objects.create(kind="email", address="support@desk.test", team=line_one)
    Mailbox.objects.create(channel=channel, delivery=Delivery.VIEWER)
    folder = tmp_path / "mails"
    folder.mkdir()
    for number, name in enumerate(MAILS):
        (folder / f"{number:02}.eml").write_bytes(letter_of(MAIL / name))
    (folder / "99.eml").write_bytes(to_a_thousand())
    report = import_path(folder).as_dict()
    assert report["quarantined"] == 0 and report["read"] == len(MAILS) + 1
    return list(Ticket.objects.order_by("pk"))


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(WIDE, "dark"), (NARROW, "light")], ids=["wide and dark", "narrow and light"]
)
def test_every_mail_is_shown_inside_of_its_place(
    new_page: Any, anna: User, ugly: list[Ticket], viewport: dict[str, int], scheme: str
) -> None:
    """The fixture of the page fails on script errors, errors in the console and requests to other hosts.

    Where a sender has chosen a colour, there is white behind it also in the dark.
    """
    page = new_page(viewport=viewport, color_scheme=scheme)
    sign_in(page, anna)
    coloured = 0
    for ticket in ugly:
        page.goto(f"/tickets/{ticket.number}/")
        page.evaluate(UNFOLD)
        before = page.evaluate(HEIGHTS)
        for letter in page.locator("iframe.letter").all():
            letter.scroll_into_view_if_needed()
        for frame in page.frames[1:]:
            frame.wait_for_load_state("load")
            assert frame.locator(ACTIVE).count() == 0, ticket.subject
            assert frame.evaluate(SAYS), f"{ticket.subject} says nothing"
            behind, has_colours = frame.evaluate(PAPER)
            assert not has_colours or behind == "rgb(255, 255, 255)", ticket.subject
            coloured += has_colours
        assert page.evaluate(WIDER) <= 0, f"{ticket.subject} is wider than the window"
        assert page.evaluate(HEIGHTS) == before, f"{ticket.subject} jumps"
    assert coloured > 5


def sign_in(page: Any, user: User) -> None:
    page.goto("/sign-in/")
    page.fill("input[name=login]", user.login)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/")
