"""Working together by programs."""

import pytest

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask, Tell

pytestmark = pytest.mark.django_db


def test_asked_shown_and_let_go(ask: Ask, tell: Tell, ticket: Ticket, anna: User, vera: User) -> None:
    assert ask("get", f"tickets/{ticket.pk}", vera).status_code == 404
    told = tell(anna, ticket.pk, "partners", {"login": "vera", "shown": True}).json()
    assert told["partners"][0]["person"]["login"] == "vera" and told["partners"][0]["shown"]
    assert ask("get", f"tickets/{ticket.pk}", vera).status_code == 200

    assert tell(anna, ticket.pk, "partners", {"login": "nobody"}).json()["field"] == "login"
    assert tell(anna, ticket.pk, "partners/leave", {"login": "vera"}).json()["partners"] == []
    assert tell(anna, ticket.pk, "partners/leave", {"login": "vera"}).status_code == 409
