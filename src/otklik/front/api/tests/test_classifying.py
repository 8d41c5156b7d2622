"""What tickets are about, told and asked by programs."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Field, Ticket, Topic
from otklik.front.api.tests.conftest import Ask
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def sound(db: None) -> Topic:
    phones = Topic(name="Телефония")
    phones.put()
    sound = Topic(name="Качество связи", parent=phones)
    sound.put()
    return sound


def test_topics_are_listed_as_a_tree(ask: Ask, anna: User, sound: Topic) -> None:
    rows = ask("get", "topics", anna).json()

    assert [(row["path"], row["parent"]) for row in rows] == [
        ("Телефония", None),
        ("Телефония › Качество связи", sound.parent_id),
    ]


def test_a_ticket_is_classified_and_found_again(ask: Ask, ticket: Ticket, anna: User, sound: Topic) -> None:
    told = ask("post", f"tickets/{ticket.number}/topic", anna, {"topic": sound.pk})
    assert told.json()["topic"] == {"id": sound.pk, "path": "Телефония › Качество связи"}

    tagged = ask("post", f"tickets/{ticket.number}/tags", anna, {"tags": ["#VPN", "vpn"]})
    assert tagged.json()["tags"] == ["vpn"]

    for query in (f"topic:{sound.parent_id}", "tag:vpn", "topic:телефония tag:VPN"):
        assert [row["number"] for row in ask("get", f"tickets?query={query}", anna).json()["items"]] == [ticket.number]
    assert ask("post", f"tickets/{ticket.number}/topic", anna, {"topic": None}).json()["topic"] is None


def test_what_is_wrong_is_a_422(ask: Ask, ticket: Ticket, anna: User, vera: User, sound: Topic) -> None:
    assert ask("post", f"tickets/{ticket.number}/topic", anna, {"topic": 999999}).status_code == 422
    refused = ask("post", f"tickets/{ticket.number}/tags", anna, {"tags": ["о" * 41]})
    assert (refused.status_code, refused.json()["field"]) == (422, "tags")
    assert ask("post", f"tickets/{ticket.number}/topic", vera, {"topic": sound.pk}).status_code == 404


def test_a_priority_is_set(ask: Ask, ticket: Ticket, anna: User) -> None:
    told = ask("post", f"tickets/{ticket.number}/priority", anna, {"priority": 3})
    assert told.json()["priority"] == 3
    assert ask("post", f"tickets/{ticket.number}/priority", anna, {"priority": 5}).status_code == 422


def test_what_was_done_is_answered_the_same_when_the_ticket_has_gone(
    ask: Ask, ticket: Ticket, anna: User, line_two: Team
) -> None:
    """To a line whose tickets she does not see: her program, which heard no answer, hears that it was done."""
    said = {"priority": 3}
    first = ask("post", f"tickets/{ticket.number}/priority", anna, said, key="k")
    assert first.status_code == 200
    ticket.refresh_from_db()
    ticket.hand_over(line_two, Brief("Звонок", "", "Дальше у вас"), by=anna)
    again = ask("post", f"tickets/{ticket.number}/priority", anna, said, key="k")
    assert (again.status_code, again.content) == (200, first.content)
    assert ask("post", f"tickets/{ticket.number}/priority", anna, said, key="l").status_code == 404


def test_details_are_typed_and_asked_for_when_it_is_solved(ask: Ask, ticket: Ticket, anna: User) -> None:
    count = Field.objects.create(name="Телефонов", kind="number", is_required=True)
    flag = Field.objects.create(name="Выезд", kind="flag")
    assert [row["name"] for row in ask("get", "topics/fields", anna).json()] == ["Телефонов", "Выезд"]

    refused = ask("post", f"tickets/{ticket.number}/resolve", anna, {"text": "Готово."})
    assert (refused.status_code, refused.json()["field"]) == (422, count.place)

    told = ask("post", f"tickets/{ticket.number}/details", anna, {"values": {count.pk: 12.5, flag.pk: False}})
    assert [row["value"] for row in told.json()["details"]] == [12.5, False]
    wrong = ask("post", f"tickets/{ticket.number}/details", anna, {"values": {count.pk: "много"}})
    assert (wrong.status_code, wrong.json()["field"]) == (422, count.place)
    assert ask("post", f"tickets/{ticket.number}/resolve", anna, {"text": "Готово."}).status_code == 200


def test_ties_are_made_seen_and_taken_away(
    ask: Ask, ticket: Ticket, writes: Write, anna: User, vera: User, line_two: Team
) -> None:
    other = writes("Второе")
    made = ask("post", f"tickets/{other.number}/ties", anna, {"kind": "part", "other": ticket.number}).json()["ties"]
    assert [(tie["kind"], tie["other"], tie["back"]) for tie in made] == [("part", ticket.number, False)]
    assert ask("get", f"tickets/{ticket.number}", anna).json()["ties"][0]["back"] is True

    other.hand_over(line_two, Brief("Звонок", "", "Дальше у вас"), by=anna)
    assert ask("get", f"tickets/{ticket.number}", anna).json()["ties"] == []
    remove = f"ties/{made[0]['id']}/remove"
    assert ask("post", f"tickets/{ticket.number}/{remove}", anna).status_code == 404
    assert ask("post", f"tickets/{other.number}/{remove}", vera).status_code == 404
    assert (
        ask("post", f"tickets/{ticket.number}/ties", anna, {"kind": "part", "other": other.number}).status_code == 404
    )

    other.hand_over(ticket.team, Brief("Звонок", "", "Обратно"), by=vera)
    assert ask("post", f"tickets/{other.number}/{remove}", anna).json()["ties"] == []


def test_tasks_are_planned_listed_and_ticked(ask: Ask, ticket: Ticket, anna: User, ilya: User) -> None:
    due = (clock.now() + timedelta(hours=1)).isoformat()
    address = f"tickets/{ticket.number}/tasks"
    (task,) = ask("post", address, anna, {"text": "Проверить", "executor": "ilya", "due_at": due}).json()["tasks"]
    assert task["executor"]["login"] == "ilya" and task["done_at"] is None
    assert [one["id"] for one in ask("get", "tasks", ilya).json()] == [task["id"]]
    assert ask("post", address, anna, {"text": "Дело", "executor": "nobody"}).status_code == 422

    changed = ask("post", f"{address}/{task['id']}", anna, {"text": "Позвонить"}).json()["tasks"][0]
    assert (changed["text"], changed["executor"], changed["due_at"]) == ("Позвонить", None, None)
    done = ask("post", f"{address}/{task['id']}/done", ilya, {"done": True}).json()["tasks"][0]
    assert done["done_by"]["login"] == "ilya"
    assert ask("post", f"{address}/{task['id']}/remove", anna).json()["tasks"] == []
    assert ask("post", f"{address}/{task['id']}/done", anna, {}).status_code == 404


def test_an_upset_client_is_marked_and_found(ask: Ask, ticket: Ticket, writes: Write, anna: User, vera: User) -> None:
    angry = writes("Это безобразие, верните деньги!")
    found = [row["number"] for row in ask("get", "tickets?query=upset:yes", anna).json()["items"]]
    assert found == [angry.number] and ask("get", f"tickets/{angry.number}", anna).json()["upset_since"]

    marked = ask("post", f"tickets/{ticket.number}/upset", anna, {"upset": True})
    assert marked.json()["upset_since"]
    assert ask("post", f"tickets/{ticket.number}/upset", anna, {"upset": False}).json()["upset_since"] is None
    assert ask("post", f"tickets/{ticket.number}/upset", anna, {"upset": "so"}).status_code == 422
    assert ask("post", f"tickets/{ticket.number}/upset", vera, {"upset": True}).status_code == 404
