"""Asking by phone on pages: the list, the questions, and what becomes of each call."""

import pytest
from django.test import Client as Browser

from otklik.care.surveys.models import Invitation, Question, Survey
from otklik.care.surveys.scales import Kind
from otklik.core.staff.models import Team, User
from otklik.desk.clients.models import Channelled, Contact, PersonalFact, Secrecy

pytestmark = pytest.mark.django_db
LIST = "/board/surveys/calls/"
NUMBER = "+78152450117"


def browser_of(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


@pytest.fixture
def asks(line_one: Team) -> Survey:
    made = Survey.objects.create(
        name="Отношение", occasion=Survey.Occasion.EVENT, team=line_one, by_phone=True, follow_up=False
    )
    draft = made.draft()
    first = draft.questions.create(kind=Kind.NPS, words_en="Would you recommend us?")
    draft.questions.create(kind=Kind.TEXT, words_ru="Что мешает?", follows=first, how=Question.How.MOST, bound=6)
    draft.questions.create(
        kind=Kind.CHOICE, choices=[["Долго", "Slow"], ["Дорого", "Dear"]], follows=first, how=Question.How.MOST, bound=6
    )
    made.begin()
    return made


@pytest.fixture
def one(asks: Survey) -> Invitation:
    contact = Contact.objects.create(name="<b>Зинаида</b>")
    contact.identities.create(kind=Channelled.PHONE, value=NUMBER)
    Invitation.objects.ask(asks, contact)
    Invitation.objects.send_due()
    return Invitation.objects.to_ring().get()


def page(user: User, path: str = LIST) -> str:
    return str(browser_of(user).get(path).content.decode())


def test_the_list_says_who_is_to_be_called(one: Invitation, head: User) -> None:
    assert "Спросить по телефону" in page(head, "/board/surveys/")
    shown = page(head)
    assert NUMBER in shown and "&lt;b&gt;Зинаида" in shown and f"{LIST}{one.pk}/" in shown
    Invitation.objects.update(ring_at=None)
    assert "Сейчас звонить некому" in page(head)


def test_what_they_said_is_kept_and_what_follows_is_asked(one: Invitation, head: User) -> None:
    browser, path = browser_of(head), f"{LIST}{one.pk}/"
    assert one.version
    first, own, second = one.version.asked()
    shown = browser.get(path).content.decode()
    assert f"tel:{NUMBER}" in shown and second.field not in shown

    nothing = browser.post(f"{path}answered/", {})
    assert nothing.status_code == 422 and "Выберите ответ" in nothing.content.decode()
    low = browser.post(f"{path}answered/", {"score": "3"})
    assert second.field in low.content.decode() and "ещё один вопрос" in low.content.decode()
    assert not one.answers.exists(), "the talk is not over"
    done = browser.post(f"{path}answered/", {"score": "3", own.field: "", second.field: "1"})

    assert done.status_code == 302
    assert dict(one.answers.values_list("question", "value")) == {first.pk: 3, second.pk: 1}
    assert browser.get(path).status_code == 404, "asked once"
    report = page(head, f"/board/surveys/{one.survey_id}/?source=phone")
    assert "По телефону, спрашивает сотрудник" in report


def test_not_reached_comes_tomorrow_and_a_refusal_does_not(one: Invitation, head: User) -> None:
    browser, path = browser_of(head), f"{LIST}{one.pk}/without/"
    browser.post(path, {"away": "1"})
    one.refresh_from_db()
    assert one.rings == 1 and one.ring_at
    assert browser.post(path, {"declined": "1"}).status_code == 404, "tomorrow"

    Invitation.objects.update(ring_at=one.sent_at)
    browser.post(path, {"declined": "1"})
    kept = Invitation.objects.get()
    assert (kept.ring_at, kept.why_not) == (None, "declined")


def test_ACCESS_1_only_who_leads_the_line_sees_numbers_and_did_not_answer_calls(
    one: Invitation, head: User, anna: User, boris: User
) -> None:
    assert browser_of(anna).get(LIST).status_code == 404
    assert f"{LIST}{one.pk}/" in page(boris)
    Invitation.objects.update(agent=boris)
    assert f"{LIST}{one.pk}/" not in page(boris) and browser_of(boris).get(f"{LIST}{one.pk}/").status_code == 404
    boris.memberships.all().delete()
    Invitation.objects.update(agent=None)
    assert browser_of(boris).get(f"{LIST}{one.pk}/").status_code == 404

    Secrecy.objects.create(pk=1, facts=[PersonalFact.PHONES], open_to=["admin"])
    shown = page(head)
    assert NUMBER not in shown and "не видит телефонов" in shown
    assert browser_of(head).get(f"{LIST}{one.pk}/").status_code == 404


def test_numbers_that_are_none_and_a_list_of_any_length(
    one: Invitation, head: User, django_assert_max_num_queries
) -> None:
    browser = browser_of(head)
    assert browser.get(f"{LIST}{10**30}/").status_code == 404
    browser.get(LIST)
    with django_assert_max_num_queries(40) as few:
        browser.get(LIST)
    for number in range(8):
        contact = Contact.objects.create(name=f"Клиент {number}")
        contact.identities.create(kind=Channelled.PHONE, value=f"+7815245000{number}")
        Invitation.objects.ask(one.survey, contact)
    Invitation.objects.send_due()
    with django_assert_max_num_queries(len(few)):
        assert browser.get(LIST).content.decode().count("data-row>") == 9
