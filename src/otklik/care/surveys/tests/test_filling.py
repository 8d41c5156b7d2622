"""What a client chose and wrote, and what is done about it."""

from datetime import timedelta

import pytest

from otklik.care.surveys.models import OPEN_FOR, FollowUp, Invitation, Score, Survey, TooLate, digest
from otklik.care.surveys.scales import Kind
from otklik.care.surveys.tests.conftest import Ask
from otklik.core.journal import clock
from otklik.core.journal.models import Notice
from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact, Contacted
from otklik.desk.tickets.models import Task, Ticket
from otklik.desk.tickets.steps import Resolve

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(settings) -> None:
    settings.SURVEY_DELAY_SECONDS = 0


@pytest.fixture
def asked(survey: Ask, answered: Ticket, pavel: Contact) -> Invitation:
    """Whether they would recommend us, and why not if not."""
    why = {"kind": Kind.CHOICE, "words_ru": "Почему?", "choices": [["Долго", ""], ["Дорого", ""]], "after": 0}
    made = survey("event", {"kind": Kind.NPS}, {**why, "bound": 6}, {"kind": Kind.TEXT, "words_ru": "Ещё?"})
    Invitation.objects.ask(made, pavel)
    Invitation.objects.send_due()
    return Invitation.objects.select_related("survey", "version").get()


@pytest.fixture
def rated(ticket: Ticket, anna: User) -> Invitation:
    Contacted.objects.all().delete()  # whatever else they were asked
    ticket.reply("Готово", by=anna, then=Resolve())
    Invitation.objects.send_due()
    return Invitation.objects.get(survey__occasion="resolved")


def questions(invitation: Invitation) -> list[int]:
    return [one.pk for one in invitation.version.asked()] if invitation.version else []


def test_what_is_not_asked_any_more_is_not_kept(asked: Invitation) -> None:
    recommend, why, more = questions(asked)
    asked.fill({recommend: 3})
    assert asked.finished_at is None
    asked.fill({why: 1}, {more: " Дороже\x00 всех "})
    assert asked.finished_at and asked.marks() == {recommend: 3, why: 1} and asked.words() == {more: "Дороже всех"}

    asked.fill({recommend: 9})

    assert asked.marks() == {recommend: 9} and asked.words() == {more: "Дороже всех"} and asked.finished_at


def twice(invitation: Invitation) -> list[Invitation]:
    """As two windows have read it: both before either was pressed."""
    Invitation.objects.filter(pk=invitation.pk).update(digest=digest("secret"))
    return [one for _window in range(2) if (one := Invitation.objects.of_secret("secret"))]


def test_the_second_of_two_presses_at_once_finds_what_the_first_one_said(asked: Invitation) -> None:
    recommend, why, more = questions(asked)
    first, second = twice(asked)

    first.fill({recommend: 3, why: 0}, {more: "Дорого"})
    second.fill({recommend: 4}, {more: "И долго"})

    assert asked.marks() == {recommend: 4, why: 0} and asked.words() == {more: "И долго"}


def test_the_second_of_two_presses_knows_the_mark_of_the_first(rated: Invitation, survey: Ask) -> None:
    why = {"kind": Kind.CHOICE, "words_ru": "Почему?", "choices": [["Долго", ""], ["Дорого", ""]], "after": 0}
    faces = survey("resolved", {"kind": Kind.CSAT5}, {**why, "bound": 3}, begin=False)
    Invitation.objects.filter(pk=rated.pk).update(version=faces.draft())
    rated = Invitation.objects.select_related("survey", "version").get(pk=rated.pk)
    mark, reason = questions(rated)
    first, second = twice(rated)

    first.fill({mark: 2}, comment="Не помогло")
    second.fill({reason: 1})

    assert rated.marks() == {mark: 2, reason: 1} and Score.objects.get().comment == "Не помогло"


def test_an_answer_off_the_scale_to_another_question_or_too_late_is_refused(asked: Invitation, survey: Ask) -> None:
    recommend, why, _more = questions(asked)
    other = survey("event").current()
    assert other is not None
    for marks in ({recommend: 11}, {why: 2}, {other.asked()[0].pk: 5}):
        with pytest.raises(ValueError, match="points"):
            asked.fill(marks)
    with clock.at(clock.now() + OPEN_FOR + timedelta(minutes=1)), pytest.raises(TooLate):
        asked.fill({recommend: 5})
    assert asked.marks() == {}


def test_marks_of_other_scales_are_no_scores(asked: Invitation, rated: Invitation) -> None:
    """METRICS S1: they are never pooled."""
    asked.fill({questions(asked)[0]: 4})
    rated.answer(4)

    assert [score.invitation for score in Score.objects.all()] == [rated]
    assert not rated.answers.exists()


# -- whoever is dissatisfied --------------------------------------------------------------------------------------


def test_a_low_mark_opens_a_talk_with_owner_and_deadline_and_reopens_nothing(
    rated: Invitation, ticket: Ticket, boris: User
) -> None:
    Survey.objects.update(guidance="Спросите, что было не так", follow_up_hours=4)
    now = clock.now()
    with clock.at(now):
        Invitation.objects.get().answer(2, "Долго")

    owed, task = FollowUp.objects.get(), Task.objects.get()
    assert (owed.owner, owed.task, owed.due_at) == (boris, task, now + timedelta(hours=4))
    assert task.executor == boris and "Спросите, что было не так" in task.text
    assert Ticket.objects.get(pk=ticket.pk).status == "resolved"

    Invitation.objects.get().answer(1)
    assert FollowUp.objects.count() == 1


@pytest.mark.parametrize("score", [3, 4, 5])
def test_others_are_owed_nothing(rated: Invitation, score: int) -> None:
    rated.answer(score)
    assert not FollowUp.objects.exists() and not Task.objects.exists()


def test_a_survey_may_do_without_talks(rated: Invitation) -> None:
    Survey.objects.update(follow_up=False)
    Invitation.objects.get().answer(1)
    assert not FollowUp.objects.exists()


def test_the_talk_is_closed_by_its_task_and_owed_again_when_that_is_not_done(
    rated: Invitation, ticket: Ticket, boris: User
) -> None:
    rated.answer(1)
    task = Task.objects.get()
    ticket.tick(task, done=True, by=boris)
    closed = FollowUp.objects.get()
    assert closed.closed_by == boris and closed.in_time

    ticket.tick(task, done=False, by=boris)
    assert FollowUp.objects.get().closed_at is None

    FollowUp.objects.get().close(boris)
    assert Task.objects.get().done_by == boris


def test_a_talk_that_was_not_held_in_time_is_found_once(rated: Invitation) -> None:
    rated.answer(1)
    assert FollowUp.objects.find_late() == 0
    with clock.at(FollowUp.objects.get().due_at + timedelta(minutes=1)):
        assert [FollowUp.objects.find_late() for _ in range(2)] == [1, 0]
        assert FollowUp.objects.get().is_late


# -- whoever is delighted ------------------------------------------------------------------------------------------


def test_praise_reaches_who_answered_and_the_lead_with_the_clients_words(
    rated: Invitation, anna: User, boris: User
) -> None:
    Notice.objects.all().delete()
    rated.answer(5, "Анна всё объяснила")
    rated.answer(5, "Анна всё объяснила")

    told = Notice.objects.filter(text__contains="Анна всё объяснила")
    assert sorted(told.values_list("person", flat=True)) == sorted([anna.pk, boris.pk])
