"""One answer to many tickets by programs: looked at, read by a second person, let go, stopped and taken back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.journal.notice import Notice
from otklik.core.staff.models import User
from otklik.desk.channels.models import Outbound
from otklik.desk.tickets.models import Sweep, Ticket
from otklik.front.api.tests.conftest import Ask
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
HOME = "tickets/many/answers"
TEXT = "{{клиент}}, связь восстановлена. Обращение № {{номер}}."
type Jobs = Callable[[], None]


@pytest.fixture
def some(writes: Write) -> Callable[[int], list[int]]:
    """So many tickets of as many clients."""

    def make(count: int) -> list[int]:
        named = ({"sender": f"c{n}@volga.test", "sender_name": f"Имя{n}"} for n in range(count))
        return [writes(f"Дело {n}", subject=f"Дело {n}", **told).number for n, told in enumerate(named)]

    return make


def body(tickets: list[int], **told: Any) -> dict[str, Any]:
    until = (clock.now() + timedelta(days=3)).isoformat()
    return {"tickets": tickets, "text": TEXT, "next": "wait", "until": until, **told}


def waiting(author: User) -> int:
    return Outbound.objects.filter(message__author=author, state="ready").count()


def test_it_is_looked_at_let_go_and_taken_back(
    ask: Ask, anna: User, ilya: User, some: Callable[[int], list[int]], run_jobs: Jobs
) -> None:
    three = some(3)
    Ticket.objects.get(pk=three[2]).take(by=ilya)
    told = body([*three, 987_654])
    made, again = (ask("post", HOME, anna, told, key="k") for _ in range(2))
    assert made.status_code == 201 and made.content == again.content and Sweep.objects.count() == 1, made.json()
    assert (made.json()["state"], made.json()["total"]) == ("looking", 4)
    home = f"{HOME}/{made.json()['id']}"
    assert ask("post", f"{home}/go", anna).status_code == 409, "nobody has seen yet what would happen"
    run_jobs()

    read = ask("get", home, anna)
    ready = read.json()
    assert (ready["state"], ready["done"], ready["gone"], ready["needs_second"]) == ("ready", 2, 1, False)
    assert [(one["count"], one["tickets"]) for one in ready["left_out"]] == [(1, [three[2]])]
    first = {"ticket": three[0], "text": f"Имя0, связь восстановлена. Обращение № {three[0]}."}
    assert ready["samples"][0] == first and len(ready["samples"]) == 2
    assert waiting(anna) == 0, "so far it was looked at"

    assert ask("post", f"{home}/go", anna, tag='"another"').status_code == 412
    assert ask("post", f"{home}/go", anna, tag=read["ETag"], key="go").json()["state"] == "running"
    run_jobs()
    done = ask("get", home, anna).json()
    assert (done["state"], done["done"], done["unsent"], done["can_be_undone"]) == ("done", 2, 2, True)
    assert done["last_leaves_at"] and waiting(anna) == 2
    assert [one["id"] for one in ask("get", HOME, anna).json()] == [done["id"]]
    assert ask("get", HOME, ilya).json() == []

    assert ask("post", f"{home}/undo", anna).json()["state"] == "undoing"
    run_jobs()
    back = ask("get", home, anna).json()
    assert (back["state"], back["done"], back["unsent"], back["can_be_undone"]) == ("undone", 2, 0, False)
    assert waiting(anna) == 0 and ask("post", f"{home}/undo", anna).status_code == 409


def test_of_more_than_twenty_a_second_person_reads_it_first(
    ask: Ask, anna: User, ilya: User, boris: User, vera: User, some: Callable[[int], list[int]], run_jobs: Jobs
) -> None:
    home = f"{HOME}/{ask('post', HOME, anna, body(some(21))).json()['id']}"
    run_jobs()
    told = ask("post", f"{home}/go", anna, key="go").json()
    assert (told["state"], told["needs_second"], told["may_approve"]) == ("ready", True, False)
    assert Notice.objects.get(person=boris, about="sweep").about_id == told["id"]
    run_jobs()
    assert waiting(anna) == 0, "it waits for a second person"

    assert ask("post", f"{home}/approve", anna).status_code == 403, "nobody approves their own"
    for user in (ilya, vera):
        assert ask("get", home, user).status_code == 404
        assert [ask("post", f"{home}/{act}", user).status_code for act in ("approve", "go", "stop", "undo")] == [
            404
        ] * 4
    assert ask("get", home, boris).json()["may_approve"]
    assert ask("post", f"{home}/go", boris).status_code == 403, "whoever began it lets it go"
    approved = ask("post", f"{home}/approve", boris).json()
    assert (approved["approved_by"], approved["needs_second"]) == (boris.name, False)
    assert ask("post", f"{home}/approve", boris).status_code == 409

    assert ask("post", f"{home}/go", anna, key="go after").json()["state"] == "running"
    run_jobs()
    assert ask("get", home, anna).json()["done"] == 21 and waiting(anna) == 21
    assert ask("post", f"{home}/undo", boris).json()["state"] == "undoing", "letters that are wrong wait for nobody"
    run_jobs()
    assert waiting(anna) == 0
    assert Notice.objects.filter(person=anna, about="sweep", kind="returned").exists()


def test_it_is_stopped_before_it_is_over(
    ask: Ask, anna: User, some: Callable[[int], list[int]], run_jobs: Jobs
) -> None:
    home = f"{HOME}/{ask('post', HOME, anna, body(some(2))).json()['id']}"
    assert ask("post", f"{home}/stop", anna).status_code == 200
    run_jobs()
    assert ask("get", home, anna).json()["state"] == "stopped" and waiting(anna) == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": "{{погода на марсе}}"}, "text"),
        ({"text": " "}, "text"),
        ({"until": None}, "until"),
        ({"tickets": []}, "tickets"),
        ({"next": "refuse"}, "next"),
    ],
)
def test_what_is_wrong_is_named(ask: Ask, anna: User, ticket: Ticket, wrong: dict[str, Any], field: str) -> None:
    answer = ask("post", HOME, anna, body([ticket.number]) | wrong)
    assert (answer.status_code, answer.json()["field"]) == (422, field), answer.json()
    assert not Sweep.objects.exists()


def test_ACCESS_who_answers_nobody_answers_not_many(ask: Ask, anna: User, quality: User, ticket: Ticket) -> None:
    assert ask("post", HOME, quality, body([ticket.number])).status_code == 403
    assert ask("post", HOME, anna, body([ticket.number]), scopes=("tickets:read",)).status_code == 403
    assert ask("get", f"{HOME}/987654", anna).status_code == 404
    resolved = ask("post", HOME, anna, body([ticket.number], next="resolve", until=None))
    assert resolved.status_code == 201, "the last answer needs no date"


@pytest.mark.usefixtures("kept_for_long")
def test_a_list_of_them_costs_the_same_however_many(ask: Ask, anna: User, ticket: Ticket, run_jobs: Jobs) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert ask("get", HOME, anna).status_code == 200
        return len(seen)

    ask("post", HOME, anna, body([ticket.number]))
    cost()
    one = cost()
    for _ in range(4):
        ask("post", HOME, anna, body([ticket.number]))
    assert len(ask("get", HOME, anna).json()) == 5 and cost() == one
