"""Oldest first: what was picked out of turn, and who was overtaken (METRICS V13)."""

from datetime import UTC, datetime, timedelta

import pytest

from otklik.core.formulas import fifo
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.routing import many
from otklik.desk.routing.models import Pick
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.states import Priority
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.skipped import why_skipped
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Cell, Reading, TicketFact
from otklik.team.metrics.scope import Scope
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)

NINE = datetime(2026, 6, 1, 9, tzinfo=UTC)
WEEK = Scope(NINE - timedelta(days=3), NINE + timedelta(days=4))
CAME = {1: 0, 2: 10, 3: 20, 4: 35, 5: 60}
PICKED = {2: 40, 4: 45, 3: 50, 1: 90, 5: 120}
"""Minutes after nine: the example of METRICS, whose fourth is urgent."""


def ask(name: str, **only: str) -> Figure:
    return layer.figure(Question(METRICS[name], WEEK, only))


def minute(number: float) -> datetime:
    return NINE + timedelta(minutes=number)


@pytest.fixture
def example(writes: Write, anna: User, ilya: User) -> dict[int, Ticket]:
    """All come and are picked in the order of time; the second pick is Ilya's."""
    tickets: dict[int, Ticket] = {}
    moments = sorted([(at, "came", n) for n, at in CAME.items()] + [(at, "picked", n) for n, at in PICKED.items()])
    for at, what, number in moments:
        with clock.at(minute(at)):
            if what == "picked":
                tickets[number].take(by=ilya if number == 4 else anna)
                continue
            ticket = writes(f"Вопрос {number}", sender=f"c{number}@volga.test", external_id=f"<{number}>")
            far = {"due_from": minute(at), "due_at": minute(at) + timedelta(days=1)}
            Ticket.objects.filter(pk=ticket.pk).update(priority=Priority.NORMAL if number == 4 else Priority.LOW, **far)
            ticket.refresh_from_db()
            tickets[number] = ticket
    count_facts()
    return tickets


def test_the_example_of_the_guide(example: dict[int, Ticket], anna: User, ilya: User) -> None:
    passed, urgent = ask("fairness.fifo"), ask("priority_inversion")

    assert (passed.good, passed.n, passed.value) == (2, 5, 0.4), "2 and 3 overtook 1"
    assert (urgent.good, urgent.n, urgent.value) == (1, 5, 0.2), "2 before the urgent 4"
    assert ask("overtakes.max").value == 2
    assert ask("overtakes").value == pytest.approx(1.6), "of 0, 0, 0, 0 and 2"
    assert (ask("fairness.fifo", agent=str(anna.pk)).n, ask("fairness.fifo", agent=str(ilya.pk)).good) == (4, 0)
    (overtaken,) = layer.behind(Question(METRICS["overtakes.max"], WEEK)).filter(value=2)
    assert overtaken.ticket_id == example[1].pk and overtaken.at == minute(90), "told where it was picked itself"


def test_why_others_were_passed_over_is_told_by_reason(example: dict[int, Ticket], anna: User) -> None:
    """The second and the third overtook the first; for the third there is a reason."""
    asked = Question(METRICS["fairness.fifo"], WEEK)
    assert why_skipped(asked) == {("chosen", ""): 2}
    Pick.objects.get(ticket=example[3]).explain("known")
    assert why_skipped(asked) == {("chosen", ""): 1, ("chosen", "known"): 1}
    assert why_skipped(Question(METRICS["priority_inversion"], WEEK)) == {("chosen", ""): 1}
    assert why_skipped(Question(METRICS["fairness.fifo"], WEEK, {"agent": str(anna.pk)})) != {}
    Pick.objects.all().delete()
    assert why_skipped(asked) == {("", ""): 2}, "what was counted stays counted"


def test_the_kernel_says_the_same(example: dict[int, Ticket]) -> None:
    told = fifo(
        {"id": n, "rank": 0 if n == 4 else 1, "created": minute(CAME[n]), "picked": minute(PICKED[n])} for n in CAME
    )

    assert told["violation_rate"] == ask("fairness.fifo").value
    assert told["priority_inversion_rate"] == ask("priority_inversion").value
    assert told["max_overtakes"] == ask("overtakes.max").value


def test_one_that_is_picked_again_was_overtaken_anew(example: dict[int, Ticket], writes: Write, anna: User) -> None:
    with clock.at(minute(130)):
        example[1].refresh_from_db()
        example[1].assign(None, by=anna)
    with clock.at(minute(131)):
        example[5].refresh_from_db()
        example[5].assign(None, by=anna)
    with clock.at(minute(140)):
        example[5].take(by=anna)
    with clock.at(minute(150)):
        example[1].take(by=anna)
    count_facts()

    found = Reading.objects.filter(ticket=example[1], measure=Measure.OVERTAKEN).order_by("at")
    assert list(found.values_list("at", "value")) == [(minute(90), 2), (minute(150), 1)]
    assert ask("fairness.fifo").n == 7


def test_what_was_overtaken_is_counted_again_when_the_pick_is_taken_back(
    example: dict[int, Ticket], writes: Write, anna: User
) -> None:
    """Six and seven wait; Anna takes the younger one, and takes that back when she has the older one, too."""
    tickets = []
    for number in (6, 7):
        with clock.at(minute(200 + number)):
            ticket = writes(f"Вопрос {number}", sender=f"c{number}@volga.test", external_id=f"<{number}>")
            far = {"due_from": minute(200), "due_at": minute(200) + timedelta(days=1)}
            Ticket.objects.filter(pk=ticket.pk).update(**far)
            tickets.append(Ticket.objects.get(pk=ticket.pk))
    older, younger = tickets
    with clock.at(minute(210)):
        batch = many.take([younger], by=anna).batch
    with clock.at(minute(211)):
        older.take(by=anna)
    count_facts()
    overtaken = Reading.objects.filter(ticket=older, measure=Measure.OVERTAKEN)
    assert [one.value for one in overtaken] == [1] and batch

    with clock.at(minute(215)):
        batch.undo(by=anna)
    count_facts()
    assert [one.value for one in overtaken.all()] == [0]
    assert not Reading.objects.filter(ticket=younger, measure=Measure.PICKED).exists()


def test_before_it_was_recorded_nothing_is_known(example: dict[int, Ticket]) -> None:
    Pick.objects.all().delete()
    TicketFact.objects.count({ticket.pk for ticket in example.values()})

    for name in ("fairness.fifo", "priority_inversion", "overtakes", "overtakes.max"):
        assert (ask(name).value, ask(name).status) == (None, "undefined")


def test_a_rebuild_is_equal(example: dict[int, Ticket]) -> None:
    def all_of() -> tuple[list[object], list[str]]:
        cells = Cell.objects.order_by("pk").values_list(
            "measure", "side", "day", "team_id", "key", "bucket", "n", "total"
        )
        return list(cells), sorted(str(row.seen()) for row in Reading.objects.all())

    before = all_of()
    TicketFact.objects.rebuild()
    assert all_of() == before and before[0]
