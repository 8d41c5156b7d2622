"""A colleague at the desk: signed in, on a page, with a Russian keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from otklik.core import recent
from otklik.core.staff.models import User
from otklik.front.workspace.live.hub import hub
from tests.fixtures.live import wait_until

LETTERS = dict(zip("QWERTYUIOP[]ASDFGHJKLZXCVBNM", "йцукенгшщзхъфывапролдячсмить", strict=True))


@pytest.fixture
def at_desk(new_page: Any, live_app: Any) -> Callable[..., Any]:
    """`at_desk(anna, viewport=NARROW)`: a page of a person who has signed in."""
    recent.forget()

    def sit_down(user: User, **options: Any) -> Any:
        door = Client()
        door.force_login(user)
        page = new_page(**options)
        cookie = door.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_app.url}])
        return page

    return sit_down


COUNTS_CHOICES = """
window.choices = 0;
const asked = navigator.locks.request.bind(navigator.locks);
navigator.locks.request = (...how) => {
  const chosen = asked(...how);
  chosen.then(() => (window.choices += 1));
  return chosen;
};
"""
"""What tabs of one browser settle among themselves, they settle by a lock: the page counts how often it did."""


def settled(*tabs: Any) -> None:
    """Waits until each of the tabs knows which of them speaks; for pages with COUNTS_CHOICES."""
    for tab in tabs:
        tab.wait_for_function("() => choices > 0")


def hears(*people: User) -> None:
    """Waits until a page of each of them has its stream: what happens from now on comes to it."""
    wait_until(lambda: {person.pk for person in people} <= {stream.person for stream in tuple(hub.streams)})


def press_russian(page: Any, letter: str, shift: bool = False) -> None:
    """The physical key of a Latin letter while the Russian layout is on."""
    typed = LETTERS[letter]
    code = {"[": "BracketLeft", "]": "BracketRight"}.get(letter, f"Key{letter}")
    typed = typed.upper() if shift else typed
    keyboard = page.context.new_cdp_session(page)
    told = {"key": typed, "code": code, "modifiers": 8 if shift else 0}
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": typed, **told})
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **told})
    keyboard.detach()
