"""Problems and incidents as programs read them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.care.incidents.models import Incident
from otklik.care.problems.models import Problem
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.front.api.tests.conftest import Ask

pytestmark = pytest.mark.django_db


def test_they_are_listed_with_the_numbers_that_acts_ask_for(
    ask: Ask, ticket: Ticket, anna: User, vera: User, quality: User
) -> None:
    problem = Problem.objects.begin(title="Нет звука", notices="Не слышно", workaround="Перезагрузить", by=anna)
    over = Problem.objects.begin(title="Старое", notices="x", by=anna)
    now = clock.now()
    Problem.objects.filter(pk=over.pk).update(
        state="removed", wake_on=None, removed_at=now, checked_at=now, result="x", effect=30
    )
    ask("post", "tickets/many/problem", anna, {"tickets": [ticket.pk], "problem": problem.pk})
    (row,) = ask("get", "problems", vera).json()
    assert (row["id"], row["workaround"], row["tickets"]) == (problem.pk, "Перезагрузить", 1)
    assert row["owner"]["login"] == "anna" and ask("get", f"problems/{problem.pk}", quality).json() == row
    assert [one["id"] for one in ask("get", "problems?over=true", anna).json()] == [over.pk]

    incident = Incident.objects.declare(title="Лежит", affects="Нет связи", severity=2, by=anna)
    ask("post", "tickets/many/incident", anna, {"tickets": [ticket.pk], "incident": incident.pk})
    (told,) = ask("get", "incidents", vera).json()
    assert (told["id"], told["severity"], told["tickets"]) == (incident.pk, 2, 1) and told["next_at"]
    assert ask("get", f"incidents/{incident.pk}", anna).json() == told
    assert ask("get", "incidents?closed=true", anna).json() == []


@pytest.mark.parametrize("home", ["problems", "incidents"])
def test_what_is_not_there_and_another_scope(ask: Ask, anna: User, home: str) -> None:
    assert ask("get", f"{home}/987654", anna).status_code == 404
    assert ask("get", home, anna, scopes=("people:read",)).status_code == 403


@pytest.mark.usefixtures("kept_for_long")
def test_a_list_costs_the_same_however_long(ask: Ask, anna: User, ilya: User) -> None:
    def cost(home: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert ask("get", home, anna).status_code == 200
        return len(seen)

    def more(by: User) -> None:
        Problem.objects.begin(title="Ещё", notices="x", by=by)
        Incident.objects.declare(title="Ещё", affects="x", severity=3, by=by)

    more(anna)
    cost("problems")
    before = [cost(home) for home in ("problems", "incidents")]
    for by in (ilya, anna, ilya):
        more(by)
    assert [cost(home) for home in ("problems", "incidents")] == before
