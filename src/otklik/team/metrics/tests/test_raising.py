"""What was passed up in time, and what was raised to somebody who leads (METRICS V16)."""

from datetime import timedelta

import pytest

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.brief import Brief
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve, Wait
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading, TicketFact, Watermark
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.tests.conftest import START, hours
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)

WEEKS = Scope(START - timedelta(days=7), START + timedelta(days=28))
BRIEF = Brief.of("Нет звука", "", "Проверить")


def ask(name: str, **only: str) -> Figure:
    with clock.at(hours(24 * 60)):
        return layer.figure(Question(METRICS[name], WEEKS, only))


def solve(ticket: Ticket, by: User, hour: float) -> None:
    with clock.at(hours(hour)):
        ticket.refresh_from_db()
        ticket.reply("Готово", by=by, then=Resolve())


@pytest.fixture
def up(writes: Write, anna: User, vera: User, line_one: Team, line_two: Team) -> list[Ticket]:
    """The first line has eight hours: two were passed up after one and two, one after five."""
    Team.objects.filter(pk=line_one.pk).update(resolution=timedelta(hours=8))
    found = []
    for number, hour in enumerate((1, 2, 5)):
        with clock.at(START):
            found.append(writes(sender=f"client{number}@volga.test"))
        with clock.at(hours(hour)):
            found[-1].take(by=anna)
            found[-1].hand_over(line_two, BRIEF, by=anna)
        solve(found[-1], vera, hour + 2)
    count_facts()
    return found


def test_passed_up_within_half_of_the_time_of_the_line(up: list[Ticket], line_one: Team, line_two: Team) -> None:
    found = ask("escalation.in_time")
    assert (found.good, found.n) == (2, 3)
    assert (
        ask("escalation.in_time", line=str(line_one.pk)).n == 3
        and ask("escalation.in_time", line=str(line_two.pk)).n == 0
    )
    assert ask("escalation").good == 3


def test_what_waited_in_the_line_twice_is_counted_from_when_it_came_back(
    writes: Write, anna: User, vera: User, line_one: Team, line_two: Team
) -> None:
    Team.objects.filter(pk=line_one.pk).update(resolution=timedelta(hours=8))
    with clock.at(START):
        ticket = writes()
        ticket.take(by=anna)
        ticket.hand_over(line_two, BRIEF, by=anna)
    with clock.at(hours(5)):
        ticket.go_back(line_one, anna, "Не хватает логов", by=vera)
    with clock.at(hours(6)):
        ticket.hand_over(line_two, BRIEF, by=anna)
    solve(ticket, vera, 7)
    count_facts()
    assert (ask("escalation.in_time").good, ask("escalation.in_time").n) == (2, 2)


def test_the_time_stands_still_while_the_client_is_waited_for_and_once_it_is_solved(
    writes: Write, anna: User, vera: User, line_one: Team, line_two: Team
) -> None:
    """One hour of ours, a day of the client's and four days solved, then another hour: two of the eight."""
    Team.objects.filter(pk=line_one.pk).update(resolution=timedelta(hours=8))
    with clock.at(START):
        ticket = writes()
        ticket.take(by=anna)
    with clock.at(hours(0.5)):
        asked = ticket.reply("Какой номер?", by=anna, then=Wait(hours(48)))
    with clock.at(hours(24.5)):
        writes("Вот номер", references=[asked.external_id])
    solve(ticket, anna, 25)
    with clock.at(hours(121)):
        writes("Опять не работает", references=[ticket.conversation.messages.latest("pk").external_id])
    with clock.at(hours(122)):
        ticket.refresh_from_db()
        assert ticket.is_open, "it was opened again"
        ticket.hand_over(line_two, BRIEF, by=anna)
    solve(ticket, vera, 123)
    count_facts()

    assert (ask("escalation.in_time").good, ask("escalation.in_time").n) == (1, 1)
    assert Reading.objects.get(measure=Measure.UP_IN_TIME).value == 2 * 3600 * 1_000_000


def test_a_slip_is_neither_passed_up_nor_raised_nor_begins_the_time_anew(
    writes: Write, anna: User, vera: User, boris: User, line_one: Team, line_two: Team
) -> None:
    """Its time runs from the start: five hours of eight are late, whatever was taken back after four."""
    Team.objects.filter(pk=line_one.pk).update(resolution=timedelta(hours=8))
    with clock.at(START):
        late, stayed = writes(), writes("Другое", sender="other@volga.test")
        for one in (late, stayed):
            one.take(by=anna)
    with clock.at(hours(4)):
        for one in (late, stayed):
            one.hand_over(line_two, BRIEF, by=anna)
            one.take_back_hand_over(line_one, anna, by=anna)
        stayed.assign(boris, by=anna)
        stayed.assign(anna, by=anna, slip=True)
    with clock.at(hours(5)):
        late.hand_over(line_two, BRIEF, by=anna)
    solve(stayed, anna, 6)
    solve(late, vera, 6)
    count_facts()

    assert (ask("escalation.in_time").good, ask("escalation.in_time").n) == (0, 1)
    assert (ask("escalation.lead").good, ask("escalation.lead").n) == (0, 2)
    of_line = ask("escalation", line=str(line_one.pk))
    assert (of_line.good, of_line.n) == (1, 2)
    assert [row.value for row in Reading.objects.filter(measure=Measure.TURNS).order_by("ticket")] == [1, 0]
    assert not Reading.objects.filter(measure=Measure.LINE, ticket=stayed, team_id=line_two.pk).exists()

    # Of what ended before the update slips are counted as they were: those with news alone would be counted otherwise.
    Watermark.objects.update(up_since=clock.now() + timedelta(days=1))
    TicketFact.objects.count({stayed.pk, late.pk})
    assert [row.value for row in Reading.objects.filter(measure=Measure.TURNS).order_by("ticket")] == [3, 4]
    assert Reading.objects.filter(measure=Measure.LINE, ticket=stayed, team_id=line_two.pk).exists()
    Watermark.objects.update(up_since=START)
    TicketFact.objects.count({stayed.pk, late.pk})
    assert [row.value for row in Reading.objects.filter(measure=Measure.TURNS).order_by("ticket")] == [1, 0]


def test_of_what_ended_before_the_upgrade_nothing_is_known_whatever_news_it_has(up: list[Ticket], vera: User) -> None:
    """Those with news alone would be counted: no fair part of the past.  A rebuild counts all of it."""
    v16 = ("escalation.in_time", "escalation.lead")
    ended = sorted(Ticket.objects.values_list("ended_at", flat=True))
    Watermark.objects.update(up_since=ended[1])
    TicketFact.objects.count({one.pk for one in up})
    assert [ask(name).n for name in v16] == [2, 2]
    assert ask("escalation").good == 3, "what was measured before goes on"

    TicketFact.objects.rebuild()
    count_facts()
    assert [ask(name).n for name in v16] == [3, 3]


def test_raised_is_what_somebody_gave_to_a_lead(writes: Write, anna: User, ilya: User, boris: User, head: User) -> None:
    """Anna gave one to Boris and one to Ilya; Boris took the third himself; the fourth a rule gave."""
    gave = ((anna, boris), (anna, ilya), (boris, boris), (None, boris))
    for number, (by, owner) in enumerate(gave):
        with clock.at(hours(number)):
            ticket = writes(sender=f"client{number}@volga.test")
            ticket.assign(owner, by=by)
        solve(ticket, owner, number + 0.5)
    count_facts()

    found = ask("escalation.lead")
    assert (found.good, found.n) == (1, 4)
    assert [row.ticket_id for row in layer.behind(Question(METRICS["escalation.lead"], WEEKS)) if row.kind] == [
        Ticket.objects.order_by("pk")[0].pk
    ]
