"""METRICS C1 through the product: answers make commitments, and these the time that may be promised."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.sla.models import Clock
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import standing, telling
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.tests.conftest import START
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NOW = START + 10 * DAY


def asked(name: str, *teams: Team) -> Question:
    return Question(METRICS[name], Scope(NOW - DAY, NOW + DAY, [team.pk for team in teams] or None))


def ask(name: str, *teams: Team) -> Figure:
    with clock.at(NOW):
        return layer.figure(asked(name, *teams))


def answered(writes: Write, by: User, minutes: list[int]) -> None:
    for place, took in enumerate(minutes):
        begun = START + place * timedelta(hours=1)
        with clock.at(begun):
            ticket = writes(sender=f"{place}@volga.test")
        with clock.at(begun + took * MINUTE):
            ticket.reply("Какой номер?", by=by, then=Wait(NOW + 20 * DAY))


def test_a_safe_time_is_told_with_its_cases_and_nothing_of_too_few(
    writes: Write, anna: User, line_one: Team, line_two: Team
) -> None:
    """C1: of thirty answers, one to thirty minutes, only the slowest bears 90 % out (n < 29: none)."""
    answered(writes, anna, list(range(1, 31)))

    one = ask("promise.safe_time.first")
    assert (one.n, one.value, one.status, telling.of_how_many(one)) == (30, 1800, "ok", "30 измерений")
    assert ask("promise.safe_time.first", line_two).status == "undefined"
    with clock.at(NOW):
        sides = layer.by_side(asked("promise.safe_time.first"), "line")
        behind = standing.behind(asked("promise.safe_time.first"))
        earlier = layer.figure(Question(METRICS["promise.safe_time.first"], Scope(NOW - 3 * DAY, NOW - 2 * DAY)))
        assert len({row.of_request for row in behind}) == 30
        assert layer.by_side(asked("promise.safe_time.first"), "class") == {}
    assert {key: figure.value for key, figure in sides.items()} == {str(line_one.pk): 1800}
    assert earlier.value is None, "how long open ones had lasted then nobody knows"


def test_a_request_that_nobody_answers_makes_the_time_longer_and_one_that_just_came_does_not(
    writes: Write, anna: User
) -> None:
    answered(writes, anna, [5] * 30)
    assert ask("promise.safe_time.first").value == 300
    with clock.at(NOW - MINUTE):
        writes(sender="new@volga.test")
    assert (ask("promise.safe_time.first").n, ask("promise.safe_time.first").value) == (30, 300)
    with clock.at(NOW - 5 * DAY):
        writes(sender="old@volga.test")
    assert (ask("promise.safe_time.first").n, ask("promise.safe_time.first").value) == (32, None)
    assert Clock.objects.live().filter(kind="resolution").count() == Ticket.objects.open().count() == 32
    assert (ask("promise.safe_time.resolution").n, ask("promise.safe_time.resolution").value) == (32, None)
