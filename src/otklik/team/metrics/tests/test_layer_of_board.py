"""What the board asks the layer for: marks and who was asked, dates, commitments by class, what stands open."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from otklik.care.surveys.models import Invitation, Score
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Team, User
from otklik.desk.channels.models import Outbound
from otklik.desk.clients.models import Client, Contact
from otklik.desk.conversations.events import FateChanged
from otklik.desk.sla.models import Agreement, Clock, ServiceClass, Version
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import PromiseDate, Resolve, Wait
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import standing
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.figure import Figure, counted
from otklik.team.metrics.layer.metric import Metric
from otklik.team.metrics.layer.question import SIDES, Question
from otklik.team.metrics.models import TicketFact
from otklik.team.metrics.observing import BROKEN, KEPT, MOVED
from otklik.team.metrics.scope import Scope
from otklik.team.metrics.tests.conftest import START, hours
from tests.fixtures.cast import Write
from tests.fixtures.facts import count_facts

pytestmark = pytest.mark.django_db(transaction=True)
NOT_WAITED_FOR = ("promise.safe_time.next", "promise.safe_time.update")
"""Nobody here has asked twice, and the class promises no words on how it goes."""
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MONTH = Scope(START - 2 * DAY, START + 40 * DAY)


def ask(name: str, scope: Scope = MONTH, **only: str) -> Figure:
    return layer.figure(Question(METRICS[name], scope, only))


@pytest.fixture
def asked(solved: Ticket, settings: Any) -> Invitation:
    """The client of example V3 was asked what they think of it."""
    settings.SURVEY_DELAY_SECONDS = 0
    with clock.at(hours(27)):
        invitation = Invitation.objects.plan(solved)
        assert invitation and invitation.send()
    return Invitation.objects.get(pk=invitation.pk)


def test_marks_stand_beside_how_many_were_asked(asked: Invitation) -> None:
    with clock.at(hours(28)):
        asked.answer(4)
    count_facts()

    with clock.at(hours(24 * 20)):
        assert (ask("csat.t2b").value, ask("csat.t2b").n) == (1.0, 1)
        assert (ask("survey.response_rate").value, ask("survey.response_rate").n) == (1.0, 1)


def test_who_was_asked_counts_when_the_question_is_over(asked: Invitation) -> None:
    """S9: the young and the undeliverable are not asked for their share."""
    count_facts()
    with clock.at(hours(27 + 24 * 13)):
        assert ask("survey.response_rate").n == 0
    with clock.at(hours(27 + 24 * 16)):
        assert (ask("survey.response_rate").value, ask("survey.response_rate").n) == (0.0, 1)

    letter = Outbound.objects.get(kind=Outbound.Kind.SURVEY)
    Outbound.objects.filter(pk=letter.pk).update(state=Outbound.State.FAILED)
    assert asked.ticket
    talk = asked.ticket.conversation
    with transaction.atomic():
        message = talk.messages.get(outbound=letter)
        publish(FateChanged(conversation_id=talk.pk, message_id=message.pk, fate="failed"))
    count_facts()
    with clock.at(hours(27 + 24 * 16)):
        assert ask("survey.response_rate").n == 0, "the letter that came back is read behind the journal, too"


def test_a_mark_after_two_weeks_and_that_of_a_colleague_do_not_count(asked: Invitation, anna: User) -> None:
    with clock.at(hours(28)):
        given = asked.answer(5)
    late = hours(27 + 14 * 24)
    Score.objects.filter(pk=given.pk).update(at=late)
    Invitation.objects.filter(pk=asked.pk).update(finished_at=late)
    count_facts()
    with clock.at(hours(24 * 30)):
        assert ask("csat.t2b").n == 0
        assert (ask("survey.response_rate").good, ask("survey.response_rate").n) == (0, 1)

    Score.objects.filter(pk=given.pk).update(at=hours(28))
    assert asked.contact
    asked.contact.known_by("anna@desk.test", by=anna)
    User.objects.filter(pk=anna.pk).update(email="anna@desk.test")
    TicketFact.objects.rebuild()
    count_facts()
    with clock.at(hours(24 * 30)):
        assert ask("csat.t2b").n == ask("survey.response_rate").n == 0


def test_each_fate_of_a_date_opens_its_requests(writes: Write, anna: User) -> None:
    """V19: kept by the date, moved before it, silently passed; what is not due yet is none of them."""
    with clock.at(START):
        kept, moved, broken, young = (writes(sender=f"{name}@else.test") for name in ("k", "m", "b", "y"))
        for ticket, until in ((kept, 4), (moved, 4), (broken, 4), (young, 100)):
            ticket.reply("Вернёмся", by=anna, then=PromiseDate(hours(until)))
    with clock.at(hours(2)):
        kept.reply("Готово", by=anna, then=Resolve())
        moved.reply("Позже", by=anna, then=PromiseDate(hours(90), why="ждём"))
    with clock.at(hours(6)):
        Ticket.objects.mind_promises()
    count_facts()

    dates = Question(METRICS["promise.kept"], MONTH)
    told = layer.counts(dates)[""]
    assert {kind: told.of[kind] for kind in (KEPT, MOVED, BROKEN)} == {KEPT: 1, MOVED: 1, BROKEN: 1}
    for kind, ticket in ((KEPT, kept), (MOVED, moved), (BROKEN, broken)):
        part = Question(METRICS["promise.kept"], MONTH, part=frozenset({kind}))
        assert [row.ticket_id for row in layer.behind(part)] == [ticket.pk] and layer.figure(part).n == 1


@pytest.fixture
def vip(volga: Client, pavel: Contact) -> ServiceClass:
    version = Version.objects.begin(ServiceClass.objects.create(name="VIP", rank=1), by=None)
    version.check_capacity()
    version.put_in_force(by=None, accepted="проба", override="проба")
    Agreement.objects.create(service_class=version.service_class, client=volga, starts_on="2020-01-01")
    return version.service_class


def test_each_class_with_what_it_kept_and_the_rest(vip: ServiceClass, writes: Write, anna: User) -> None:
    start = clock.now()
    for minutes in (10, 90):  # the first answer is due in an hour
        ticket = writes(external_id=f"<{minutes}@volga.test>")
        with clock.at(start + timedelta(minutes=minutes)):
            ticket.reply("Готово", by=anna, then=Resolve())
    other = writes("Это не Волга", sender="stranger@kama.test")
    with clock.at(start + timedelta(minutes=90)):
        other.reply("Готово", by=anna, then=Resolve())
    count_facts()
    scope = Scope(start - DAY, start + 90 * DAY)

    told = layer.counts(Question(METRICS["sla.attainment"], scope), "class")
    first = {key: counted(METRICS["sla.first"], some) for key, some in told.items()}
    assert (first[str(vip.pk)].good, first[str(vip.pk)].n) == (1, 2)
    assert first[""].n == 1 and "" in told, "what no class covers"
    rest = Question(METRICS["sla.first"], scope, {"class": ""})
    assert layer.figure(rest).n == layer.behind(rest).count() == 1
    with_class = Question(METRICS["sla.attainment"], scope, {"class": str(vip.pk)})
    assert layer.figure(with_class).n == told[str(vip.pk)].n


def test_what_was_paused_stands_beside_what_was_kept(vip: ServiceClass, writes: Write, anna: User) -> None:
    ticket = writes()
    start = ticket.opened_at
    with clock.at(start + HOUR):
        ticket.reply("Какая модель?", by=anna, then=Wait(start + 20 * HOUR))
    with clock.at(start + 3 * HOUR):
        ticket.write_in("SIP-30")
    with clock.at(start + 4 * HOUR):
        ticket.reply("Готово", by=anna, then=Resolve())
    count_facts()

    paused = ask("sla.paused", Scope(start - DAY, start + 90 * DAY))
    assert paused.value == pytest.approx(0.5, abs=0.01) and paused.n == 1
    clocks = Clock.objects.filter(kind=Clock.Kind.RESOLUTION, ticket=ticket)
    assert clocks.get().paused == pytest.approx(2 * 3600, abs=60)


def test_the_ages_of_half_and_of_nine_in_ten(writes: Write, line_one: Team) -> None:
    """The example of V12: p50 6.5 h, p90 54.6 h."""
    now = clock.now()
    for number, age in enumerate((0.5, 1, 2, 3, 5, 8, 13, 21, 34, 240)):
        with clock.at(now - age * HOUR):
            writes(sender=f"c{number}@else.test")
    scope = Scope(now - DAY, now + DAY, [line_one.pk])

    with clock.at(now):
        ages = ask("backlog.age", scope)
        assert ages.value and ages.p90 and ages.n == 10
        assert (ages.value / 3600, ages.p90 / 3600) == pytest.approx((6.5, 54.6), abs=0.01)
        assert ask("backlog.unanswered", scope).n == standing.behind(Question(METRICS["backlog"], scope)).count() == 10


@pytest.mark.parametrize(
    "metric",
    [one for one in METRICS.values() if one.stands and not (one.cards or one.records or one.id in NOT_WAITED_FOR)],
    ids=lambda one: one.id,
)
def test_what_stands_has_as_many_rows_from_every_side(
    metric: Metric, vip: ServiceClass, writes: Write, anna: User
) -> None:
    start = clock.now()
    for sender in ("pavel@volga.test", "x@else.test"):
        writes(sender=sender, external_id=f"<{sender}>").take(by=anna)
    question = Question(metric, Scope(start - DAY, start + 9 * DAY))
    Clock.objects.update(warned_at=start)
    with clock.at(start + HOUR / 60 if metric.id in standing.OF_COMMITMENTS else start + 3 * DAY):
        whole = layer.figure(question)
        assert whole.n == standing.behind(question).count() > 0
        for side in SIDES:
            parts = layer.by_side(question, side)
            for key, part in parts.items():
                assert part.n == standing.behind(question.of(side, key)).count() > 0
            rest = standing.behind(question.of(side, "")).count() if side != "channel" else 0
            assert sum(part.n for part in parts.values()) + rest == whole.n, side
        assert layer.by_side(question, "class")[str(vip.pk)].n > 0


def test_what_stands_open_is_counted_by_age_side_and_day(
    writes: Write, line_one: Team, line_two: Team, anna: User
) -> None:
    now = START + 40 * DAY
    tickets: list[Ticket] = []
    for days in (0, 2, 2, 38):
        with clock.at(now - timedelta(days=days, hours=1)):
            tickets.append(writes(sender=f"c{len(tickets)}@else.test"))
    with clock.at(now - DAY):
        tickets[1].reply("Готово", by=anna, then=Resolve())
    scope = Scope(now - 5 * DAY, now + HOUR, [line_one.pk])
    question = Question(METRICS["backlog"], scope)

    with clock.at(now):
        assert (layer.figure(question).n, standing.by_age(question)) == (3, [1, 1, 0, 0, 0, 1])
        assert [standing.behind(question, age).count() for age in range(6)] == [1, 1, 0, 0, 0, 1]
        assert [key for key, one in layer.by_side(question, "line").items() if one.n] == [str(line_one.pk)]
        assert layer.figure(Question(METRICS["backlog"], Scope(now - DAY, now, [line_two.pk]))).n == 0
        assert layer.figure(question.before()).n == 1, "five days ago only the oldest was open"
        assert [one.n for _day, one in sorted(layer.by_day(question).items())] == [1, 1, 1, 3, 2]
        late = ask("backlog.late", scope)
        assert late.n == standing.behind(Question(METRICS["backlog.late"], scope)).count() > 0


def test_only_what_was_warned_of_is_at_risk(vip: ServiceClass, writes: Write, anna: User) -> None:
    start = clock.now()
    for sender in ("pavel@volga.test", "anna@volga.test"):
        writes(sender=sender, external_id=f"<{sender}>").take(by=anna)
    whole, warned = Clock.objects.live().count(), Clock.objects.live().first()
    assert warned and whole > 1
    Clock.objects.update(warned_at=None)
    Clock.objects.filter(pk=warned.pk).update(warned_at=start)

    scope = Scope(start - DAY, start + DAY)
    with clock.at(start + HOUR / 60):
        assert (ask("sla.ahead", scope).n, ask("sla.at_risk", scope).n) == (whole, 1)
        assert standing.behind(Question(METRICS["sla.at_risk"], scope)).get().pk == warned.pk


def test_what_waits_for_its_promised_day_does_not_hang(writes: Write, anna: User) -> None:
    start = clock.now()
    promised, nobodys = writes(sender="a@else.test"), writes(sender="b@else.test")
    promised.reply("Проверим", by=anna, then=PromiseDate(start + 5 * DAY))

    scope = Scope(start - DAY, start + 9 * DAY)
    with clock.at(start + 3 * DAY):
        assert (ask("backlog", scope).n, ask("hanging", scope).n) == (2, 1)
        assert standing.behind(Question(METRICS["hanging"], scope)).get() == nobodys
    with clock.at(start + 6 * DAY):
        assert ask("hanging", scope).n == 2
