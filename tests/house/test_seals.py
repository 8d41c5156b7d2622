"""A signed address or cookie opens what it was made for and nothing else."""

import re
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from otklik.config.paths import CHECKOUT
from otklik.core.staff.attempts import COOKIE, known_browser, remember_browser
from otklik.core.staff.models import User
from otklik.desk.tickets import links
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.pictures import Purpose, sealed, unsealed
from otklik.team.shifts.models import Feed

pytestmark = pytest.mark.django_db

SOURCE = CHECKOUT / "src" / "otklik"
WORDS = "7-aHR0cHM6Ly9h"


class _Kind:
    """How a token is made and what opens it."""

    def __init__(self, make: Callable[[], str], opens: Callable[[str], Any]) -> None:
        self.make, self.opens = make, opens


@pytest.fixture
def kinds(ticket: Ticket, anna: User) -> dict[str, _Kind]:
    request: Any = RequestFactory().get("/")
    request.session = type("Session", (), {"session_key": "one"})()

    def cookie() -> str:
        response = HttpResponse()
        remember_browser(request, response, anna)
        return str(response.cookies[COOKIE].value)

    def known(token: str) -> str:
        asked = RequestFactory().get("/")
        asked.COOKIES[COOKIE] = token
        return known_browser(asked, anna.login)

    pictures = {
        f"picture, {purpose}": _Kind(
            lambda purpose=purpose: sealed(purpose, WORDS), lambda t, p=purpose: unsealed(p, t)
        )  # type: ignore[misc]
        for purpose in Purpose
    }
    return {
        "request": _Kind(lambda: links.sign(ticket), links.ticket_of),
        "known browser": _Kind(cookie, known),
        "calendar of shifts": _Kind(lambda: Feed.objects.of(anna).signed, Feed.objects.behind),
        **pictures,
    }


def test_a_token_of_one_kind_never_opens_another(kinds: dict[str, _Kind]) -> None:
    for name, kind in kinds.items():
        assert kind.opens(kind.make()), f"{name} opens its own"
    crossed = [
        f"{name} opened by {other}"
        for (name, kind), (other, door) in permutations(kinds.items(), 2)
        if door.opens(kind.make())
    ]
    assert not crossed


def test_every_signature_of_the_product_says_what_it_is_for() -> None:
    """Whoever signs something new names a salt of its own, and adds the kind to the list above."""
    texts = {str(one.relative_to(SOURCE)): one.read_text() for one in SOURCE.rglob("*.py") if "tests" not in one.parts}
    signed = re.compile(r"\bsigning\.(?:dumps|loads|Signer)\([^\n]*")
    calls = [(place, call) for place, text in texts.items() for call in signed.findall(text)]
    assert {place for place, _call in calls} == {
        "desk/tickets/links.py",
        "core/staff/attempts.py",
        "team/shifts/models/feed.py",
    }
    assert all("salt=" in call for _place, call in calls)
    assert {place for place, text in texts.items() if "hmac.new(" in text} == {
        "front/workspace/pictures.py",
        "core/audit/chain.py",  # with a key of its own, over the lines of the audit trail
        "desk/automation/signing.py",  # with the secret of each webhook and data panel, over its time and bytes
        "adapters/phone/signing.py",  # with the secret of each exchange, over the time and bytes of its post
    }
