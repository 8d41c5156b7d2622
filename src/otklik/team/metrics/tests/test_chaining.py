"""Contacts that make one matter: V14 and Q6, whatever comes late or is corrected."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.core.formulas import fcr
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Merging
from otklik.desk.routing.models import Handover
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Ticket, Topic, Visit
from otklik.desk.tickets.steps import PromiseDate, Resolve, Wait
from otklik.team.metrics.chaining import (
    AGAIN,
    AT_ONCE,
    AT_ONCE_UNABLE,
    ESCALATED,
    LONGER,
    LONGER_UNABLE,
    RESOLVED,
    UNABLE,
    _beside,
    chained,
    moments,
)
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Cell, Reading, TicketFact
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.seen import Seen
from otklik.team.metrics.tests.conftest import START, hours
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

DAY = timedelta(days=1)
LATER = hours(24 * 60)
SCOPE = Scope(START - DAY, START + 40 * DAY)


def moment(day: float) -> datetime:
    return datetime(2026, 6, 1, tzinfo=UTC) + timedelta(days=day)


def contact(day: float, person: int, topic: int | None, value: int = RESOLVED) -> Seen:
    return Seen(Measure.CONTACT, moment(day), value, 0, 1, None, "email", topic, None, None, person, None)


contacts = st.lists(
    st.tuples(
        *(st.integers(0, 40), st.integers(1, 2), st.sampled_from([1, 2])),
        st.sampled_from([0, RESOLVED, 3, 5, ESCALATED, 7]),
    ),
    max_size=14,
    unique_by=lambda one: one[:3],
)  # fmt: skip


@pytest.mark.django_db
@given(contacts)
def test_readings_of_matters_are_what_the_formula_counts(told: list[tuple[int, int, int, int]]) -> None:
    """Each request with one contact; the formula is the judge."""
    seen = {number: Counter([contact(*one)]) for number, one in enumerate(told)}
    here, beside = chained(seen, Reading.objects.none())
    readings = [one for some in here.values() for one in some.elements()]
    issues = [one for one in readings if one.measure == Measure.ISSUE]
    repeats = [one for one in readings if one.measure == Measure.CONTACT and one.kind == AGAIN]
    items = [
        {
            **{"client": person, "reason": topic, "at": moment(day), "resolved": bool(value & RESOLVED)},
            **{"escalated": bool(value & ESCALATED), "eligible": not value & UNABLE},
        }
        for day, person, topic, value in told
    ]
    whole = fcr(items, moment(100))

    assert not beside and len(issues) == whole["issues"] and sum(one.value for one in issues) == len(told)
    assert _share(sum(one.kind in (1, 3) for one in issues), len(issues)) == whole["gross"]
    able = [one for one in issues if one.kind in (LONGER, AT_ONCE)]
    assert _share(sum(one.kind == AT_ONCE for one in able), len(able)) == whole["net"]
    assert _share(len(repeats), len(told)) == whole["repeat_rate"]


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def at(hour: float, kind: str, status: str = "") -> dict[str, object]:
    return {"type": kind, "at": hours(hour), **({"status": status} if status else {})}


@pytest.mark.parametrize(
    ("events", "began"),
    [
        ([at(0, "created"), at(1, "client_msg")], [0]),
        ([at(0, "created"), at(1, "agent_reply"), at(2, "client_msg"), at(3, "client_msg")], [0, 2]),
        (
            [
                at(0, "created"),
                at(1, "status", "pending_client"),
                *(at(1, "agent_reply"), at(2, "status", "open"), at(2, "client_msg")),
                *(at(3, "agent_reply"), at(4, "client_msg")),
            ],
            [0, 4],
        ),
        ([at(0, "created"), at(1, "status", "solved"), at(1, "agent_reply"), at(5, "back")], [0, 5]),
        (
            [at(0, "created"), at(1, "status", "solved"), at(1, "agent_reply"), at(5, "client_msg"), at(5, "back")],
            [0, 5],
        ),
    ],
)
def test_a_contact_is_what_the_client_began(events: list[dict[str, object]], began: list[float]) -> None:
    assert list(moments(events)) == [hours(one) for one in began]


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sound(db: None) -> Topic:
    return Topic.objects.create(name="Звук")


@pytest.fixture
def bills(db: None) -> Topic:
    return Topic.objects.create(name="Счета")


def solved(writes: Write, by: User, day: float, topic: Topic | None) -> Ticket:
    """A request that its first answer solves."""
    with clock.at(START + day * DAY):
        ticket = writes(f"Вопрос дня {day}")
        ticket.reply("Готово", by=by, then=Resolve())
        Ticket.objects.filter(pk=ticket.pk).update(topic=topic)
    return ticket


def told(name: str) -> tuple[int | None, int]:
    with clock.at(LATER):
        found = layer.figure(Question(METRICS[name], SCOPE))
    return found.good, found.n


def test_one_contact_is_enough_until_the_client_comes_again(writes: Write, anna: User, sound: Topic) -> None:
    solved(writes, anna, 0, sound)
    count_facts()
    assert told("fcr.gross") == (1, 1) and told("repeat.rate") == (0, 1)

    second = solved(writes, anna, 5, sound)
    count_facts()
    assert told("fcr.gross") == (0, 1) and told("repeat.rate") == (1, 2), "the first request changes along"
    assert Reading.objects.get(measure=Measure.ISSUE).ticket_id == second.pk

    solved(writes, anna, 20, sound)
    count_facts()
    assert told("fcr.gross") == (1, 2) and told("repeat.rate") == (1, 3), "two weeks later it is another matter"


def test_a_matter_that_comes_late_between_two_makes_one_of_them(writes: Write, anna: User, sound: Topic) -> None:
    first, third = solved(writes, anna, 0, sound), solved(writes, anna, 12, sound)
    TicketFact.objects.count({first.pk, third.pk})
    assert told("fcr.gross") == (2, 2)

    between = solved(writes, anna, 6, sound)
    TicketFact.objects.count({between.pk})

    assert told("fcr.gross") == (0, 1) and told("repeat.rate") == (2, 3)


def test_a_corrected_topic_sets_both_matters_right(writes: Write, anna: User, sound: Topic, bills: Topic) -> None:
    first, second = solved(writes, anna, 0, sound), solved(writes, anna, 3, sound)
    TicketFact.objects.count({first.pk, second.pk})
    assert told("fcr.gross") == (0, 1)

    Ticket.objects.filter(pk=second.pk).update(topic=bills)
    TicketFact.objects.count({second.pk})
    assert told("fcr.gross") == (2, 2) and told("repeat.rate") == (0, 2)

    Ticket.objects.filter(pk=second.pk).update(topic=sound)
    TicketFact.objects.count({second.pk})
    assert told("fcr.gross") == (0, 1) and told("repeat.rate") == (1, 2)


def test_what_is_not_counted_any_more_leaves_its_matter(writes: Write, anna: User, sound: Topic) -> None:
    first, second = solved(writes, anna, 0, sound), solved(writes, anna, 3, sound)
    TicketFact.objects.count({first.pk, second.pk})

    Ticket.objects.get(pk=second.pk).merge_into(Ticket.objects.get(pk=first.pk), by=anna)
    TicketFact.objects.count({second.pk})

    assert Reading.objects.filter(measure=Measure.CONTACT, ticket=second).count() == 0
    assert not Cell.objects.filter(n__lte=0).exists()


def test_without_a_topic_a_request_is_a_matter_of_its_own(writes: Write, anna: User) -> None:
    one, two = solved(writes, anna, 0, None), solved(writes, anna, 1, None)
    TicketFact.objects.count({one.pk, two.pk})

    assert told("fcr.gross") == (2, 2)


def test_a_young_matter_is_not_judged(writes: Write, anna: User, sound: Topic) -> None:
    solved(writes, anna, 0, sound)
    count_facts()
    with clock.at(START + 6 * DAY):
        assert layer.figure(Question(METRICS["fcr.gross"], SCOPE)).n == 0


def test_what_a_higher_line_solved_was_not_solved_at_once(
    writes: Write, anna: User, line_one: Team, line_two: Team, sound: Topic, bills: Topic
) -> None:
    """To a line beside it is no escalation."""
    beside = Team.objects.create(name="Соседи", level=line_one.level, calendar=line_one.calendar)
    for line, topic in ((line_two, sound), (beside, bills)):
        with clock.at(START):
            ticket = writes("Нет звука")
            Ticket.objects.filter(pk=ticket.pk).update(topic=topic)
            ticket.hand_over(line, Brief("Нет звука", "Всё", "Проверить"), by=anna)
        with clock.at(hours(1)):
            Ticket.objects.get(pk=ticket.pk).reply("Готово", by=anna, then=Resolve())
        TicketFact.objects.count({ticket.pk})
        assert told("fcr.gross") == told("fcr.net") == ((0, 1) if line == line_two else (1, 2))


def test_what_is_sent_back_is_a_share_of_what_was_passed_up(
    writes: Write, anna: User, vera: User, line_one: Team, line_two: Team
) -> None:
    """METRICS V16: of two that were passed up one came back, whatever else the lines had."""
    numbers: set[int] = set()
    for name, up, back in (("Раз", True, True), ("Два", True, False), ("Три", False, False)):
        with clock.at(START):
            ticket = writes("Нет звука", subject=name, sender=f"{len(numbers)}@x.test")
            if up:
                ticket.hand_over(line_two, Brief("Нет звука", "Всё", "Проверить"), by=anna)
            if back:
                Handover.objects.get(ticket=ticket).send_back("Нет журнала звонков", by=vera)
        with clock.at(hours(1)):
            Ticket.objects.get(pk=ticket.pk).reply("Готово", by=vera if up and not back else anna, then=Resolve())
        numbers.add(ticket.pk)
    TicketFact.objects.count(numbers)
    assert (told("escalation"), told("returned")) == ((2, 5), (1, 2))
    with clock.at(START + 30 * DAY):
        of_line = {name: layer.by_side(Question(METRICS[name], SCOPE), "line") for name in ("escalation", "returned")}
    assert {key: (one.good, one.n) for key, one in of_line["escalation"].items()} == {
        str(line_one.pk): (2, 3),
        str(line_two.pk): (0, 2),
    }
    assert {key: (one.good, one.n) for key, one in of_line["returned"].items()} == {str(line_one.pk): (1, 2)}


def test_what_needed_a_visit_is_left_out_of_what_can_be_solved_at_once(
    writes: Write, anna: User, sound: Topic, bills: Topic
) -> None:
    once, again = solved(writes, anna, 0, sound), solved(writes, anna, 0, bills)
    later = solved(writes, anna, 2, bills)
    for ticket in (once, again):
        window = {"starts_at": hours(20), "ends_at": hours(22)}
        Visit.objects.create(ticket=ticket, place="Самара, Мира, 1", by=anna, **window)
    count_facts()
    assert told("fcr.gross") == (1, 2), "one of two matters took one contact"
    assert told("fcr.net") == (0, 0), "neither could be solved by an answer"

    without = solved(writes, anna, 20, sound)
    count_facts()
    assert told("fcr.gross") == (2, 3) and told("fcr.net") == (1, 1)
    kinds = dict(Reading.objects.filter(measure=Measure.ISSUE).values_list("ticket", "kind"))
    assert kinds == {once.pk: AT_ONCE_UNABLE, later.pk: LONGER_UNABLE, without.pk: AT_ONCE}


def test_what_answers_a_question_of_ours_is_no_contact(writes: Write, anna: User) -> None:
    with clock.at(START):
        ticket = writes("Нет звука")
        asked = ticket.reply("Какой номер?", by=anna, then=Wait(hours(48)))
    with clock.at(hours(2)):
        writes("Вот номер", references=[asked.external_id])
        ticket.refresh_from_db()
        ticket.reply("Смотрим", by=anna, then=PromiseDate(hours(30)))
    count_facts()
    assert Reading.objects.filter(measure=Measure.CONTACT).count() == 1, "the client answered, nobody came again"

    with clock.at(hours(5)):
        writes("Ну что там?", references=[asked.external_id])
    count_facts()
    assert Reading.objects.filter(measure=Measure.CONTACT).count() == 2


def test_a_rebuild_gives_the_same_matters(writes: Write, anna: User, sound: Topic, bills: Topic) -> None:
    for day, topic in ((0, sound), (3, bills), (5, sound), (11, sound), (30, bills), (31, None)):
        solved(writes, anna, day, topic)
        count_facts()
    before = _state()
    assert {Measure.CONTACT, Measure.ISSUE} <= {row[1] for row in before[0]}

    TicketFact.objects.rebuild()

    assert _state() == before


def _state() -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    names = ("ticket", "measure", "at", "kind", "value", "topic_id")
    cells = Cell.objects.order_by("measure", "side", "day", "team_id", "key", "bucket").values_list()
    return list(Reading.objects.order_by(*names).values_list(*names)), list(cells)


def test_what_is_long_over_is_not_read_again_and_stays(writes: Write, anna: User, sound: Topic) -> None:
    """One request with contacts in two chains: the earlier one stays as it is."""
    with clock.at(START):
        first = writes("Нет звука")
        sent = first.reply("Смотрим", by=anna, then=PromiseDate(START + 40 * DAY))
        Ticket.objects.filter(pk=first.pk).update(topic=sound)
    with clock.at(START + 30 * DAY):
        writes("Ну что там?", references=[sent.external_id])
    TicketFact.objects.count({first.pk})
    near = solved(writes, anna, 33, sound)
    TicketFact.objects.count({near.pk})
    rows = Reading.objects.filter(measure=Measure.CONTACT).order_by("at", "ticket").values_list("kind", flat=True)
    assert list(rows) == [0, 0, 1] and Reading.objects.filter(measure=Measure.ISSUE).count() == 2

    spans, _found = _beside({(near.contact_id, sound.pk): [START + 33 * DAY]}, Reading.objects.exclude(ticket=near))
    assert [begins.date() for begins, _ends in spans.values()] == [(START + 30 * DAY).date()]
    before = _state()
    TicketFact.objects.rebuild()
    assert _state() == before


def test_a_chain_is_followed_however_far_it_goes(writes: Write, anna: User, sound: Topic) -> None:
    tickets = [solved(writes, anna, 6 * place, sound) for place in range(8)]
    count_facts()
    issue = Reading.objects.get(measure=Measure.ISSUE)
    assert (issue.value, issue.ticket_id) == (8, tickets[-1].pk)

    TicketFact.objects.count({tickets[-1].pk})
    assert Reading.objects.get(measure=Measure.ISSUE).value == 8


def test_clients_who_are_merged_had_one_matter_and_parted_two(writes: Write, anna: User, sound: Topic) -> None:
    with clock.at(START):
        one = writes("Звук", sender="anna@volga.test")
        one.reply("Готово", by=anna, then=Resolve())
    with clock.at(START + 2 * DAY):
        two = writes("Звук", sender="anna@home.test")
        two.reply("Готово", by=anna, then=Resolve())
    Ticket.objects.update(topic=sound)
    count_facts()
    assert told("fcr.gross") == (2, 2)

    merging = Merging.objects.merge(one.contact, two.contact, by=anna)
    count_facts()
    assert told("fcr.gross") == (0, 1), "both are over, and only the journal of the clients says so"
    before = _state()
    TicketFact.objects.rebuild()
    assert _state() == before

    merging.undo(by=anna)
    count_facts()
    assert told("fcr.gross") == (2, 2)


def test_a_long_matter_costs_no_more_statements(
    writes: Write, anna: User, sound: Topic, django_assert_max_num_queries
) -> None:
    tickets = [solved(writes, anna, day, sound) for day in range(3)]
    TicketFact.objects.count({one.pk for one in tickets})
    with django_assert_max_num_queries(40) as few:
        TicketFact.objects.count({tickets[-1].pk})
    more = [solved(writes, anna, day, sound) for day in range(3, 9)]
    TicketFact.objects.count({one.pk for one in more})
    with django_assert_max_num_queries(len(few)):
        TicketFact.objects.count({more[-1].pk})
