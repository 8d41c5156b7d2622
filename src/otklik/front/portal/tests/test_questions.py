"""A survey of several questions on its page: conditions without scripts, changed minds, open links."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

from otklik.care.surveys.models import Answer, FollowUp, Invitation, Survey
from otklik.care.surveys.scales import Kind
from otklik.core.staff.models import Brand
from otklik.desk.channels import outbox
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(db: None) -> Survey:
    made = Survey.objects.create(name="О нас", occasion="event")
    draft = made.draft()
    first = draft.questions.create(kind=Kind.NPS)
    draft.questions.create(kind=Kind.CHOICE, words_ru="Почему?", choices=[["Долго", ""], ["Дорого", ""]],
                           follows=first, bound=6)  # fmt: skip
    draft.questions.create(kind=Kind.TEXT, words_ru="Что исправить?")
    made.begin()
    return made


@pytest.fixture
def link(survey: Survey, answered: Ticket, pavel: Contact, paper: Paper) -> str:
    Invitation.objects.ask(survey, pavel)
    Invitation.objects.send_due()
    outbox.send_due()
    letter = bytes(paper.sent[-1].raw).decode()
    return "/survey/" + letter.split("/survey/")[1].split("/")[0] + "/"


def fields(survey: Survey) -> list[str]:
    version = survey.current()
    assert version is not None
    return [one.field for one in version.asked()]


def test_a_question_is_asked_when_its_condition_is_met(client: Client, survey: Survey, link: str) -> None:
    _first, why, more = fields(survey)
    page = client.get(link).content.decode()
    assert "Что исправить?" in page and "Почему?" not in page

    page = client.post(link, {"score": "4", more: "Быстрее"}).content.decode()
    assert "Почему?" in page and 'value="4" required checked' in page and "Быстрее" in page
    assert client.post(link, {"score": "4", more: "Быстрее"}).status_code == 422, "it is asked by now"

    answer = client.post(link, {"score": "4", why: "0", more: "Быстрее"})
    assert answer.status_code == 200 and "portal" not in answer.request["PATH_INFO"]
    assert "до тех, кто руководит службой" in answer.content.decode(), "nobody's answer was asked about"
    invitation = Invitation.objects.get()
    assert sorted(invitation.marks().values()) == [0, 4] and invitation.finished_at


def test_a_promoter_is_asked_nothing_more(client: Client, survey: Survey, link: str) -> None:
    assert "Почему?" not in client.post(link, {"score": "10"}).content.decode()
    assert Invitation.objects.get().finished_at and not FollowUp.objects.exists()


def test_the_mind_may_be_changed_and_the_page_remembers(client: Client, survey: Survey, link: str) -> None:
    client.post(link, {"score": "3"})
    client.post(link, {"score": "9"})

    assert 'value="9" required checked' in client.get(link).content.decode()
    assert list(Answer.objects.values_list("value", flat=True)) == [9]


def test_PUBLIC_2_looking_at_a_survey_votes_for_nothing(client: Client, link: str) -> None:
    for method in (client.get, client.head):
        assert method(f"{link}?score=9").status_code == 200
    assert not Answer.objects.exists()


@pytest.mark.parametrize("said", ["", "11", "-1", "9.0", "٩", "9" * 50, "x"])
def test_PUBLIC_2_an_altered_answer_or_link_is_refused(client: Client, link: str, said: str) -> None:
    assert client.post(link, {"score": said}).status_code == 422
    assert client.post(f"{link[:-4]}zzz/", {"score": "9"}).status_code == 404
    assert not Answer.objects.exists()


def test_PUBLIC_2_the_answer_of_one_is_never_that_of_another(client: Client, survey: Survey, link: str) -> None:
    """Questions of another survey in the form are no questions of this one."""
    other = Survey.objects.create(name="Другой", occasion="event")
    other.draft().questions.create(kind=Kind.NPS)
    other.begin()

    client.post(link, {"score": "9", fields(other)[0]: "1"})

    assert list(Answer.objects.values_list("value", flat=True)) == [9]


def test_INJECT_1_words_of_a_client_are_no_markup_on_their_page(client: Client, survey: Survey, link: str) -> None:
    more = fields(survey)[2]
    client.post(link, {"score": "9", more: "</textarea><script>alert(1)</script>"})

    assert "<script>alert(1)" not in client.get(link).content.decode()


# -- an open link --------------------------------------------------------------------------------------------------


@pytest.fixture
def counter() -> Survey:
    made = Survey.objects.create(name="У стойки", occasion="link", brand=Brand.objects.house().usual)
    made.draft().questions.create(kind=Kind.CSAT5)
    made.begin()
    return made


def test_whoever_comes_by_the_link_answers_once_and_may_change_their_mind(client: Client, counter: Survey) -> None:
    address = f"/ask/{counter.link}/"
    assert client.get(address).status_code == 200 and not Invitation.objects.exists()
    assert client.post(address, {"score": "7"}).status_code == 422 and not Invitation.objects.exists()

    answer = client.post(address, {"score": "2", "comment": "Очередь"})
    theirs = urlsplit(answer["Location"]).path
    client.post(theirs, {"score": "4", "comment": "Уже лучше"})

    given = Answer.objects.get()
    assert (given.value, given.words, given.invitation.source) == (4, "Уже лучше", "link")
    assert not FollowUp.objects.exists(), "nobody knows whom to talk to"


def test_the_link_of_a_survey_that_ended_or_never_was_opens_nothing(client: Client, counter: Survey) -> None:
    counter.end()
    for address in (f"/ask/{counter.link}/", "/ask/nothing/"):
        assert client.get(address).status_code == 404 and client.post(address, {"score": "5"}).status_code == 404
