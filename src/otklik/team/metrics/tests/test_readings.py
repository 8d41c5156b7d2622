"""What is measured of a request, the sums of days, and the one layer that is asked."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from otklik.care.surveys.models import Invitation
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Identity
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, Refuse, Resolve
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.metric import How
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Cell, Reading, TicketFact
from otklik.team.metrics.observing import STATES
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.tests.conftest import START, hours
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

# Entries of a running transaction are not settled, so the facts need real commits.
pytestmark = pytest.mark.django_db(transaction=True)

WEEKS = Scope(START - timedelta(days=7), START + timedelta(days=28))
HOUR = 3_600_000_000
REFUSAL: dict[str, Any] = {"reason": "rules", "explanation": "Договор не позволяет.", "alternatives": ["Другой тариф."]}


def ask(name: str, **only: str) -> Figure:
    with clock.at(hours(24 * 60)):
        return layer.figure(Question(METRICS[name], WEEKS, only))


@pytest.fixture
def story(solved: Ticket, writes: Write, anna: User) -> Ticket:
    """Example V3, with the client who comes back two days later and is answered at once."""
    last = solved.conversation.messages.latest("pk")
    with clock.at(hours(48)):
        writes("Снова не работает", references=[last.external_id])
    with clock.at(hours(49)):
        solved.refresh_from_db()
        solved.reply("Теперь точно", by=anna, then=Resolve())
    count_facts()
    return solved


def values(measure: Measure) -> list[int]:
    return sorted(Reading.objects.filter(measure=measure).values_list("value", flat=True))


def test_what_is_measured_of_one_request(story: Ticket) -> None:
    assert values(Measure.FIRST) == [HOUR // 2]
    assert values(Measure.NEXT) == [HOUR, 2 * HOUR]
    assert values(Measure.SOLVED) == [int(4.5 * HOUR)], "the hour after it came back counts"
    assert values(Measure.SOLVED_CALENDAR) == [int(27.5 * HOUR)]
    assert values(Measure.WAITED) == [int(4.5 * HOUR)]
    assert values(Measure.FIRST_SOLVED) == [int(3.5 * HOUR)], "what came after it does not count"
    stood = dict(Reading.objects.filter(measure=Measure.STATUS).values_list("kind", "value"))
    assert stood == {STATES["open"]: int(4.5 * HOUR), STATES["pending_client"]: 23 * HOUR}
    kinds = Reading.objects.filter(measure=Measure.SOLUTION).order_by("at").values_list("kind", flat=True)
    assert list(kinds) == [1, 0], "after the first solution the client came back"


def test_a_first_solution_stays_after_the_client_came_back(solved: Ticket, writes: Write) -> None:
    last = solved.conversation.messages.latest("pk")
    with clock.at(hours(48)):
        writes("Снова не работает", references=[last.external_id])
    count_facts()
    assert values(Measure.SOLVED) == [] and values(Measure.FIRST_SOLVED) == [int(3.5 * HOUR)]
    assert Reading.objects.get(measure=Measure.FIRST_SOLVED).at == hours(26.5)


def test_a_slip_is_no_first_solution(writes: Write, anna: User) -> None:
    with clock.at(START):
        ticket = writes()
        ticket.take(by=anna)
        ticket.close("spam", by=anna)
    count_facts()
    assert values(Measure.FIRST_SOLVED) == []
    with clock.at(hours(1)):
        ticket.reopen_by(anna)
    with clock.at(hours(2)):
        ticket.reply("Готово", by=anna, then=Resolve())
    count_facts()
    assert Reading.objects.get(measure=Measure.FIRST_SOLVED).at == hours(2)


def test_the_layer_tells_each_metric(story: Ticket, anna: User) -> None:
    assert (ask("arrivals").value, ask("solved").value) == (1, 1)
    assert ask("frt").value == 1800 and ask("frt").p90 == 1800
    assert ask("nrt").n == 2 and ask("nrt").value == 5400
    back = ask("reopen")
    assert (back.n, back.good, back.value) == (2, 1, 0.5) and back.status == "hidden"
    assert ask("promise.kept").n == 1
    assert ask("frt", agent=str(anna.pk)).n == 1 and ask("frt", agent="0").n == 0


def test_a_refusal_is_complete_when_it_offers_a_talk(writes: Write, anna: User) -> None:
    with clock.at(START):
        for number, talk in enumerate((True, False)):
            ticket = writes(sender=f"client{number}@volga.test")
            ticket.reply("Не сможем", by=anna, then=Refuse(**REFUSAL, consulted=talk))
    count_facts()

    assert (ask("refusal.quality").good, ask("refusal.quality").n) == (1, 2)


def test_appeals_are_counted_when_they_are_decided_for_whoever_refused(writes: Write, anna: User, boris: User) -> None:
    then = PromiseDate(START + timedelta(days=5), "пересчитаем")
    with clock.at(START):
        for number in range(3):
            ticket = writes(sender=f"client{number}@volga.test")
            ticket.reply("Не сможем", by=anna, then=Refuse(**REFUSAL))
            appeal = Ticket.objects.get(pk=ticket.pk).appeal("Пункт 4.2")
            found = Ticket.objects.get(pk=ticket.pk)
            if number == 0:
                found.grant_appeal(appeal.pk, by=boris, words="Верно", then=then)
            elif number == 1:
                found.uphold_appeal(appeal.pk, by=boris, words="Нет")
    count_facts()

    assert (ask("refusal.overturned").good, ask("refusal.overturned").n) == (1, 2)
    assert (ask("refusal.overturned", agent=str(anna.pk)).n, ask("refusal.quality").n) == (2, 3)


def test_a_young_solution_is_not_counted_among_those_that_held(story: Ticket) -> None:
    with clock.at(hours(50)):
        assert layer.figure(Question(METRICS["reopen"], WEEKS)).n == 0


def test_nothing_gives_no_value(writes: Write) -> None:
    found = ask("csat.t2b")

    assert (found.n, found.value, found.status) == (0, None, "undefined")
    assert ask("arrivals").value == 0


def test_every_figure_has_as_many_rows_behind_it(story: Ticket) -> None:
    for metric in (one for one in METRICS.values() if one.is_read):
        part = metric.good if metric.how == How.PART else frozenset()
        asked = Question(metric, WEEKS, part=part)
        with clock.at(hours(24 * 60)):
            assert layer.behind(asked).count() == layer.figure(asked).n, metric.id


@pytest.fixture
def busy(writes: Write, anna: User, boris: User, line_two: Team) -> list[Ticket]:
    """Requests of two people and two lines with marks, a refusal and a hand-over."""
    tickets = []
    for number in range(6):
        with clock.at(hours(24 * number)):
            ticket = writes(sender=f"client{number}@volga.test", subject=f"Вопрос {number}")
        with clock.at(hours(24 * number + 1 + number / 3)):
            who = anna if number % 2 else boris
            ticket.reply("Готово", by=who, then=Refuse(**REFUSAL) if number == 3 else Resolve())
        if number != 3:
            with clock.at(hours(24 * number + 4)):
                invitation = Invitation.objects.for_page(Ticket.objects.get(pk=ticket.pk))
                assert invitation is not None
                invitation.answer(number % 3 + 3)
        tickets.append(ticket)
    count_facts()
    return tickets


def _whole_state() -> tuple[Any, ...]:
    readings = Reading.objects.order_by("ticket", "measure", "at", "kind", "value", "team_id").values()
    cells = Cell.objects.order_by("measure", "side", "day", "team_id", "key", "bucket").values()
    return [{**row, "id": None} for row in readings], list(cells), list(TicketFact.objects.order_by("pk").values())


def test_a_rebuild_gives_the_same_to_the_last_unit(busy: list[Ticket], writes: Write, anna: User) -> None:
    with clock.at(hours(24 * 8)):
        writes("И ещё вопрос", sender="client0@volga.test")
    count_facts()
    before = _whole_state()
    assert len(before[0]) > 40 and len(before[1]) > 60

    TicketFact.objects.rebuild()

    assert _whole_state() == before


def test_a_correction_moves_the_sums(story: Ticket, line_two: Team, anna: User) -> None:
    """The request belongs to another line now: the sums of the first one forget it."""
    Ticket.objects.filter(pk=story.pk).update(team=line_two)
    TicketFact.objects.count({story.pk})

    line = str(line_two.pk)
    assert ask("frt", line=line).n == 1 and ask("frt").n == 1
    assert not Cell.objects.filter(n=0).exists()
    assert not Cell.objects.filter(measure=Measure.FIRST, side="").exclude(team_id=line_two.pk).exists()


def test_who_is_excluded_later_leaves_nothing(story: Ticket, anna: User) -> None:
    address = Identity.objects.filter(kind="email", contact=story.contact).values_list("value", flat=True).get()
    User.objects.filter(pk=anna.pk).update(email=address)
    TicketFact.objects.count({story.pk})

    assert not Reading.objects.exists() and not Cell.objects.exists()


@pytest.mark.parametrize("side", ["", "day", "line", "agent", "channel", "topic", "class"])
def test_sums_and_readings_tell_the_same(busy: list[Ticket], side: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(reader: Callable[[Question, str], dict[str, Figure]], question: Question) -> dict[str, Any]:
        return {key: (one.n, one.good, one.value) for key, one in reader(question, side).items()}

    for metric in (one for one in METRICS.values() if one.is_read):
        question = Question(metric, WEEKS)
        with clock.at(hours(24 * 60)):
            exact = layer._from_readings(question, side)
            monkeypatch.setattr(layer, "EXACT_UP_TO", 0)
            from_sums = layer._figures(question, side)
        assert {key: one.n for key, one in from_sums.items()} == {key: one.n for key, one in exact.items()}, metric.id
        for key, one in from_sums.items():
            if one.exact:
                assert one == exact[key], metric.id
            else:
                assert one.value == pytest.approx(exact[key].value, rel=0.14, abs=1), metric.id


@pytest.mark.parametrize("zone", ["Asia/Vladivostok", "America/New_York"])
def test_days_are_those_of_the_organisation_wherever_the_reader_is(busy: list[Ticket], zone: str) -> None:
    """A month that is closed in Vladivostok is the month of the company."""

    def told() -> list[Any]:
        with clock.at(hours(24 * 60)):
            asked = [Question(metric, WEEKS) for metric in METRICS.values()]
            return [(layer.figure(one), layer.by_day(one), one.scope.days()) for one in asked]

    here, kept = told(), _whole_state()
    with timezone.override(zone):
        assert told() == here
        TicketFact.objects.rebuild()
    assert _whole_state() == kept


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Asia/Kathmandu", "Europe/Berlin"])
def test_hours_are_those_of_the_organisation_also_where_they_begin_at_odd_minutes(
    ticket: Ticket, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half and three quarters of an hour off, and the night in which the clock is set back."""
    here = ZoneInfo(zone)
    monkeypatch.setattr(layer, "zone", lambda: here)
    Reading.objects.all().delete()
    began = datetime(2026, 10, 24, 12, 7, tzinfo=UTC)
    moments = [began + timedelta(minutes=7 * number) for number in range(400)]
    told = {"ticket": ticket, "measure": Measure.OPENED, "team_id": ticket.team_id, "channel": "email"}
    Reading.objects.bulk_create(Reading(at=one, contact_id=ticket.contact_id, **told) for one in moments)

    expected = [[0] * 24 for _day in range(7)]
    for one in moments:
        local = one.astimezone(here)
        expected[local.weekday()][local.hour] += 1
    scope = Scope(began, began + timedelta(days=3))
    assert layer.by_hour(Question(METRICS["arrivals"], scope)) == expected
