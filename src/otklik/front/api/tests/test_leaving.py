"""By which of our mailboxes an answer of a program leaves."""

from typing import Any

import pytest

from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Channel, Outbound
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(line_one: Team) -> Channel:
    return Channel.objects.create(kind="paper", name="Второй стол", address="two@desk.test", team=line_one)


@pytest.fixture
def foreign(line_two: Team) -> Channel:
    return Channel.objects.create(kind="paper", name="Чужой стол", address="theirs@desk.test", team=line_two)


def test_the_ways_out_of_a_person_are_named_the_usual_one_first(
    ask: Ask, ticket: Ticket, anna: User, vera: User, second: Channel, foreign: Channel
) -> None:
    home = f"tickets/{ticket.number}/channels"
    told = ask("get", home, anna).json()
    assert [(one["address"], one["usual"]) for one in told] == [("help@desk.test", True), ("two@desk.test", False)]
    Channel.objects.filter(pk=second.pk).update(is_active=False)
    assert [one["address"] for one in ask("get", home, anna).json()] == ["help@desk.test"]
    assert ask("get", home, vera).status_code == 404


def test_a_talk_goes_on_by_another_mailbox(
    ask: Ask, ticket: Ticket, anna: User, second: Channel, foreign: Channel, tomorrow: Any
) -> None:
    home = f"tickets/{ticket.number}/reply"
    body = {"text": "Проверим", "next": "wait", "until": tomorrow.isoformat()}
    refused = ask("post", home, anna, body | {"via": foreign.address})
    assert (refused.status_code, refused.json()["field"]) == (422, "via")
    assert ask("post", home, anna, body | {"via": "Two@desk.test"}).status_code == 200
    sent = Outbound.objects.get(kind="reply")
    assert sent.channel == second and sent.recipients == ["pavel@volga.test"]
    assert ask("post", home, anna, body | {"via": "help@desk.test"}).status_code == 200
    assert Outbound.objects.filter(kind="reply").latest("pk").channel == ticket.conversation.channel


def test_a_letter_that_leaves_later_keeps_its_way_out(
    ask: Ask, ticket: Ticket, anna: User, second: Channel, tomorrow: Any
) -> None:
    home = f"tickets/{ticket.number}/letters"
    body = {"text": "Утром", "next": "resolve", "leave_at": tomorrow.isoformat(), "via": second.address}
    waits = ask("post", home, anna, body)
    assert waits.status_code == 201
    changed = ask("put", f"{home}/{waits.json()['id']}", anna, body)
    assert (changed.status_code, changed.json()["field"]) == (422, "via")
    draft = ticket.conversation.drafts.get(mode="later")
    assert draft.form["via"] == second.pk
