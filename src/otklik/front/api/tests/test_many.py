"""Acts on many tickets by programs."""

import pytest

from otklik.core.staff.models import Team, User
from otklik.desk.routing.models import Handover
from otklik.desk.tickets.models import Ticket, Topic
from otklik.front.api.tests.conftest import Ask
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(writes: Write) -> list[int]:
    return [writes(f"Дело {number}", subject=f"Дело {number}").pk for number in range(3)]


def test_given_with_reasons_and_taken_back(
    ask: Ask, boris: User, ilya: User, vera: User, three: list[int], line_two: Team
) -> None:
    Ticket.objects.filter(pk=three[2]).update(team=line_two)

    told = ask("post", "tickets/many/assign", boris, {"tickets": three, "owner": "ilya"}).json()
    assert (told["done"], told["gone"], told["refused"]) == (three[:2], 1, [])
    again = ask("post", "tickets/many/assign", boris, {"tickets": three[:2], "owner": "ilya"}).json()
    assert (again["same"], again["undo"]) == (three[:2], None)
    refused = ask("post", "tickets/many/assign", boris, {"tickets": three[:2], "owner": "vera"}).json()
    assert refused["refused"][0]["tickets"] == three[:2]

    back = ask("post", f"tickets/many/{told['undo']}/undo", boris)
    assert back.json()["done"] == three[:2] and not Ticket.objects.exclude(owner=None).exists()
    assert ask("post", f"tickets/many/{told['undo']}/undo", boris).status_code == 409
    assert ask("post", f"tickets/many/{told['undo']}/undo", ilya).status_code == 404


def test_labels_and_priority_with_the_same_key_once(ask: Ask, anna: User, three: list[int]) -> None:
    topic = Topic(name="Оплата")
    topic.put()
    body = {"tickets": three, "topic": topic.pk, "add": ["vpn"]}
    done, repeated = (ask("post", "tickets/many/labels", anna, body, key="k").json() for _ in range(2))
    assert done == repeated and done["done"] == three
    assert set(Ticket.objects.values_list("topic", flat=True)) == {topic.pk}
    ask("post", f"tickets/many/{done['undo']}/undo", anna)
    assert list(Ticket.objects.values_list("topic", "tags")) == [(None, [])] * 3

    assert ask("post", "tickets/many/priority", anna, {"tickets": three, "priority": 4}).json()["done"] == three
    assert ask("post", "tickets/many/priority", anna, {"tickets": three, "priority": 9}).status_code == 422
    assert ask("post", "tickets/many/labels", anna, {"tickets": three, "topic": 987}).json()["field"] == "topic"
    assert ask("post", "tickets/many/take", anna, {"tickets": []}).status_code == 422
    assert ask("post", "tickets/many/take", anna, {"tickets": three}).json()["done"] == three


def test_a_hand_over_taken_back_was_none(ask: Ask, anna: User, three: list[int], line_two: Team) -> None:
    words = {"line": "Вторая линия", "question": "Нет звука", "expected": "Доступ"}
    told = ask("post", "tickets/many/hand-over", anna, {"tickets": three, **words}).json()
    assert told["done"] == three and Handover.objects.count() == 3
    assert ask("post", "tickets/many/hand-over", anna, {"tickets": three, **words, "line": "?"}).status_code == 422

    assert ask("post", f"tickets/many/{told['undo']}/undo", anna).json()["done"] == three
    assert not Handover.objects.exists() and not Ticket.objects.filter(team=line_two).exists()
