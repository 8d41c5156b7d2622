"""Each scale and occasion is a figure of its own, answers to other words are told beside the number (S1, S2, S8)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from otklik.care.surveys.models import Invitation, Survey
from otklik.care.surveys.scales import Kind
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer import question as layer
from otklik.team.metrics.layer import telling, together
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.comparing import Verdict, compared
from otklik.team.metrics.layer.figure import Figure
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.layer.reworded import by_wording
from otklik.team.metrics.measure import Measure
from otklik.team.metrics.models import Reading, TicketFact
from otklik.team.metrics.scope import Scope
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db
SATISFIED = [name for name in METRICS if name.startswith("csat.t2b")]
type Asks = Callable[..., Survey]


@pytest.fixture
def asks() -> Asks:
    """A running survey of an occasion with questions: a kind, or a kind with its words."""

    def make(occasion: str, *questions: str | tuple[str, str]) -> Survey:
        survey = Survey.objects.create(name=occasion, occasion=occasion)
        reword(survey, *questions)
        return survey

    return make


def reword(survey: Survey, *questions: str | tuple[str, str]) -> None:
    draft = survey.draft()
    draft.questions.all().delete()
    for one in questions:
        kind, words = (one, "") if isinstance(one, str) else one
        draft.questions.create(kind=kind, words_ru=words)
    survey.begin()


def answered(survey: Survey, ticket: Ticket, *marks: int, days: int = 0, **told: Any) -> Invitation:
    """The questions of its version in their order, so many days ago."""
    at = clock.now() - timedelta(days=days, hours=1)
    version = survey.versions.exclude(frozen_at=None).latest("number")
    version.frozen_at = min(version.frozen_at or at, at)
    version.save()
    row = {"survey": survey, "version": version, "ticket": ticket, "contact": ticket.contact, "team": ticket.team}
    one = Invitation.objects.create(**row, send_at=at, sent_at=at, **told)
    with clock.at(at):
        one.fill(dict(zip([each.pk for each in version.asked()], marks, strict=False)))
    return one


def figure(name: str, days: int = 30, before: int = 0) -> Figure:
    TicketFact.objects.count(set(Ticket.objects.values_list("pk", flat=True)))
    return layer.figure(Question(METRICS[name], lately(days, before)))


def lately(days: int, before: int = 0) -> Scope:
    """So many days until that before so many, today is one of them: sums are of whole days."""
    end = midnight(today()) + timedelta(days=1 - before)
    return Scope(end - timedelta(days=days), end)


@pytest.mark.parametrize("occasion", ["resolved", "event", "relationship", "exit"])
@pytest.mark.parametrize("kind", [Kind.CSAT5, Kind.CSAT6])
def test_a_mark_is_counted_by_its_own_scale_and_occasion_alone(
    asks: Asks, ticket: Ticket, occasion: str, kind: str
) -> None:
    answered(asks(occasion, kind), ticket, 4)

    filled = [name for name in SATISFIED if figure(name).n]
    end = {"resolved": "", "relationship": ".relation"}.get(occasion, f".{occasion}")
    assert filled == [f"csat.t2b{end}" + (".0_5" if kind == Kind.CSAT6 else "")]
    mean = figure(filled[0].replace("t2b", "mean"))
    assert (mean.value, figure(filled[0]).good) == (4.0, 1)


def test_zero_is_an_answer_of_the_scale_that_has_it(asks: Asks, writes: Write) -> None:
    survey = asks("resolved", Kind.CSAT6)
    for number, mark in enumerate((0, 3, 5)):
        answered(survey, writes(sender=f"z{number}@else.test"), mark)

    assert (figure("csat.t2b.0_5").good, figure("csat.t2b.0_5").n) == (1, 3)
    assert figure("csat.mean.0_5").value == pytest.approx(8 / 3)
    assert figure("csat.t2b").n == 0


def test_difficulty_is_good_when_it_is_low_and_is_no_agreement(asks: Asks, writes: Write) -> None:
    """METRICS S8: easy are 0 and 1; hard ones are owed a talk."""
    survey = asks("event", Kind.CES6)
    told = [answered(survey, writes(sender=f"d{number}@else.test"), mark) for number, mark in enumerate((0, 1, 2, 5))]

    assert (figure("ces.difficulty").good, figure("ces.difficulty").n) == (2, 4)
    assert figure("ces.difficulty.mean").value == 2.0 and figure("ces").n == 0 == figure("ces.mean").n
    assert [one for one in told if hasattr(one, "follow_up")] == [told[-1]]


def test_a_second_question_of_a_kind_has_words_of_its_own_and_counts_on_its_page_alone(
    asks: Asks, ticket: Ticket
) -> None:
    answered(
        asks("resolved", Kind.CSAT5, (Kind.CSAT5, "А скорость?"), Kind.NPS, (Kind.NPS, "А другу?")), ticket, 5, 1, 9, 2
    )

    assert (figure("csat.t2b").n, figure("csat.t2b").good) == (1, 1)
    assert (figure("nps").n, figure("nps").value) == (1, 100.0)


def test_a_mark_that_stands_behind_another_question_is_a_mark_of_the_answer(asks: Asks, ticket: Ticket) -> None:
    answered(asks("resolved", Kind.CES7, Kind.CSAT5), ticket, 6, 4)

    assert figure("csat.t2b").n == 1 == figure("ces").n
    assert list(Reading.objects.filter(measure=Measure.SCORE).values_list("value", flat=True)) == [4]


# -- other words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "name"), [(Kind.NPS, "nps"), (Kind.CES7, "ces"), (Kind.CSAT5, "csat.t2b")])
def test_answers_to_two_wordings_say_so_beside_the_number(asks: Asks, writes: Write, kind: str, name: str) -> None:
    occasion = "resolved" if kind == Kind.CSAT5 else "event"
    survey = asks(occasion, kind)
    for number in range(3):
        answered(survey, writes(sender=f"a{number}@else.test"), 5, days=9)
    assert len(figure(name).wordings) == 1
    assert "формулировк" not in telling.of_how_many(figure(name))

    reword(survey, kind, Kind.TEXT)
    answered(survey, writes(sender="b@else.test"), 5, days=4)
    assert len(figure(name).wordings) == 1, "another version in the same words is the same question"

    reword(survey, (kind, "Совсем другой вопрос"))
    answered(survey, writes(sender="c@else.test"), 5)

    found = figure(name)
    assert found.n == 5 and len(found.wordings) == 2
    with translation.override("ru"):
        assert "2 формулировк" in telling.of_how_many(found)
    (once,) = together.figures([Question(METRICS[name], lately(30))])
    assert once.wordings == found.wordings
    assert len(figure(name, days=2).wordings) == 1, "only those of the time that is looked at"


@pytest.fixture
def reworded(asks: Asks, writes: Write, line_two: Team) -> Survey:
    """Three answers to the usual words, on the first line; then other words: one answer there, two on the second."""
    survey = asks("event", Kind.NPS)
    for number, mark in enumerate((9, 2, 2)):
        answered(survey, writes(sender=f"a{number}@else.test"), mark, days=9)
    reword(survey, (Kind.NPS, "Посоветуете  ли нас соседу?"))
    for number, mark in enumerate((10, 9, 9)):
        one = answered(survey, writes(sender=f"b{number}@else.test"), mark, days=4 - number)
        if number:
            Invitation.objects.filter(pk=one.pk).update(team=line_two)
    return survey


def test_each_part_says_to_how_many_wordings_it_is(
    reworded: Survey, line_one: Team, line_two: Team, django_assert_num_queries: Any
) -> None:
    whole = figure("nps")
    found = layer.by_side(Question(METRICS["nps"], lately(30)), "line")

    assert {key: (one.n, len(one.wordings)) for key, one in found.items()} == {
        str(line_one.pk): (4, 2),
        str(line_two.pk): (2, 1),
    }
    assert found[str(line_two.pk)].wordings < whole.wordings
    with translation.override("ru"):
        assert "2 формулировк" in telling.of_how_many(found[str(line_one.pk)])
        assert "формулировк" not in telling.of_how_many(found[str(line_two.pk)])
    channels = layer.by_side(Question(METRICS["nps"], lately(30)), "channel")
    assert {len(one.wordings) for one in channels.values()} == {2}
    with django_assert_num_queries(2):
        young = layer.by_side(Question(METRICS["nps"], lately(7)), "line")
    assert {len(one.wordings) for one in young.values()} == {1}, "where words do not differ, nothing more is asked"


def test_each_wording_is_a_series_of_its_own(reworded: Survey) -> None:
    asked = Question(METRICS["nps"], lately(30))
    with translation.override("ru"):
        first, second = by_wording(asked, figure("nps"))

    assert (first.words, second.words) == ("Порекомендуете ли вы нас коллеге или другу?", "Посоветуете ли нас соседу?")
    assert (first.figure.n, second.figure.n) == (3, 3) and (second.figure.value, second.figure.lo) != (None, None)
    assert first.figure.value == pytest.approx(-100 / 3) and second.figure.value == 100.0
    assert first.first == first.last < second.first < second.last
    assert by_wording(Question(METRICS["nps"], lately(7)), figure("nps", days=7)) == []


@pytest.mark.parametrize("kind", [Kind.CSAT5, Kind.CSAT6])
def test_marks_of_answers_are_told_apart_by_words(asks: Asks, writes: Write, kind: str) -> None:
    """Five faces are kept as scores, 0 to 5 as answers; a second question of the kind is neither."""
    survey = asks("resolved", kind)
    answered(survey, writes(sender="a@else.test"), 2, days=9)
    reword(survey, (kind, "Всё ли получилось?"), (kind, "А скорость?"))
    answered(survey, writes(sender="b@else.test"), 5, 5, days=3)
    name = "csat.t2b" if kind == Kind.CSAT5 else "csat.t2b.0_5"

    first, second = by_wording(Question(METRICS[name], lately(30)), figure(name))
    assert [(one.figure.good, one.figure.n) for one in (first, second)] == [(0, 1), (1, 1)]


def test_what_was_asked_in_other_words_is_not_compared(asks: Asks, writes: Write) -> None:
    survey = asks("event", Kind.NPS)
    for number in range(40):
        answered(survey, writes(sender=f"a{number}@else.test"), 2, days=20)
    reword(survey, (Kind.NPS, "Посоветуете ли нас соседу?"))
    for number in range(40):
        answered(survey, writes(sender=f"b{number}@else.test"), 10, days=3)
    now, before = figure("nps", days=10), figure("nps", days=10, before=15)

    assert now.reworded(before) and not now.reworded(now)
    with translation.override("ru"):
        assert "другими словами" in telling.was(before, now)
    after, old = Question(METRICS["nps"], lately(10)), Question(METRICS["nps"], lately(10, 15))
    assert compared(old, after, 1.0).verdict() == Verdict.REWORDED
    assert compared(after, after, 1.0).verdict() != Verdict.REWORDED


def test_words_that_only_another_line_answered_to_are_not_told(
    asks: Asks, writes: Write, anna: User, django_assert_num_queries: Any
) -> None:
    survey = asks("event", Kind.NPS)
    ticket = writes()
    answered(survey, ticket, 9, days=5)
    reword(survey, (Kind.NPS, "Другой вопрос"))
    TicketFact.objects.count({ticket.pk})
    scope = replace(lately(30), teams=[ticket.team_id + 1])

    with django_assert_num_queries(1):
        assert layer.figure(Question(METRICS["nps"], scope)).wordings == frozenset(), "no answers, nothing to ask"
    assert len(figure("nps").wordings) == 1, "nobody has answered the new words yet"


def test_a_resolved_request_brings_its_mark_by_the_usual_way(ticket: Ticket, anna: User, settings: Any) -> None:
    settings.SURVEY_DELAY_SECONDS = 0
    ticket.reply("Готово", by=anna, then=Resolve())
    Invitation.objects.send_due()
    Invitation.objects.get().answer(5)

    assert len(figure("csat.t2b").wordings) == 1
