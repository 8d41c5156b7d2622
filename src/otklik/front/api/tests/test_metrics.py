"""Metrics for programs."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from otklik.core.journal import clock
from otklik.core.staff.models import ApiToken, User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.steps import Resolve
from otklik.team.metrics.layer.catalogue import METRICS
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)


def ask(user: User, path: str = "", **query: str) -> Any:
    _, secret = ApiToken.objects.issue(user, ["tickets:read"])
    return Client().get(f"/api/v1/metrics{path}", query, headers={"Authorization": f"Bearer {secret}"})


@pytest.fixture
def period() -> dict[str, str]:
    today = timezone.localtime(clock.now()).date()
    return {"since": str(today - timedelta(days=6)), "until": str(today)}


@pytest.fixture
def answered(writes: Write, anna: User) -> None:
    for number in range(6):
        writes(sender=f"client{number}@volga.test").reply("Готово", by=anna, then=Resolve())
    count_facts()


def test_every_metric_is_told_with_its_definition(anna: User) -> None:
    told = {one["id"]: one for one in ask(anna).json()}

    assert set(told) == set(METRICS)
    assert told["frt"]["unit"] == "span" and told["frt"]["better"] == "down" and "reopen" in told["frt"]["pair"]


def test_a_figure_with_its_breakdown(answered: None, head: User, anna: User, period: dict[str, str]) -> None:
    told = ask(head, "/refusal.share", by="agent", **period).json()

    assert told["figure"]["n"] == 6 and told["figure"]["value"] == 0 and told["figure"]["status"] == "low"
    assert [(row["key"], row["name"], row["n"]) for row in told["rows"]] == [(str(anna.pk), anna.name, 6)]
    days = ask(head, "/arrivals", by="day", agent=str(anna.pk), **period).json()["rows"]
    assert sum(row["n"] for row in days) == 6


def test_people_are_compared_by_who_leads_them(answered: None, anna: User, period: dict[str, str]) -> None:
    assert ask(anna, "/frt", by="agent", **period).status_code == 422
    assert ask(anna, "/frt", agent=str(anna.pk), **period).status_code == 422
    assert ask(anna, "/frt", **period).json()["figure"]["n"] == 6


def test_several_sides_narrow_at_once(answered: None, head: User, anna: User, period: dict[str, str]) -> None:
    client = str(Contact.objects.get(identities__value="client0@volga.test").client_id or 0)
    told = ask(head, "/arrivals", **period, **{"class": "0"}, channel="paper", agent=str(anna.pk)).json()

    assert told["figure"]["n"] == 6
    assert ask(head, "/arrivals", **period, product="999").json()["figure"]["n"] == 0
    assert ask(head, "/arrivals", **period, client=client).status_code == 200
    assert ask(anna, "/arrivals", **period, client=client).status_code == 422, "for those who lead"


def test_another_line_has_nothing_of_it(answered: None, vera: User, period: dict[str, str]) -> None:
    assert ask(vera, "/arrivals", **period).json()["figure"]["n"] == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": "2026-02-01", "until": "2026-01-01"},
        {"since": "2020-01-01", "until": "2026-01-01"},
        {"since": "0001-01-01", "until": "0001-01-02"},
        {"since": "9999-12-31", "until": "9999-12-31"},
        {"line": "x"},
        {"by": "weekday"},
    ],
)
def test_what_cannot_be_asked_is_told(head: User, period: dict[str, str], wrong: dict[str, str]) -> None:
    assert ask(head, "/frt", **{**period, **wrong}).status_code == 422


def test_records_know_few_sides(head: User, period: dict[str, str]) -> None:
    assert ask(head, "/complaint.rate", **period, topic="5").status_code == 422
    assert ask(head, "/inc.mttr", **period, by="line").status_code == 422
    assert ask(head, "/complaint.upheld", **period, by="line").status_code == 200


def test_no_such_metric(head: User, period: dict[str, str]) -> None:
    assert ask(head, "/nothing", **period).status_code == 404
