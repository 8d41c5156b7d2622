"""A rule hears a score and asks how high it is."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest

from otklik.care.surveys.events import SurveyAnswered
from otklik.care.surveys.models import Answer, FollowUp, Invitation, Score, Survey
from otklik.care.surveys.scales import Kind
from otklik.core.journal import clock
from otklik.core.journal.models import Entry, Notice
from otklik.core.staff.models import User
from otklik.desk.automation import hearing
from otklik.desk.automation.models import Rule
from otklik.desk.automation.running import fitting
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from tests.fixtures.cast import Write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("value", "tags"), [(2, ["недоволен"]), (5, [])])
def test_a_low_score_is_heard(writes: Write, anna: User, value: int, tags: list[str]):
    conditions: list[dict[str, Any]] = [{"fact": "score", "how": "most", "value": 3}]
    Rule(name="Низкая оценка", what="score", conditions=conditions, acts=[{"act": "tag", "tags": "недоволен"}]).begin()
    ticket = writes()
    ticket.reply("Готово", by=anna, then=Resolve())
    invitation = Invitation.objects.get(ticket=ticket)
    with clock.at(invitation.send_at):
        invitation.send()
        invitation.refresh_from_db()
        invitation.answer(value, "")
    score = Score.objects.get(ticket=ticket)
    entry = Entry.objects.filter(kind="surveys.SurveyAnswered").latest("id")

    ran = hearing.hear(SurveyAnswered(ticket_id=ticket.pk, score_id=score.pk, value=value), entry.pk)

    assert ran == len(tags) and Ticket.objects.get(pk=ticket.pk).tags == tags


def asked_on(kind: str, ticket: Ticket, by: User, *more: str) -> Invitation:
    """Solved, and asked by a survey that begins so."""
    Survey.objects.filter(occasion="resolved").update(state="ended")
    survey = Survey.objects.create(name="После ответа", occasion="resolved", delay_minutes=0)
    for one in (kind, *more):
        survey.draft().questions.create(kind=one, words_ru=one)
    survey.begin()
    ticket.reply("Готово", by=by, then=Resolve())
    Invitation.objects.send_due()
    return Invitation.objects.select_related("version", "survey", "ticket", "agent").get(survey=survey)


@pytest.mark.parametrize("questions", [(Kind.CSAT6,), (Kind.NPS, Kind.CSAT6), (Kind.NPS, Kind.CSAT5)])
@pytest.mark.parametrize(("value", "tags"), [(1, ["недоволен"]), (5, [])])
def test_a_mark_from_0_to_5_is_heard_and_asked_as_five_faces_are(
    writes: Write, anna: User, boris: User, questions: tuple[Kind, ...], value: int, tags: list[str]
) -> None:
    conditions: list[dict[str, Any]] = [{"fact": "score", "how": "most", "value": 2}]
    Rule(name="Низкая оценка", what="score", conditions=conditions, acts=[{"act": "tag", "tags": "недоволен"}]).begin()
    ticket = writes()
    one = asked_on(questions[0], ticket, anna, *questions[1:])
    one.fill({one.version.asked()[-1].pk: value})  # type: ignore[union-attr]

    entry = Entry.objects.filter(kind="surveys.SurveyAnswered").latest("id")
    answer = Answer.objects.get(value=value)
    told = SurveyAnswered(ticket_id=ticket.pk, score_id=None, answer_id=answer.pk, value=value)
    assert entry.data == asdict(told) and not Score.objects.exists()
    assert hearing.hear(told, entry.pk) == len(tags)
    assert Ticket.objects.get(pk=ticket.pk).tags == tags
    assert FollowUp.objects.filter(invitation=one).exists() == bool(tags)
    praised = Notice.objects.filter(text__contains="высшую оценку")
    assert set(praised.values_list("person", flat=True)) == ({anna.pk, boris.pk} if value == 5 else set())
    one.fill({one.version.asked()[-1].pk: value})  # type: ignore[union-attr]
    assert praised.count() == (2 if value == 5 else 0), "the same mark once more is no news to them"


def test_the_last_mark_counts_on_whatever_scale_it_was_given(writes: Write, anna: User) -> None:
    """Five faces after the first solution, 0 of 0 to 5 after the second."""
    at_least = Rule(what="score", conditions=[{"fact": "score", "how": "least", "value": 4}], acts=[])
    at_most = Rule(what="score", conditions=[{"fact": "score", "how": "most", "value": 0}], acts=[])
    ticket = writes()
    assert not fitting(at_least, [ticket.pk]) and not fitting(at_most, [ticket.pk])
    asked_on(Kind.CSAT5, ticket, anna).answer(5)
    assert fitting(at_least, [ticket.pk]) and not fitting(at_most, [ticket.pk])

    with clock.at(clock.now() + timedelta(days=100)):
        ticket = Ticket.objects.get(pk=ticket.pk)
        ticket.reopen_by(anna)
        one = asked_on(Kind.CSAT6, ticket, anna)
        one.fill({one.version.asked()[0].pk: 0})  # type: ignore[union-attr]
    assert fitting(at_most, [ticket.pk]) and not fitting(at_least, [ticket.pk])


@pytest.mark.parametrize("occasion", ["event", "relationship"])
def test_what_is_asked_of_something_else_is_no_mark_of_an_answer(answered: Ticket, occasion: str) -> None:
    survey = Survey.objects.create(name="О нас", occasion=occasion)
    survey.draft().questions.create(kind=Kind.CSAT6)
    survey.begin()
    one = Invitation.objects.ask(survey, answered.contact)
    one.send()
    one.refresh_from_db()
    one.fill({one.version.asked()[0].pk: 5})  # type: ignore[union-attr]

    assert not Entry.objects.filter(kind="surveys.SurveyAnswered").exists() and not Answer.objects.of_solutions()
