"""Days that nobody can answer any more are counted once: the page tells the same as from what lies there."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.db.models import Max
from django.test.utils import CaptureQueriesContext

from otklik.care.surveys import resembling, results, tallying
from otklik.care.surveys.models import Answer, Invitation, Survey, Tallied, Tally
from otklik.care.surveys.scales import Kind
from otklik.care.surveys.tallied import asked_by
from otklik.care.surveys.tests.conftest import Ask
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Product
from otklik.desk.tickets.models import Ticket, Topic
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
SOURCES = ("letter", "phone", "link")
FACES = ({"kind": Kind.CSAT5}, {"kind": Kind.ONCE})
LOYAL = ({"kind": Kind.NPS}, {"kind": Kind.AREA10, "words_ru": "Поддержка"}, {"kind": Kind.TEXT, "words_ru": "Ещё?"})


@pytest.fixture
def requests(writes: Write, line_two: Team, anna: User, vera: User) -> list[Ticket]:
    """Of two lines, three topics of which two are called alike, and two people; every second with a product."""
    below = [Topic.objects.create(name=name) for name in ("Деньги", "Договор")]
    topics = [Topic.objects.create(name="Счета", parent=one) for one in below] + [Topic.objects.create(name="Связь")]
    found = []
    for number in range(6):
        one = writes(f"Дело {number}", sender=f"p{number}@volga.test")
        one.topic = topics[number % 3]
        one.product = Product.objects.get_or_create(name="АТС")[0] if number % 2 else None
        one.team, one.owner = (line_two, vera) if number < 2 else (one.team, anna)
        one.save()
        found.append(one)
    return found


@pytest.fixture(params=[("resolved", FACES), ("event", LOYAL)], ids=["marks of answers", "answers"])
def running(request: pytest.FixtureRequest, survey: Ask, requests: list[Ticket]) -> Survey:
    """Two versions; a hundred and forty asked over two months, some by phone, some unasked, some did not finish."""
    occasion, questions = request.param
    made, chance = survey(occasion, *(dict(one) for one in questions)), Random(20261130)
    for part in range(2):
        if part:
            made.draft().questions.create(kind=Kind.CHOICE, choices=[["да", "yes"]], words_ru="Точно?")
            made.begin()
        for number in range(70):
            _ask(made, chance, requests, part * 70 + number, ago=timedelta(days=chance.uniform(8, 50)))
    return made


def _ask(survey: Survey, chance: Random, requests: list[Ticket], number: int, ago: timedelta) -> Invitation:
    sent, about = clock.now() - ago, chance.choice(requests)
    source = chance.choice(("letter", "letter", "letter", *SOURCES))
    one = Invitation.objects.create(
        **{"survey": survey, "version": survey.current(), "source": source, "ticket": about, "contact": about.contact},
        **{"team": about.team, "agent": about.owner, "send_at": sent, "sent_at": sent},
        digest=None if chance.random() < 0.1 else f"{number:064}",
    )
    if chance.random() < 0.6:
        answer(one, chance, after=min(timedelta(days=chance.choice((0.2, 1, 5))), ago))
    return one


def answer(one: Invitation, chance: Random, after: timedelta) -> None:
    assert one.version and one.sent_at
    asked = [question for question in one.version.asked() if question.options]
    marks = {question.pk: chance.choice(question.options)[0] for question in asked[: chance.randint(1, len(asked))]}
    with clock.at(one.sent_at + after):
        one.fill(marks)


def told(survey: Survey, teams: list[int] | None) -> list[Any]:
    """All that the page says, of each version and way of asking."""
    found: list[Any] = []
    for version in survey.versions.exclude(frozen_at=None).order_by("number"):
        version.survey = survey
        for source in SOURCES:
            scope = results.Scope(version, source, teams)
            response, rows = results.response(scope), results.results(scope)
            first = version.first
            assert first
            found += [response, [(row.question.pk, +row.given, row.told) for row in rows]]
            found += [results.bias(scope, rows, response), resembling.groups(scope)]
            found += [resembling.early_and_late(scope, first), resembling.since_before(scope, first)]
    return found


def test_the_page_says_the_same_whoever_reads_it(running: Survey, line_one: Team, line_two: Team) -> None:
    readers = [None, [line_one.pk], [line_two.pk], []]
    before = [told(running, teams) for teams in readers]
    assert any(one for one in before[0] if isinstance(one, list) and one and isinstance(one[0], resembling.Group))
    tallying.rebuild()

    assert Tally.objects.count() > 30
    assert [told(running, teams) for teams in readers] == before
    Answer.objects.filter(invitation__sent_at__lt=clock.now() - timedelta(days=16)).delete()
    assert told(running, None) == before[0], "what is settled is not read again"


def test_what_comes_later_is_counted_where_it_lies_until_its_day_is_over(
    running: Survey, requests: list[Ticket]
) -> None:
    tallying.rebuild()
    chance = Random(1)
    fresh = [_ask(running, chance, requests, 1000 + number, ago=timedelta(hours=number)) for number in range(20)]
    with clock.at(clock.now() + timedelta(days=3)):
        for one in fresh:
            if one.finished_at is None and not one.marks():
                answer(one, chance, after=timedelta(hours=1))
        now = told(running, None)
    with clock.at(clock.now() + timedelta(days=30)):
        while tallying.catch_up(most=7):
            pass
        tallied = told(running, None)
        Tallied.objects.all().delete()
        assert told(running, None) == tallied
    Tallied.objects.all().delete()
    with clock.at(clock.now() + timedelta(days=3)):
        assert told(running, None) == now


def test_in_which_ways_anybody_was_asked_is_known_of_settled_days(running: Survey, requests: list[Ticket]) -> None:
    ways = (*SOURCES, "chat", "chatend")
    before = asked_by(running, ways)
    tallying.rebuild()
    assert before == asked_by(running, ways) == set(SOURCES)
    with CaptureQueriesContext(connection) as queries:
        asked_by(running, ways)
    until = Tallied.objects.get().until
    assert len(queries) == 3 and f"{until}" in queries[2]["sql"], "no day before it is read"
    late = _ask(running, Random(1), requests, 2000, ago=timedelta(days=2))
    Invitation.objects.filter(pk=late.pk).update(source="chat")
    assert asked_by(running, ways) == {*SOURCES, "chat"}, "in the days that are still read"


def test_days_are_taken_up_one_after_the_other_and_a_rebuild_gives_the_same(running: Survey) -> None:
    def rows() -> list[Any]:
        return list(Tally.objects.order_by("version", "source", "team", "day").values(*FIELDS))

    assert tallying.catch_up(most=10) == 10
    until = Tallied.objects.get().until
    assert tallying.catch_up(most=10) == 10 and Tallied.objects.get().until == until + timedelta(days=10)
    while tallying.catch_up():
        pass
    assert tallying.catch_up() == 0
    last = Tally.objects.aggregate(last=Max("day"))["last"]
    assert last < (clock.now() - tallying.SETTLED).date() == Tallied.objects.get().until
    before = rows()
    tallying.rebuild()
    assert rows() == before


def test_days_that_were_counted_in_another_way_are_counted_anew(
    running: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A side that an update adds, or a fault that it mends, is in the settled days, too; until then all is read."""
    tallying.rebuild()
    before = told(running, None)
    Tally.objects.update(marks={}, groups={})
    assert told(running, None) != before, "settled days are what is told"
    assert tallying.catch_up() == 0 and told(running, None) != before
    monkeypatch.setattr(tallying, "WAY", tallying.WAY + 1)
    assert tallying.catch_up(most=1) == 1 and told(running, None) == before
    while tallying.catch_up(most=9):
        pass
    assert told(running, None) == before and Tallied.objects.get().way == tallying.WAY


def test_what_was_put_in_for_settled_days_is_counted_when_they_are_counted_anew(
    running: Survey, requests: list[Ticket]
) -> None:
    tallying.rebuild()
    before = told(running, None)
    _ask(running, Random(3), requests, 5000, ago=timedelta(days=70))
    assert told(running, None) == before
    assert tallying.rebuild() > 40
    after = told(running, None)
    assert after != before
    Tallied.objects.all().delete()
    assert told(running, None) == after, "as from what lies there"


FIELDS = [field.attname for field in Tally._meta.concrete_fields if not field.primary_key]


def test_nobody_was_ever_asked(db: None) -> None:
    assert tallying.catch_up() == 0 and not Tallied.objects.exists()


def test_a_page_asks_as_often_for_many_days_as_for_few(
    running: Survey, django_assert_max_num_queries: Callable[..., AbstractContextManager[CaptureQueriesContext]]
) -> None:
    tallying.rebuild()
    version = running.current()
    assert version
    version.survey, first = running, version.first
    assert first
    scope = results.Scope(version, "letter", None)
    with django_assert_max_num_queries(30):
        rows = results.results(scope)
        results.bias(scope, rows, results.response(scope))
        resembling.groups(scope)
        resembling.early_and_late(scope, first)
