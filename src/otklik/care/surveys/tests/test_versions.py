"""A running survey never changes silently; conditions are met or not by what was chosen."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from otklik.care.surveys.models import CannotBegin, Question, Survey, Version
from otklik.care.surveys.scales import SCALES, Kind
from otklik.care.surveys.tests.conftest import Ask
from otklik.core.versions.part import Frozen

pytestmark = pytest.mark.django_db


def test_what_clients_are_asked_by_cannot_be_changed(survey: Ask) -> None:
    running = survey("event", {"kind": Kind.NPS}, {"kind": Kind.TEXT, "words_ru": "Почему?"})
    version = running.current()
    assert version is not None
    question = version.questions.first()
    assert question is not None

    question.words_ru = "Иначе"
    for change in (question.save, question.delete, lambda: version.questions.create(kind=Kind.NPS)):
        with pytest.raises(Frozen):
            change()
    assert [one.words_ru for one in Question.objects.all()] == ["", "Почему?"]


def test_another_version_begins_as_a_copy_and_says_what_is_different(survey: Ask) -> None:
    running = survey("event", {"kind": Kind.NPS}, {"kind": Kind.TEXT, "words_ru": "Почему?", "after": 0, "bound": 6})
    draft = running.draft()
    assert running.draft() == draft and draft.number == 2
    first, second = draft.asked()
    assert second.follows == first, "the condition is about the copy"
    was = running.current()
    assert was is not None and was.number == 1 and draft.differences(was) == []

    second.words_ru = "Что исправить?"
    second.save()
    draft = Version.objects.get(pk=draft.pk)

    (said,) = draft.differences(was)
    assert "Почему?" in said and "Что исправить?" in said
    assert running.begin() == draft and running.current() == draft


def test_a_survey_that_has_not_changed_begins_nothing(survey: Ask) -> None:
    running = survey("event")
    with pytest.raises(CannotBegin):
        running.begin()
    running.end()
    with pytest.raises(CannotBegin):
        running.begin()


def test_more_than_five_questions_need_a_reason_in_writing(survey: Ask) -> None:
    long = survey("event", *({"kind": Kind.NPS} for _ in range(6)), begin=False)
    with pytest.raises(CannotBegin, match="5"):
        long.begin()

    long.reason_for_more = "Годовой опрос по договору"
    long.save()
    assert long.begin().number == 1


@pytest.mark.parametrize(
    "questions",
    [
        [],
        [{"kind": Kind.NPS}, {"kind": Kind.TEXT, "words_ru": "?", "after": 0, "bound": 11}],
    ],
)
def test_what_could_not_be_asked_is_refused(survey: Ask, questions: list[dict[str, object]]) -> None:
    made = survey("event", *questions, begin=False)
    if not questions:
        made.draft().questions.all().delete()
    with pytest.raises(CannotBegin):
        made.begin()


def test_one_survey_asks_about_answers(survey: Ask) -> None:
    usual = Survey.objects.after_answer()
    assert usual is not None
    other = survey("resolved", begin=False)
    with pytest.raises(CannotBegin, match=usual.name):
        other.begin()
    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.filter(pk=other.pk).update(state="running")

    usual.end()
    other.begin()
    assert Survey.objects.after_answer() == other


def test_when_the_only_survey_about_answers_has_ended_nobody_is_asked() -> None:
    usual = Survey.objects.after_answer()
    assert usual is not None
    usual.end()

    assert Survey.objects.after_answer() is None and Survey.objects.count() == 1


def test_a_question_never_comes_before_the_one_it_follows(survey: Ask) -> None:
    made = survey("event", {"kind": Kind.NPS}, {"kind": Kind.TEXT, "words_ru": "А?", "after": 0}, begin=False)
    first, second = made.draft().asked()

    second.step(-1)
    first.step(1)

    assert list(made.draft().questions.all()) == [first, second]


def test_words_are_those_of_the_reader_and_never_of_another_question() -> None:
    both, russian, usual = (
        Question(kind=Kind.NPS, words_ru="Посоветуете?", words_en="Recommend?"),
        Question(kind=Kind.NPS, words_ru="Посоветуете?"),
        Question(kind=Kind.NPS),
    )
    with translation.override("en"):
        assert [both.words, russian.words] == ["Recommend?", "Посоветуете?"]
        assert "recommend" in usual.words
    with translation.override("ru"):
        assert both.words == "Посоветуете?" and "recommend" not in usual.words


@given(kind=st.sampled_from(list(SCALES)), value=st.integers(-3, 14), bound=st.integers(0, 10))
def test_a_condition_divides_the_scale_in_two(kind: str, value: int, bound: int) -> None:
    first = Question(pk=1, kind=kind)
    low, high = (Question(pk=2, kind="text", follows=first, how=how, bound=bound) for how in ("most", "least"))

    assert first.allows(value) == (value in SCALES[kind].points)
    assert low.is_asked({1: value}) == (value <= bound) and high.is_asked({1: value}) == (value >= bound)
    assert not low.is_asked({}) and not high.is_asked({})
