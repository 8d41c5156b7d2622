"""Whether it was solved at once: yes or no, asked after a solution, known to every way of asking."""

import pytest
from django.test import Client
from django.utils import translation

from otklik.care.surveys import letters, results
from otklik.care.surveys.asking import asked_of
from otklik.care.surveys.models import CannotBegin, FollowUp, Invitation, Score, Survey
from otklik.care.surveys.scales import Kind
from otklik.care.surveys.tests.conftest import Ask
from otklik.core.staff.models import User
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Resolve

pytestmark = pytest.mark.django_db
FACES, ONCE = {"kind": Kind.CSAT5}, {"kind": Kind.ONCE}


@pytest.fixture(autouse=True)
def at_once(settings) -> None:
    settings.SURVEY_DELAY_SECONDS = 0


def asked(ticket: Ticket, anna: User) -> Invitation:
    ticket.reply("Готово", by=anna, then=Resolve())
    assert Invitation.objects.send_due() == 1
    return Invitation.objects.select_related("survey", "version", "ticket__conversation").get()


def test_only_a_survey_after_a_solution_asks_it_and_only_once(survey: Ask) -> None:
    for occasion, questions in (("event", [dict(ONCE)]), ("resolved", [dict(ONCE), dict(ONCE)])):
        wrong = survey(occasion, *questions, begin=False)
        with pytest.raises(CannotBegin):
            wrong.begin()
    survey("resolved", dict(ONCE)).current()


def test_it_is_an_answer_of_its_own_beside_the_mark_and_nobody_is_owed_a_talk(
    survey: Ask, ticket: Ticket, anna: User
) -> None:
    survey("resolved", dict(FACES), dict(ONCE), {"kind": Kind.TEXT, "words_ru": "Что мешало?", "after": 1})
    invitation = asked(ticket, anna)
    faces, once, why = invitation.version.asked()  # type: ignore[union-attr]
    assert "“Нет”" in why.condition() or "«Нет»" in why.condition()
    drawn = asked_of(invitation.version, {faces.pk: 5}, {})  # type: ignore[arg-type]
    assert [one.kind for one in drawn] == ["faces", "choice"] and drawn[1].question.options == [(1, "Да"), (0, "Нет")]

    with pytest.raises(ValueError, match="scale"):
        invitation.fill({faces.pk: 5, once.pk: 2})
    invitation.fill({faces.pk: 5, once.pk: 0}, {why.pk: "Ждал звонка"})

    assert Score.objects.get().value == 5 and invitation.finished_at
    assert invitation.marks() == {faces.pk: 5, once.pk: 0} and invitation.words() == {why.pk: "Ждал звонка"}
    assert not FollowUp.objects.exists(), "who had to come again may be content"


def test_asked_first_a_link_or_a_button_answers_it_in_words(survey: Ask, ticket: Ticket, anna: User) -> None:
    survey("resolved", dict(ONCE))
    invitation = asked(ticket, anna)
    with translation.override("ru"):
        _subject, text, html = letters.invitation(invitation, "secret")
        _subject, said, buttons = letters.in_chat(invitation, "secret")
        done = letters.thanks(invitation.version.first, 0, "secret")  # type: ignore[union-attr, arg-type]

    assert "решили сразу" in text and "Да\n" in text and "?score=1" in html and ">Нет</a>" in html and "0:" not in text
    assert "решили сразу" in said
    assert [(one.label, one.data) for one in buttons] == [("Да", "survey:secret:1"), ("Нет", "survey:secret:0")]
    assert "Нет" in done


def test_the_page_takes_it_and_the_results_tell_a_share_without_a_mean(
    survey: Ask, ticket: Ticket, anna: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = survey("resolved", dict(FACES), dict(ONCE))
    monkeypatch.setattr("otklik.care.surveys.models.writing.secrets.token_urlsafe", lambda _n: "s" * 32)
    invitation = asked(ticket, anna)
    once = invitation.version.asked()[1]  # type: ignore[union-attr]
    page = client.get(f"/survey/{'s' * 32}/").content.decode()
    assert "Ваш вопрос решили сразу?" in page and f'name="{once.field}" value="1"' in page

    missed = client.post(f"/survey/{'s' * 32}/", {"score": "4"})
    assert missed.status_code == 422
    assert client.post(f"/survey/{'s' * 32}/", {"score": "4", once.field: "1"}).status_code == 200

    scope = results.Scope(running.current(), Invitation.Source.LETTER, None)  # type: ignore[arg-type]
    told = results.results(scope)[1]
    assert (told.told.unit, told.told.value, told.n) == ("share", 1.0, 1)
    assert told.counts == [("Да", 1), ("Нет", 0)]


def test_what_was_asked_stays_and_another_version_says_what_is_new(survey: Ask) -> None:
    running: Survey = survey("resolved", dict(FACES))
    draft = running.draft()
    draft.questions.create(**ONCE)
    (said,) = draft.differences(running.current())  # type: ignore[arg-type]

    assert "решили сразу" in said and running.begin().number == 2
