"""Watching by programs."""

import pytest

from otklik.core.journal.notice import Notice
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


def test_colleagues_are_asked_listed_and_asked_no_more(
    ask: Ask, ticket: Ticket, anna: User, ilya: User, boris: User, vera: User
) -> None:
    home = f"tickets/{ticket.pk}/watchers"
    told, again = (ask("post", home, anna, {"people": ["Ilya", "boris"]}, key="k") for _ in range(2))
    assert told.status_code == 200 and told.content == again.content, told.json()
    assert {one["person"]["login"] for one in told.json()["watchers"]} == {"ilya", "boris"}
    assert Notice.objects.filter(person=ilya, about="ticket", about_id=ticket.pk).count() == 1
    first = ask("get", f"{home}?limit=1", ilya)
    (rest,) = ask("get", first["Link"].split(">")[0].split("/api/v1/")[1], ilya).json()
    assert {first.json()[0]["person"]["login"], rest["person"]["login"]} == {"ilya", "boris"} and rest["since"]
    assert ask("post", home, anna, {"people": ["ilya"]}).json()["undo"] is None, "they watch already"

    assert ask("post", f"tickets/many/{told.json()['undo']}/undo", ilya).status_code == 404
    assert ask("post", f"tickets/many/{told.json()['undo']}/undo", anna).json()["done"] == [ticket.pk]
    assert ask("get", home, anna).json() == []


def test_ACCESS_nobody_learns_of_a_request_by_being_asked(
    ask: Ask, ticket: Ticket, anna: User, ilya: User, vera: User
) -> None:
    home = f"tickets/{ticket.pk}/watchers"
    refused = ask("post", home, anna, {"people": ["ilya", "vera"]})
    assert (refused.status_code, refused.json()["field"]) == (409, "people")
    assert ask("get", home, anna).json() == [] and not Notice.objects.filter(about="ticket").exists()
    assert ask("post", home, anna, {"people": ["nobody"]}).json()["field"] == "people"
    assert ask("get", home, vera).status_code == ask("post", home, vera, {"people": ["ilya"]}).status_code == 404
    assert ask("post", home, anna, {"people": ["ilya"]}, scopes=("tickets:read",)).status_code == 403
