"""A mark is right on every scale: on the client's page, in reviews, in talks (METRICS S1)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from otklik.care.surveys import marks
from otklik.care.surveys.asking import point
from otklik.care.surveys.models import Answer, FollowUp, Invitation, PublicPage, Question, Review, Score, Survey
from otklik.care.surveys.scales import SCALES, Kind
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.links import sign
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve
from otklik.front.portal import request_page
from otklik.front.portal.tests.test_reviews import page as page
from otklik.front.portal.tests.test_reviews import rate, shown
from tests.fixtures.cast import Write, signed_in

pytestmark = pytest.mark.django_db
TOLD = {
    Kind.CSAT5: (4, "4 из 5, хорошо"),
    Kind.CSAT6: (0, "0 по шкале от 0 до 5 (0: очень плохо, 5: отлично)"),
    Kind.CES7: (6, "6 по шкале от 1 до 7 (1: совсем не так, 7: именно так)"),
    Kind.CES6: (5, "5 по шкале от 0 до 5 (0: очень легко, 5: очень трудно)"),
    Kind.NPS: (9, "9 по шкале от 0 до 10 (0: ни за что, 10: обязательно)"),
    Kind.AREA10: (10, "10 по шкале от 1 до 10 (1: очень плохо, 10: отлично)"),
    Kind.ONCE: (0, "Нет"),
}


def asked_by(kind: str, ticket: Ticket, anna: User) -> str:
    """The page of a request that was solved while such a survey runs."""
    if (usual := Survey.objects.after_answer()) is not None:
        usual.end()
    survey = Survey.objects.create(name="Иначе", occasion=Survey.Occasion.RESOLVED)
    survey.draft().questions.create(kind=kind)
    survey.begin()
    ticket.reply("Готово", by=anna, then=Resolve())
    return f"/request/{sign(ticket)}/"


@pytest.mark.parametrize("kind", TOLD)
def test_the_page_of_a_request_asks_on_the_scale_of_the_survey_and_says_the_mark(
    client: Client, ticket: Ticket, anna: User, kind: Kind
) -> None:
    home, (value, said) = asked_by(kind, ticket, anna), TOLD[kind]
    asks = client.get(home).content.decode()
    assert all(f'name="score" value="{point}"' in asks for point in SCALES[kind].points)
    assert asks.count('name="score"') == len(SCALES[kind].points)

    rate(client, home, score=str(value), comment="По делу")
    thanked = client.get(home).content.decode()
    assert said in thanked and 'name="score"' not in thanked
    given = Score.objects if kind == Kind.CSAT5 else Answer.objects
    assert given.get().value == value


def test_what_is_no_point_of_the_scale_is_refused_in_words(client: Client, ticket: Ticket, anna: User) -> None:
    home = asked_by(Kind.NPS, ticket, anna)
    for wrong in ("11", "-1", "x", ""):
        answer = rate(client, home, score=wrong)
        assert answer.status_code == 422 and "Выберите ответ" in answer.content.decode()
    assert not Answer.objects.exists()


def test_words_beside_a_mark_from_0_to_5_are_a_review_with_their_scale(
    client: Client, ticket: Ticket, anna: User, boris: User, page: PublicPage
) -> None:
    home = asked_by(Kind.CSAT6, ticket, anna)
    rate(client, home, score="4", comment="Помогла сразу", may_show="1", may_name="1")
    review, lead = Review.objects.get(), signed_in(boris)
    assert "4 по шкале от 0 до 5" in shown(lead, "/my-page/reviews/")
    lead.post(f"/my-page/reviews/{review.pk}/decide/", {"state": "shown"})

    told_to_all = shown(client)
    assert "Помогла сразу" in told_to_all and "4 по шкале от 0 до 5" in told_to_all and "из 5<" not in told_to_all
    boris.memberships.all().delete()
    assert str(review.text) not in shown(lead, "/my-page/reviews/"), "another line's lead decides on nothing of it"


def test_a_review_of_a_recommendation_says_what_was_asked(
    client: Client, ticket: Ticket, anna: User, page: PublicPage
) -> None:
    home = asked_by(Kind.NPS, ticket, anna)
    rate(client, home, score="9", comment="Советую", may_show="1")
    assert Review.objects.get().mark.startswith("Порекомендуете ли вы нас")


def test_the_words_of_such_a_review_go_with_the_answer(
    client: Client, ticket: Ticket, anna: User, page: PublicPage
) -> None:
    from otklik.care.surveys.personal import REVIEWS

    home = asked_by(Kind.CSAT6, ticket, anna)
    rate(client, home, score="4", comment="Помогла", may_show="1")
    assert list(REVIEWS.rows("ticket", [ticket.pk])) == [Review.objects.get()]
    assert list(REVIEWS.rows("ticket", [ticket.pk + 1])) == []
    Answer.objects.get().delete()
    assert not Review.objects.exists()


@pytest.mark.parametrize(("kind", "value"), [(Kind.CES6, 5), (Kind.NPS, 3)])
def test_a_talk_says_on_which_scale_the_low_mark_was(
    client: Client, ticket: Ticket, anna: User, boris: User, kind: Kind, value: int
) -> None:
    """A 5 of difficulty is the worst there is, and read without its scale it is praise."""
    home = asked_by(kind, ticket, anna)
    rate(client, home, score=str(value))
    owed = FollowUp.objects.get()
    assert owed.task is not None and marks.full(kind, value) in owed.task.text
    for address in (f"/board/surveys/talks/{owed.pk}/", f"/board/surveys/{owed.invitation.survey_id}/"):
        assert marks.full(kind, value) in signed_in(boris).get(address).content.decode()


def test_a_talk_from_before_its_scale_was_kept_says_the_number(client: Client, ticket: Ticket, anna: User) -> None:
    asked_by(Kind.NPS, ticket, anna)
    invitation: Any = Invitation.objects.for_page(ticket)
    assert FollowUp(invitation=invitation, value=3).mark == "3"


def test_whoever_has_a_letter_is_asked_as_the_letter_asks(client: Client, ticket: Ticket, anna: User) -> None:
    """A new version begins meanwhile: the page asks by the old one, as the letter does."""
    home = asked_by(Kind.CSAT6, ticket, anna)
    assert Invitation.objects.for_page(ticket) is not None
    survey = Survey.objects.after_answer()
    assert survey is not None
    draft = survey.draft()
    draft.questions.all().delete()
    draft.questions.create(kind=Kind.NPS)
    survey.begin()
    assert client.get(home).content.decode().count('name="score"') == 6


def test_of_two_solutions_the_last_is_asked_about_and_the_mark_is_of_what_was_asked(
    client: Client, ticket: Ticket, anna: User, settings: Any
) -> None:
    """The first letter asked from 0 to 5, the second will ask how hard it was: there 5 is the worst there is."""
    settings.SURVEY_DELAY_SECONDS = 0
    home = asked_by(Kind.CSAT6, ticket, anna)
    assert Invitation.objects.send_due() == 1
    ticket.refresh_from_db()
    ticket.reopen_by(anna)
    settings.SURVEY_DELAY_SECONDS = 3600
    asked_by(Kind.CES6, ticket, anna)
    asks = client.get(home).content.decode()
    assert "0: очень легко" in asks and "5: отлично" not in asks

    rate(client, home, score="5")
    assert Answer.objects.get().question.kind == Kind.CES6
    assert "5 по шкале от 0 до 5 (0: очень легко" in client.get(home).content.decode()


def test_another_question_than_the_page_has_shown_takes_no_number(client: Client, ticket: Ticket, anna: User) -> None:
    """A new version begins while the page stands open: it is drawn anew with their words, the letter still waits."""
    home = asked_by(Kind.CSAT6, ticket, anna)
    before = client.get(home).content.decode().partition('name="question" value="')[2].partition('"')[0]
    survey = Survey.objects.after_answer()
    assert survey is not None
    draft = survey.draft()
    draft.questions.all().delete()
    draft.questions.create(kind=Kind.CES6)
    survey.begin()
    for told in ({"question": before}, {}):
        answer = client.post(f"{home}score/", {**told, "score": "5", "comment": "Всё <b>хорошо</b>"})
        page = answer.content.decode()
        assert answer.status_code == 422 and "другой вопрос" in page and "Всё &lt;b&gt;хорошо" in page
        assert "0: очень легко" in page and not Answer.objects.exists()
    assert Invitation.objects.get().sent_at is None
    rate(client, home, score="1")
    assert Answer.objects.get().value == 1


def test_a_question_that_is_put_in_its_place_meanwhile_uses_up_no_letter(
    client: Client, ticket: Ticket, anna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new version begins between the look at the question and the answer."""
    home = asked_by(Kind.CSAT6, ticket, anna)
    survey = Survey.objects.after_answer()
    assert survey is not None

    def meanwhile(question: Question, said: str) -> int | None:
        draft = survey.draft()
        draft.questions.all().delete()
        draft.questions.create(kind=Kind.CES6)
        survey.begin()
        return point(question, said)

    monkeypatch.setattr(request_page, "point", meanwhile)
    answer = rate(client, home, score="5")

    assert answer.status_code == 422 and "другой вопрос" in answer.content.decode()
    waiting = Invitation.objects.get()
    assert (waiting.sent_at, waiting.version) == (None, None) and not Answer.objects.exists()


def test_a_new_solution_is_asked_about_before_its_letter_leaves_though_the_old_one_is_old(
    client: Client, ticket: Ticket, anna: User, settings: Any
) -> None:
    settings.SURVEY_DELAY_SECONDS = 0
    asked_by(Kind.CSAT6, ticket, anna)
    assert Invitation.objects.send_due() == 1
    with clock.at(clock.now() + timedelta(days=20)):
        settings.SURVEY_DELAY_SECONDS = 3600
        ticket.refresh_from_db()
        ticket.reopen_by(anna)
        ticket.reply("Теперь точно", by=anna, then=Resolve())
        rate(client, f"/request/{sign(ticket)}/", score="3")
        assert Answer.objects.get().value == 3


@pytest.mark.parametrize("kind", [Kind.CSAT5, Kind.CSAT6])
def test_a_mark_is_not_read_out_to_whoever_the_request_is_given_to(
    client: Client, ticket: Ticket, anna: User, writes: Write, kind: Kind
) -> None:
    home = asked_by(kind, ticket, anna)
    rate(client, home, score="4")
    assert "Спасибо за оценку" in client.get(home).content.decode()
    lena = writes("Это моё", sender="lena@volga.test", subject="Моё").contact
    Ticket.objects.get(pk=ticket.pk).make_client(lena, by=anna)
    moved = Ticket.objects.get(pk=ticket.pk)
    theirs = client.get(f"/request/{sign(moved)}/").content.decode()
    assert "Спасибо за оценку" not in theirs and 'name="score"' in theirs
    rate(client, f"/request/{sign(moved)}/", score="1")
    given = Score.objects if kind == Kind.CSAT5 else Answer.objects
    assert set(given.values_list("value", flat=True)) == {1, 4} and given.count() == 2
