"""Cards of people whose names are endless, from right to left, or pictures: nothing is cut off, axe finds nothing."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from otklik.core.staff.models import User
from otklik.desk.clients.models import (
    Advice,
    CardField,
    CardNote,
    Client,
    ClientEvent,
    Contact,
    Identity,
    Membership,
    Product,
    Subscription,
)
from otklik.desk.tickets.models import Ticket
from tests.browser.test_extremes import ARABIC_NAME, EMOJI, ENDLESS, WIDER
from tests.fixtures.browser import NARROW, WIDE
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db(transaction=True)
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
GRAVE = ("serious", "critical")
SPILLS = """() => [...document.querySelectorAll('.ccard *, .client-page .head *')]
  .filter((one) => one.checkVisibility() && one.clientWidth && getComputedStyle(one).overflowX === 'visible')
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && !one.closest('svg'))
  .map((one) => one.outerHTML.slice(0, 120))"""
"""What stands over its neighbour inside of the card, where the edge of the page is far."""


@pytest.fixture
def cards(writes: Write, anna: User, boris: User) -> list[tuple[str, Ticket]]:
    """Each with everything that a card holds, in its own kind of words."""
    city = CardField.objects.create(name=f"Город {ENDLESS}"[:60])
    made = []
    for name, words in (("endless", ENDLESS), ("arabic", ARABIC_NAME), ("emoji", EMOJI)):
        ticket = writes(f"{words} звонок", sender=f"{name}@else.test", sender_name=words, subject=words)
        contact, client = ticket.contact, Client.objects.create(name=words[:200], note=words)
        Contact.objects.filter(pk=contact.pk).update(name=words[:200], address_as=words[:100], tags=[words[:40]])
        told = {"position": words[:120], "area": words[:200], "may_ask": words[:200], "roles": ["decision"]}
        Membership(contact=contact, client=client, is_main=True, **told).put(by=boris)
        Identity.objects.create(contact=contact, kind="email", value=f"{name}{'a' * 50}@{'b' * 60}.test")
        product, _made = Product.objects.get_or_create(name=words[:120])
        Subscription(contact=contact, product=product, plan=words[:120], details=words[:200]).put(by=boris)
        city.fill(contact, words[:200], by=boris)
        CardNote.objects.create(contact=contact, text=f"{words} {words}", by=anna)
        Advice(contact=contact, text=words[:300]).put(by=anna)
        ClientEvent.objects.record("balance_low", by=anna, contact=contact, data={words[:40]: words})
        made.append((name, Ticket.objects.get(pk=ticket.pk)))
    return made


@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [(WIDE, "light"), (NARROW, "dark"), (WIDE, "dark"), (NARROW, "light")],
    ids=["wide-light", "narrow-dark", "wide-dark", "narrow-light"],
)
def test_every_card_holds_its_words(
    at_desk: Callable[..., Any],
    cards: list[tuple[str, Ticket]],
    boris: User,
    viewport: dict[str, int],
    scheme: str,
) -> None:
    page = at_desk(boris, viewport=viewport, color_scheme=scheme)
    told = []
    for name, ticket in cards:
        person, whole = ticket.contact_id, ticket.contact.client_id
        for kind, path in (
            ("contact", f"/clients/contact/{person}/"),
            ("organisation", f"/clients/organisation/{whole}/"),
            ("ticket", f"/tickets/{ticket.number}/?card=client#card"),
        ):
            page.goto(path)
            page.locator("h1").first.wait_for(state="attached")
            pictured(page, f"{kind}-{name}-{scheme}-{viewport['width']}")
            if (wider := page.evaluate(WIDER)) != [0]:
                told.append(f"{kind} {name}: {wider}")
            told += [f"{kind} {name} spills: {one}" for one in page.evaluate(SPILLS)]
            found = Axe().run(page, options=WCAG).response["violations"]
            told += [
                f"{kind} {name}: {one['id']} {one['nodes'][0]['html'][:160]}" for one in found if one["impact"] in GRAVE
            ]
    assert told == [], "\n".join(map(str, told))


def pictured(page: Any, name: str) -> None:
    if place := os.environ.get("PICTURES"):
        Path(place).mkdir(exist_ok=True)
        page.screenshot(path=f"{place}/{name}.png", full_page=True)
