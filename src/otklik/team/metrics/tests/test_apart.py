"""Many questions at once are answered as each by itself, and a curve of months costs what one month costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.team.metrics.days import midnight
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.apart import Part, by_sides
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("frt", "reopen", "arrivals", "solved", "refusal.share", "sla.attainment", "backlog", "complaint.rate")


@pytest.fixture
def answered(writes: Write, anna: User, ilya: User, line_two: Team) -> list[Ticket]:
    """Some requests of these days and of forty days ago, by two people."""
    found = []
    for number in range(6):
        with clock.at(clock.now() - timedelta(days=40 * (number % 2), minutes=number)):
            ticket = writes(sender=f"c{number}@else.test", subject=f"Вопрос {number}")
            ticket.reply("Вот.", by=ilya if number == 1 else anna, then=Resolve())
            found.append(ticket)
    count_facts()
    return found


def parts(months: int) -> list[Part]:
    today = clock.house_today()
    spans = [
        Scope(midnight(today - timedelta(days=30 * back + 29)), midnight(today - timedelta(days=30 * back - 1)))
        for back in range(months)
    ]
    return [Part(Question(METRICS[name], span), by) for name in NAMES for span in spans for by in ("", "agent", "line")]


def said(figure: Figure) -> tuple[object, ...]:
    return figure.n, figure.value, figure.p90, figure.good, figure.exact


def test_each_is_what_it_is_by_itself(answered: list[Ticket], monkeypatch: pytest.MonkeyPatch) -> None:
    for exact_up_to in (20_000, 0):
        monkeypatch.setattr(layer, "EXACT_UP_TO", exact_up_to)
        asked = parts(2)
        for one, found in zip(asked, by_sides(asked), strict=True):
            alone = layer.by_side(one.question, one.by) if one.by else {"": layer.figure(one.question)}
            assert {key: said(alone[key]) for key in found} == {key: said(figure) for key, figure in found.items()}
            assert not any(alone[key].n for key in alone.keys() - found.keys()), one
    assert any(figure.n for found in by_sides(parts(1)) for figure in found.values())


def test_it_costs_two_statements_whatever_the_times_and_sides(answered: list[Ticket]) -> None:
    read = [[one for one in parts(months) if one.is_summed] for months in (1, 6)]
    assert len(read[1]) == 6 * len(read[0]) > 60
    for some in read:
        with CaptureQueriesContext(connection) as queries:
            by_sides(some)
        assert len(queries) == 2
