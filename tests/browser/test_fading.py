"""Nothing fades in while a page loads: a client sees the colours of the company at once, on a slow line as well."""

import threading
from typing import Any

import pytest

from otklik.core import recent
from otklik.core.staff.models import Brand, User
from otklik.desk.channels.models import Channel
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)
NOTES = """
window.faded = [];
document.addEventListener("transitionrun", ({ target, propertyName }) => {
  faded.push(`${target.tagName.toLowerCase()}.${target.className}: ${propertyName}`);
}, true);
"""
STYLED = "() => [...document.querySelectorAll('body *')].map((one) => getComputedStyle(one).backgroundColor).length"
STILL = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(window.faded))))"


@pytest.mark.parametrize("place", ["request", "sign-in"])
def test_no_colour_is_on_its_way_when_the_sheets_come_late(
    new_page: Any, ticket: Ticket, anna: User, wait_until: Any, place: str
) -> None:
    """Chromium sometimes knows a button before its sheets: here it is asked for all of them, so that it always does."""
    Channel.objects.update(brand=Brand.objects.create(name="Связь Дом", colour="#0a7f5a"))
    recent.forget()
    page = new_page(reduced_motion="no-preference")
    page.add_init_script(NOTES)
    held, come = list[Any](), threading.Event()
    page.route("**/*.css", lambda route: route.continue_() if come.is_set() else held.append(route))
    page.goto(f"/request/{sign(ticket)}/" if place == "request" else "/sign-in/", wait_until="commit")
    wait_until(lambda: page.evaluate("document.querySelector('#announce') !== null") and held)
    assert page.evaluate(STYLED)
    come.set()
    for route in held:
        route.continue_()
    page.wait_for_load_state("load")

    assert page.evaluate("getComputedStyle(document.body).margin") == "0px", "the sheets are there"
    assert page.evaluate(STILL) == []
