"""Problems by programs: begun, led, lived with, removed, and what the night proposes."""

from datetime import timedelta
from typing import Any

import pytest

from otklik.care.problems.models import Candidate, Problem
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Product
from otklik.desk.tickets.models import Ticket, Topic
from otklik.front.api.tests.conftest import Ask

pytestmark = pytest.mark.django_db
WORDS: dict[str, Any] = {"title": "Нет звука", "notices": "Не слышно собеседника"}


def in_days(days: int) -> str:
    return (clock.house_today() + timedelta(days=days)).isoformat()


def test_a_problem_goes_its_way(ask: Ask, ticket: Ticket, anna: User, boris: User) -> None:
    topic, product = Topic.objects.create(name="Звонки"), Product.objects.create(name="АТС")
    body = WORDS | {"topic": topic.pk, "product": product.name}
    first, again = (ask("post", "problems", anna, body, key="p") for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content) and Problem.objects.count() == 1
    home = f"problems/{first.json()['id']}"
    ask("post", "tickets/many/problem", anna, {"tickets": [ticket.pk], "problem": first.json()["id"]})
    assert [one["number"] for one in ask("get", f"{home}/tickets", anna).json()] == [ticket.number]

    tag = ask("get", home, anna)["ETag"]
    better = {"workaround": "Перезагрузить", "fix_cost": "1500.50", "effect": 40, "wake_on": in_days(3)}
    changed = ask("patch", home, anna, better, tag=tag).json()
    assert (changed["workaround"], changed["wake_on"]) == ("Перезагрузить", in_days(3))
    assert ask("patch", home, anna, {"title": "x"}, tag=tag).status_code == 412
    nothing = ask("post", f"{home}/state", anna, {"state": "known"})
    assert (nothing.status_code, nothing.json()["field"]) == (422, "cause")
    assert ask("post", f"{home}/state", anna, {"state": "known", "cause": "Кодек"}).json()["state"] == "known"
    live = {"reason": "Дорого", "wake_on": in_days(90)}
    assert ask("post", f"{home}/live", anna, live).status_code == 403, "that is for who leads"
    assert ask("post", f"{home}/live", boris, live).json()["state"] == "lived"
    assert ask("post", f"{home}/remove", anna, {"result": "Сменили кодек"}).json()["state"] == "removed"
    assert ask("post", f"{home}/remove", anna, {"result": "Ещё"}).status_code == 409
    assert ask("post", f"{home}/check", anna, {"checked": "Обращений нет"}).json()["wake_on"] is None
    more = ask("get", f"{home}/details", anna).json()
    assert (more["cause"], more["fix_cost"], more["effect"], more["topic"]) == ("Кодек", "1500.50", 40, topic.pk)
    assert (more["result"], more["checked"], more["product"]) == ("Сменили кодек", "Обращений нет", "АТС")


def test_only_what_is_named_changes(ask: Ask, anna: User) -> None:
    product = Product.objects.create(name="АТС")
    one = Problem.objects.begin(**WORDS, by=anna, product=product)
    ask("patch", f"problems/{one.pk}", anna, {"title": None, "effect": 10})
    one.refresh_from_db()
    assert (one.title, one.effect, one.product) == (WORDS["title"], 10, product)
    ask("patch", f"problems/{one.pk}", anna, {"product": None, "effect": None})
    one.refresh_from_db()
    assert (one.effect, one.product) == (None, None)
    for body, field in (({"product": "x"}, "product"), ({"topic": 987654}, "topic"), ({"owner": "x"}, "owner")):
        told = ask("patch", f"problems/{one.pk}", anna, body)
        assert (told.status_code, told.json()["field"]) == (422, field)
    past = ask("patch", f"problems/{one.pk}", anna, {"effect": 20, "wake_on": "2020-01-01"})
    one.refresh_from_db()
    assert (past.status_code, past.json()["field"], one.effect) == (422, "wake_on", None), "all of it or nothing"


@pytest.fixture
def candidate(ticket: Ticket) -> Candidate:
    topic = Topic.objects.create(name="Звонки")
    made = Candidate.objects.create(found="group", key="t1", topic=topic, count=1, clients=1)
    made.tickets.add(ticket)
    return made


def test_what_was_found_becomes_a_problem_or_none(
    ask: Ask, candidate: Candidate, anna: User, boris: User, quality: User
) -> None:
    (row,) = ask("get", "problems/candidates", anna).json()
    assert (row["id"], row["count"], row["found"]) == (candidate.pk, 1, "group")
    home = f"problems/candidates/{candidate.pk}"
    assert ask("post", f"{home}/refuse", anna, {"why": "Случайность"}).status_code == 403
    assert ask("post", f"{home}/make", quality, WORDS).status_code == 403
    made = ask("post", f"{home}/make", anna, WORDS)
    assert (made.status_code, made.json()["tickets"]) == (201, 1)
    assert ask("post", f"{home}/make", anna, WORDS).status_code == 404, "somebody has said what it is"
    other = Candidate.objects.create(found="group", key="t2", topic=candidate.topic, count=2, clients=2)
    assert ask("post", f"problems/candidates/{other.pk}/refuse", boris, {"why": "Случайность"}).json() == []
    other.refresh_from_db()
    assert other.why == "Случайность" and other.by == boris


def test_ACCESS_1_who_does_not_own_it_changes_nothing(
    ask: Ask, ticket: Ticket, anna: User, ilya: User, vera: User, quality: User
) -> None:
    one = Problem.objects.begin(**WORDS, by=anna, tickets=[ticket])
    acts = (
        ("patch", "", {"title": "x"}),
        ("post", "/state", {"state": "removing"}),
        ("post", "/live", {"reason": "x", "wake_on": in_days(2)}),
        ("post", "/remove", {"result": "x"}),
        ("post", "/check", {"checked": "x"}),
    )
    for method, path, body in acts:
        assert [ask(method, f"problems/{one.pk}{path}", user, body).status_code for user in (ilya, quality)] == [
            403
        ] * 2
        assert ask(method, f"problems/987654{path}", anna, body).status_code == 404
        foreign = ask(method, f"problems/{one.pk}{path}", anna, body, scopes=("tickets:write", "incidents:read"))
        assert foreign.status_code == 403
    assert ask("post", "problems", quality, WORDS).status_code == 403
    assert ask("get", f"problems/{one.pk}/tickets", vera).json() == [], "a ticket of another line is not there"
    for path in ("candidates", f"{one.pk}/details", f"{one.pk}/tickets"):
        assert ask("get", f"problems/{path}", anna, scopes=("tickets:read",)).status_code == 403
