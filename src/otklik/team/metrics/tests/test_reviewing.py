"""What reviews measured: scores of what was drawn, errors by family, disputes, agreement; the same when rebuilt."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from otklik.care.quality import sampling
from otklik.care.quality.models import Calibration, Plan, Review
from otklik.care.quality.states import Stream
from otklik.care.quality.tests.conftest import marks_of
from otklik.core.formulas import critical_accuracy
from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Counts, counted
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Cell, Reading, TicketFact
from otklik.team.metrics.reviewing import CHANGED, STANDS, UNDISPUTED, WAITS
from otklik.team.metrics.scope import Scope

pytestmark = pytest.mark.django_db
OURS = (Measure.REVIEWED, Measure.FAULTS, Measure.AGREED, Measure.DISPUTED)
type Assess = Callable[..., Review]


@pytest.fixture
def assess(writes: Callable[..., Ticket], anna: User, quality: User, boris: User) -> Assess:
    def make(given: dict[int, str] | None = None, stream: str = Stream.RANDOM, agent: User = anna) -> Review:
        ticket = writes("Не работает")
        ticket.reply("Готово", by=agent, then=Resolve("Готово"))
        review = Review.objects.assign(ticket, agent, quality, stream=stream)
        review.keep(marks_of(review, given), comment="", praise="", by=quality)
        review.publish(by=quality)
        return review

    return make


def read() -> list[tuple[int, int, int]]:
    """(measure, kind, value) of what reviews measured of all requests."""
    TicketFact.objects.count(set(Ticket.objects.values_list("pk", flat=True)))
    rows = Reading.objects.filter(measure__in=OURS).order_by("measure", "kind", "value")
    return list(rows.values_list("measure", "kind", "value"))


def test_a_drawn_one_has_a_score_for_its_person_and_line(assess: Assess, anna: User, line_one) -> None:
    review = assess({1: "2", 7: "0"})
    assert read() == [(Measure.REVIEWED, 85, 85), (Measure.FAULTS, 1, 0), (Measure.DISPUTED, UNDISPUTED, 0)]
    row = Reading.objects.get(measure=Measure.REVIEWED)
    assert (row.agent_id, row.team_id, row.at) == (anna.pk, line_one.pk, review.published_at)
    assert row.ticket_id == review.ticket_id


def test_what_went_wrong_has_no_part_in_scores(assess: Assess) -> None:
    assess(stream=Stream.RISK)
    assess(stream=Stream.CHOSEN)
    assert read() == [(Measure.DISPUTED, UNDISPUTED, 0)] * 2


def test_what_went_wrong_counts_where_chance_chose_it_as_well(assess: Assess, quality: User) -> None:
    review = assess({1: "2"}, stream=Stream.RISK)
    plan = Plan.objects.create(controller=quality, next_at=clock.now())
    assert (Measure.REVIEWED, 85, 85) not in read()
    sampling.draw(plan, clock.now() - timedelta(days=1), clock.now() + timedelta(days=1), seed=1)
    assert (Measure.REVIEWED, 85, 85) in read()
    assert Entry.objects.filter(kind="quality.ReviewDrawn", about_id=review.ticket_id).count() == 1


def test_under_dispute_it_waits_and_then_the_decision_counts(assess: Assess, anna: User, boris: User) -> None:
    review = assess({1: "2"})
    assert (Measure.REVIEWED, 85, 85) in read()
    review.dispute("Нет", by=anna)
    assert read() == [(Measure.DISPUTED, WAITS, 0)]
    review.decide({review.version.criteria.all()[1].pk: "4"}, "Верно", by=boris)
    assert read() == [(Measure.REVIEWED, 100, 100), (Measure.FAULTS, 0, 0), (Measure.DISPUTED, CHANGED, 0)]

    other = assess({1: "2"})
    other.dispute("Нет", by=anna)
    other.decide({}, "Оценка верна", by=boris)
    assert (Measure.DISPUTED, STANDS, 0) in read()


def test_agreement_comes_when_the_session_is_over(writes, anna: User, quality: User, boris: User) -> None:
    ticket = writes("Не работает")
    ticket.reply("Готово", by=anna, then=Resolve("Готово"))
    Calibration.objects.begin([ticket], [quality, boris], until=clock.now() + timedelta(days=1), by=quality)
    for person, given in ((quality, {}), (boris, {2: "1"})):
        assert read() == []
        one = Review.objects.get(reviewer=person)
        one.keep(marks_of(one, given), comment="", praise="", by=person)
        one.publish(by=person)
    assert read() == [(Measure.AGREED, 0, 0)] + [(Measure.AGREED, 1, 0)] * 9
    assert Reading.objects.filter(measure=Measure.AGREED, agent_id=None).count() == 10


def test_rebuilt_it_is_the_same_to_the_last_bit(assess: Assess, anna: User, boris: User) -> None:
    assess({1: "2"}).dispute("Нет", by=anna)
    assess({3: "1", 9: "0"})
    before = read()
    names = [field.name for field in Cell._meta.fields]
    cells = sorted(Cell.objects.filter(measure__in=OURS).values_list(*names))
    for forgotten in (TicketFact, Reading, Cell):
        forgotten.objects.all().delete()
    assert read() == before
    assert sorted(Cell.objects.filter(measure__in=OURS).values_list(*names)) == cells


def test_each_family_of_errors_is_counted_by_itself() -> None:
    counts = Counts({0: 77, 1: 2, 5: 1})
    client, law = (counted(METRICS[f"qa.critical.{name}"], counts) for name in ("client", "compliance"))
    told = critical_accuracy(80, 3)
    assert (client.value, client.lo, client.hi) == (told["p"], told["lo"], told["hi"])
    assert law.value == pytest.approx(79 / 80) and counted(METRICS["qa.critical.business"], counts).value == 1


def test_shares_of_disputes_by_the_example_of_METRICS() -> None:
    counts = Counts({UNDISPUTED: 186, STANDS: 9, CHANGED: 5})
    assert counted(METRICS["qa.dispute"], counts).value == pytest.approx(0.07)
    assert counted(METRICS["qa.overturned"], counts).value == pytest.approx(5 / 14)


def test_of_few_nothing_is_told_and_each_leads_to_its_request(assess: Assess, anna: User) -> None:
    reviews = [assess({1: "2"}) for _one in range(2)]
    read()
    since = clock.now() - timedelta(days=1)
    asked = Question(
        METRICS["qa.score"],
        Scope(since.replace(hour=0, minute=0, second=0, microsecond=0), clock.now() + timedelta(days=2)),
    )
    figure = layer.figure(asked)
    assert (figure.n, figure.status) == (2, "hidden")
    assert {row.ticket_id for row in layer.behind(asked)} == {one.ticket_id for one in reviews}
