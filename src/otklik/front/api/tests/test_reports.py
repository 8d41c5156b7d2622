"""Alerts, reports by mail and notes on charts, by programs."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.front.api import reports
from otklik.front.api.tests.conftest import Ask
from otklik.team.alerts.models import Alert, Ringing
from otklik.team.boards.models import Board
from otklik.team.metrics.models import Annotation
from otklik.team.reports.models import Report, Sending

pytestmark = pytest.mark.django_db


@pytest.fixture
def mailed(anna: User, boris: User, head: User) -> None:
    for one in (anna, boris, head):
        User.objects.filter(pk=one.pk).update(email=f"{one.login}@desk.test")
        one.refresh_from_db()


def alert(owner: User, team: Team | None, name: str = "Долго") -> Alert:
    made = Alert(name=name, metric="frt", team=team, bound=3600)
    made.make([], by=owner)
    return made


def test_alerts_are_read_paused_and_taken_away(ask: Ask, boris: User, line_one: Team) -> None:
    one = alert(boris, line_one)
    Ringing.objects.create(alert=one, began=clock.now(), value=4000, n=30, definition="x")
    (row,) = ask("get", "alerts", boris).json()
    assert (row["id"], row["bound"], row["line_id"]) == (one.pk, 3600, line_one.pk) and row["rings_since"]
    (rang,) = ask("get", f"alerts/{one.pk}/ringings", boris).json()
    assert (rang["value"], rang["ended"]) == (4000, None)
    tag = ask("get", f"alerts/{one.pk}", boris)["ETag"]
    paused = ask("post", f"alerts/{one.pk}/pause", boris, {"paused": True}, tag=tag).json()
    assert paused["paused_at"] and paused["rings_since"] is None
    assert ask("post", f"alerts/{one.pk}/pause", boris, {"paused": False}, tag=tag).status_code == 412
    assert ask("post", f"alerts/{one.pk}/pause", boris, {"paused": False}).json()["paused_at"] is None
    first, again = (ask("post", f"alerts/{one.pk}/retire", boris, key="r") for _ in range(2))
    assert first.status_code == 200 and first.content == again.content
    assert ask("get", f"alerts/{one.pk}", boris).status_code == 404


def test_ACCESS_1_alerts_of_another_line(
    ask: Ask, anna: User, boris: User, quality: User, line_one: Team, line_two: Team
) -> None:
    foreign, own = alert(quality, line_two), alert(quality, line_one)
    for path, body in (("", None), ("/ringings", None), ("/pause", {"paused": True}), ("/retire", None)):
        method = "post" if path in ("/pause", "/retire") else "get"
        told, none = (ask(method, f"alerts/{pk}{path}", boris, body) for pk in (foreign.pk, 987654))
        assert (told.status_code, told.content) == (404, none.content)
        assert ask(method, f"alerts/{own.pk}{path}", anna, body).status_code == 403
        assert ask(method, f"alerts/{own.pk}{path}", boris, body, scopes=("tickets:read",)).status_code == 403
    assert [one["id"] for one in ask("get", "alerts", boris).json()] == [own.pk]


def test_a_report_is_made_changed_sent_and_removed(
    ask: Ask, mailed: None, boris: User, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    monkeypatch.setattr(reports.send, "defer", lambda sending_pk: sent.append(sending_pk))
    board = Board.objects.make(by=boris, name="Утро")
    body: dict[str, Any] = {"name": "По понедельникам", "readers": ["Boris"], "subject": "board", "board_id": board.pk}
    first, again = (ask("post", "reports", boris, body, key="r") for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content) and Report.objects.count() == 1
    made = first.json()
    assert ([one["login"] for one in made["readers"]], made["is_on"]) == (["boris"], True) and made["next_at"]
    home = f"reports/{made['id']}"
    tag = ask("get", home, boris)["ETag"]
    weekly = body | {"every": "day", "hour": 7}
    assert ask("put", home, boris, weekly, tag=tag).json()["every"] == "day"
    assert ask("put", home, boris, body, tag=tag).status_code == 412
    assert ask("post", f"{home}/on", boris, {"on": False}).json()["is_on"] is False
    told = ask("post", f"{home}/send", boris).json()
    assert sent == [told["id"]] and (told["state"], told["by_hand"]) == ("waiting", True)
    assert [one["id"] for one in ask("get", f"{home}/letters", boris).json()] == sent
    for change, field in (
        ({"readers": ["nobody"]}, "readers"),
        ({"readers": []}, "readers"),
        ({"readers": ["anna"]}, "readers"),
        ({"board_id": None}, "board_id"),
        ({"board_id": 987654}, "board_id"),
    ):
        wrong = ask("put", home, boris, body | change)
        assert (wrong.status_code, wrong.json()["field"]) == (422, field), change
    assert ask("post", f"{home}/remove", boris).json() == {"removed": made["id"]} and not Report.objects.exists()


def test_ACCESS_1_reports_of_others(ask: Ask, mailed: None, boris: User, anna: User, vera: User, head: User) -> None:
    one = Report.objects.make([boris, anna], by=boris, name="Отчёт")
    Sending.objects.now(one, boris)
    body = {"name": "x", "readers": ["anna"]}
    acts = (("put", "", body), ("post", "/on", {"on": False}), ("post", "/remove", None))
    for method, path, told in acts:
        foreign, none = (ask(method, f"reports/{pk}{path}", vera, told) for pk in (one.pk, 987654))
        assert (foreign.status_code, foreign.content) == (404, none.content)
        assert ask(method, f"reports/{one.pk}{path}", anna, told).status_code == 403, "it is only received"
    assert ask("post", f"reports/{one.pk}/send", vera).status_code == 404
    assert ask("get", f"reports/{one.pk}/letters", anna).json() == [], "letters of others are not theirs to see"
    assert ask("post", "reports", anna, body).status_code == 403
    assert ask("get", "reports", vera).json() == [] and len(ask("get", "reports", head).json()) == 1
    assert ask("post", f"reports/{one.pk}/remove", boris, scopes=("boards:read",)).status_code == 403
    User.objects.filter(pk=anna.pk).update(email="")
    assert ask("post", f"reports/{one.pk}/send", anna).status_code == 409


def test_what_happened_is_noted(ask: Ask, anna: User, boris: User, head: User, line_one: Team, line_two: Team) -> None:
    day = clock.today().isoformat()
    body = {"on": day, "words": "Новый тариф", "line_id": line_one.pk}
    first, again = (ask("post", "chart-notes", boris, body, key="n") for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content) and Annotation.objects.count() == 1
    for change, field in (
        ({"line_id": line_two.pk}, "line_id"),
        ({"line_id": None}, "line_id"),
        ({"on": (clock.today() + timedelta(days=400)).isoformat()}, "on"),
        ({"words": "  "}, "words"),
    ):
        wrong = ask("post", "chart-notes", boris, body | change)
        assert (wrong.status_code, wrong.json()["field"]) == (422, field), change
    whole = ask("post", "chart-notes", head, body | {"line_id": None}).json()
    assert [one["id"] for one in ask("get", "chart-notes", boris).json()] == [whole["id"], first.json()["id"]]
    assert ask("post", f"chart-notes/{whole['id']}/remove", boris).status_code == 403
    other = Annotation.objects.create(on=clock.today(), words="Чужое", team=line_two, by=head)
    foreign, none = (ask("post", f"chart-notes/{pk}/remove", boris) for pk in (other.pk, 987654))
    assert (foreign.status_code, foreign.content) == (404, none.content)
    for method, path, told in (("get", "", None), ("post", "", body), ("post", f"/{whole['id']}/remove", None)):
        assert ask(method, f"chart-notes{path}", anna, told).status_code == 403
    assert ask("post", f"chart-notes/{first.json()['id']}/remove", boris).json() == {"removed": first.json()["id"]}


@pytest.mark.usefixtures("kept_for_long")
@pytest.mark.parametrize("home", ["alerts", "reports", "chart-notes"])
def test_a_list_costs_the_same_however_long(ask: Ask, mailed: None, boris: User, line_one: Team, home: str) -> None:
    def more() -> None:
        alert(boris, line_one)
        Report.objects.make([boris], by=boris, name="Отчёт")
        Annotation.objects.create(on=clock.today(), words="x", team=line_one, by=boris)

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert ask("get", home, boris).status_code == 200
        return len(seen)

    more()
    cost()
    before = cost()
    for _ in range(3):
        more()
    assert cost() == before
