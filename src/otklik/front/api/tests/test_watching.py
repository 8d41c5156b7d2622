"""Watching by programs."""

import pytest

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask, Tell

pytestmark = pytest.mark.django_db


def test_watched_and_left(ask: Ask, tell: Tell, ticket: Ticket, anna: User, ilya: User, vera: User) -> None:
    for _ in range(2):
        told = tell(anna, ticket.pk, "watch", {"watching": True}).json()
    assert told["watching"] and [one["login"] for one in told["watchers"]] == [anna.login]
    seen = ask("get", f"tickets/{ticket.pk}?fields=watching,watchers", ilya).json()
    assert seen == {"watching": False, "watchers": told["watchers"]}

    assert tell(anna, ticket.pk, "watch", {"watching": False}).json()["watchers"] == []
    assert tell(vera, ticket.pk, "watch", {"watching": True}).status_code == 404
