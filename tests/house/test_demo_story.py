"""The demo company tells a story that a head of service believes: its shape, on whatever day it is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from statistics import median
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from otklik.care.incidents.models import Incident
from otklik.care.surveys.models import FollowUp
from otklik.config import demo
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Appeal, HeldAnswer, Ticket, Traineeship
from otklik.team.indicators.models import Close, Statement
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.comparing import Verdict
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.judging import judged
from otklik.team.metrics.layer.metric import Unit
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.together import figures
from otklik.team.metrics.models import Improvement
from otklik.team.metrics.scope import Scope
from otklik.team.people.models import Onboarding
from otklik.team.value.figures import currencies, population
from tests.fixtures.facts import count_facts
from tests.fixtures.reset import reset

pytestmark = pytest.mark.slow
WEEKDAYS, WEEKEND = range(5), range(5, 7)
MORNING, EVENING = range(9, 13), range(17, 24)


@pytest.fixture(scope="module")
def company(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """As `otklik up` fills an empty database; gone at the end."""
    with django_db_blocker.unblock():
        demo.load()
        count_facts()
        yield
        reset(connection)


@pytest.fixture
def told(company: None, django_db_blocker: Any) -> Iterator[Scope]:
    """Eight weeks, as the head sees them."""
    with django_db_blocker.unblock():
        head = User.objects.get(login="vera")
        day = today()
        yield Scope.visible_to(head, midnight(day - timedelta(days=60)), midnight(day + timedelta(days=1)))


def figure(name: str, scope: Scope, **only: str) -> Figure:
    return layer.figure(Question(METRICS[name], scope, only))


def test_clients_come_on_weekdays_and_most_in_the_morning(told: Scope) -> None:
    past = replace(told, end=midnight(today() - timedelta(days=8)))  # the queue of now comes at whatever hour now is
    hours = layer.by_hour(Question(METRICS["arrivals"], past))
    a_day = [sum(day) for day in hours]
    assert min(a_day[day] for day in WEEKDAYS) > max(a_day[day] for day in WEEKEND)
    by_hour = [sum(hours[day][hour] for day in range(7)) for hour in range(24)]
    assert sum(by_hour[hour] for hour in MORNING) > 2 * sum(by_hour[hour] for hour in EVENING)


def test_the_queue_of_today_is_that_of_a_usual_day(told: Scope) -> None:
    """What is expected of a day is told from the weeks before: beside a queue of three such days it looks wrong."""
    past = replace(told, end=midnight(today() - timedelta(days=8)))
    days = layer.counts_by_day(Question(METRICS["arrivals"], past))
    days_of_work = [day for day in past.days() if day.weekday() in WEEKDAYS]
    usual = median(days[day].n if day in days else 0 for day in days_of_work)
    now = clock.now()
    lately = Ticket.objects.filter(opened_at__gt=now - timedelta(hours=24), opened_at__lte=now).count()
    assert usual / 2 < lately < 2.5 * usual


def test_a_chat_is_answered_sooner_than_a_letter(told: Scope) -> None:
    chat, mail = (figure("frt.calendar", told, channel=name) for name in ("telegram", "email"))
    assert chat.n >= 10 and mail.n >= 50
    assert chat.value is not None and mail.value is not None
    assert chat.value < mail.value / 2


def test_clients_are_content_as_of_a_good_service_and_not_all_of_them(told: Scope) -> None:
    mean = figure("csat.mean", told)
    assert mean.n >= 20 and mean.value is not None and 3.8 <= mean.value <= 4.7
    ended = FollowUp.objects.exclude(result="")
    assert ended.exists(), "somebody talked to those who were dissatisfied"
    nps = figure("nps", told)
    assert nps.value is not None and 0 < nps.value < 80


def test_the_incident_is_seen_in_arrivals(told: Scope) -> None:
    day = timezone.localtime(Incident.objects.order_by("started_at")[0].started_at).date()
    days = {day: counts.n for day, counts in layer.counts_by_day(Question(METRICS["arrivals"], told)).items()}
    known = [days.get(day, 0) for day in told.days()]
    its_days = (day, day + timedelta(days=1))  # one that began late in the evening goes on after midnight
    assert max(days.get(one, 0) for one in its_days) > 2 * median(known)


def test_what_was_tried_has_its_verdict_and_what_runs_has_none(told: Scope) -> None:
    first, last = Improvement.objects.order_by("starts_on")
    verdict = judged(first, clock.now()).verdict
    assert verdict in (Verdict.IMPROVED, Verdict.NO_PROOF, Verdict.MIXED)
    assert judged(last, clock.now()).verdict is None


def test_few_come_back_and_some_clients_leave(told: Scope) -> None:
    again = figure("reopen", told)
    assert again.n >= 50 and again.value is not None and 0.01 <= again.value <= 0.12
    year = population(currencies()[0], today()).year
    assert year.share is not None and year.started >= 30 and 0.05 <= year.share <= 0.5


def test_the_month_is_closed_and_paid_by_figures(told: Scope) -> None:
    assert Close.objects.filter(reopened_at=None).exists()
    for one in Statement.objects.all():
        assert 0 <= one.amount <= one.base * one.cap
        assert one.parts.exists()


def test_an_answer_of_the_newcomer_waits_for_her_curator(told: Scope) -> None:
    training = Traineeship.objects.running().get()
    onboarding = Onboarding.objects.get(person=training.person, ended_on=None)
    assert onboarding.curator == training.curator, "whoever brings her in reads her answers"
    held = HeldAnswer.objects.owed_by(training.curator).get()
    assert held.asked_by == training.person and held.ticket.is_our_move
    assert not held.is_late_at(clock.now()), "a demo does not begin with somebody's lateness"


def test_of_three_appeals_one_waits_one_was_granted_and_one_refusal_stands(told: Scope) -> None:
    appeals = {one.state: one for one in Appeal.objects.select_related("ticket", "holder")}
    assert Appeal.objects.count() == 3 and set(appeals) == set(Appeal.State)
    waits = appeals[Appeal.State.OPEN]
    assert waits.holder and waits.holder.leads and waits.holder != waits.refused_by
    assert waits.ticket.appealed == waits.pk and waits.ticket.is_our_move
    assert not waits.is_late_at(clock.now()), "a demo does not begin with somebody's lateness"
    overturned = figure("refusal.overturned", told)
    assert (overturned.good, overturned.n) == (1, 2)


def test_no_figure_is_impossible(told: Scope) -> None:
    read = [metric for metric in METRICS.values() if metric.is_read]
    found = figures([Question(metric, told) for metric in read])
    assert sum(one.value is not None for one in found) > len(found) / 2, "most metrics have something to say"
    for one in found:
        assert one.n >= 0 and (one.good is None or one.good <= one.n), one.metric.id
        if one.value is None:
            continue
        if one.metric.unit == Unit.SHARE:
            assert 0 <= one.value <= 1, one.metric.id
        if one.metric.unit == Unit.SPAN:
            assert 0 <= one.value <= timedelta(days=60).total_seconds(), one.metric.id
        if one.lo is not None and one.hi is not None:
            assert one.lo - 1e-9 <= one.value <= one.hi + 1e-9, one.metric.id
