"""Whoever leaves a product is asked why, once, and not who has it again or left years ago."""

from datetime import date, timedelta

import pytest

from otklik.care.surveys import leaving
from otklik.care.surveys.models import Invitation, Survey
from otklik.care.surveys.scales import Kind
from otklik.care.surveys.tests.conftest import Ask
from otklik.core.journal import clock
from otklik.desk.clients.models import Client, Contact, Product, Subscription
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def exit_survey(survey: Ask) -> Survey:
    return survey(
        "exit", {"kind": Kind.CHOICE, "words_ru": "Почему вы уходите?", "choices": [["Дорого", ""], ["Иное", ""]]}
    )


@pytest.fixture
def phones(db: None) -> Product:
    return Product.objects.create(name="АТС")


def today() -> date:
    return clock.today()


def ended(product: Product, days_ago: int = 1, **whose: object) -> Subscription:
    told = {"product": product, "starts_on": date(2020, 1, 1), "ends_on": today() - timedelta(days=days_ago)}
    return Subscription.objects.create(**told, state="ended", **whose)


def test_the_person_is_asked_once(exit_survey: Survey, phones: Product, answered: Ticket, pavel: Contact) -> None:
    ended(phones, contact=pavel)

    assert [leaving.ask_all(), leaving.ask_all()] == [1, 0]
    assert Invitation.objects.get(survey=exit_survey).contact == pavel
    assert Invitation.objects.send_due() == 1
    assert leaving.ask_all() == 0


def test_of_an_organisation_whoever_wrote_last(
    exit_survey: Survey, phones: Product, ticket: Ticket, volga: Client
) -> None:
    ended(phones, client=volga)
    ended(phones, client=Client.objects.create(name="Молчаливые"))

    assert leaving.ask_all() == 1
    assert Invitation.objects.get().contact == ticket.contact


@pytest.mark.parametrize("days_ago", [7, 400])
def test_what_ended_long_ago_is_no_occasion(
    exit_survey: Survey, phones: Product, pavel: Contact, days_ago: int
) -> None:
    ended(phones, days_ago, contact=pavel)
    assert leaving.ask_all() == 0


def test_whoever_has_it_again_has_not_left(exit_survey: Survey, phones: Product, pavel: Contact) -> None:
    ended(phones, contact=pavel)
    Subscription.objects.create(product=phones, contact=pavel, starts_on=today(), state="active")
    assert leaving.ask_all() == 0

    Subscription.objects.filter(state="active").update(product=Product.objects.create(name="Интернет"))
    assert leaving.ask_all() == 1, "another product is not the one that they left"


def test_its_last_day_is_still_theirs(exit_survey: Survey, phones: Product, pavel: Contact) -> None:
    Subscription.objects.create(product=phones, contact=pavel, ends_on=today(), state="active")
    assert leaving.ask_all() == 0
    with clock.at(clock.now() + timedelta(days=1)):
        assert leaving.ask_all() == 1


def test_no_survey_no_question(phones: Product, pavel: Contact, survey: Ask) -> None:
    survey("exit", {"kind": Kind.NPS}, begin=False)
    ended(phones, contact=pavel)
    assert leaving.ask_all() == 0


def test_many_ends_cost_a_bounded_number_of_statements(
    exit_survey: Survey, phones: Product, volga: Client, django_assert_max_num_queries
) -> None:
    for _each in range(30):
        ended(phones, client=volga)
    with django_assert_max_num_queries(6):
        leaving.ask_all()
