"""A client has written to one company, whoever answers: letters of a ticket carry the brand of its mailbox."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.core.staff.models import Brand, Logo, Team, User
from otklik.desk.channels.models import Channel
from otklik.desk.channels.port import Letter
from otklik.desk.tickets.letters import language_of
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.steps import Wait
from tests.fixtures.cast import Paper, Write

pytestmark = pytest.mark.django_db


@pytest.fixture
def letters(paper: Paper) -> list[Letter]:
    """As they are handed to the adapter."""
    return paper.letters


@pytest.fixture
def home(door: Channel) -> Brand:
    logo = Logo.objects.keep(b"png", 400, 100, "")
    door.brand = Brand.objects.create(
        name="Связь Дом", colour="#0a7f5a", signature="**{{agent}}**, {{line}}\n{{company}}", logo=logo
    )
    door.save()
    return door.brand


def test_an_answer_and_a_receipt_carry_name_logo_colour_and_signature(
    home: Brand, writes: Write, letters: list[Letter], anna: User, tomorrow
) -> None:
    ticket = writes("Не работает")
    ticket.reply("Смотрим", by=anna, then=Wait(tomorrow))

    receipt, answer = letters[-2:]
    assert (receipt.from_name, answer.from_name) == ("Связь Дом", "Анна Белова, Связь Дом")
    assert home.logo is not None
    for letter in letters:
        assert f"https://desk.test{home.logo.path}" in letter.html and "#0a7f5a" in letter.html
    assert "-- \nСвязь Дом\n" in f"{receipt.text}\n"
    assert "-- \n**Анна Белова**, Первая линия\nСвязь Дом\n\n" in answer.text
    assert "<strong>Анна Белова</strong>, Первая линия" in answer.html and home.logo.path not in answer.text


def test_another_line_answers_and_the_company_stays_the_same(
    home: Brand, ticket: Ticket, letters: list[Letter], anna: User, line_two: Team, tomorrow
) -> None:
    line_two.brand = Brand.objects.create(name="Связь Бизнес")
    line_two.save()
    ticket.team = line_two
    ticket.save(update_fields=["team"])

    ticket.reply("Смотрим", by=anna, then=Wait(tomorrow))
    assert letters[-1].from_name == "Анна Белова, Связь Дом"
    assert "**Анна Белова**, Вторая линия\nСвязь Дом" in letters[-1].text


def test_an_answer_from_another_mailbox_is_of_its_brand(
    home: Brand, ticket: Ticket, letters: list[Letter], anna: User, line_one: Team, tomorrow
) -> None:
    other = Channel.objects.create(kind="paper", name="Счета", address="bills@desk.test", team=line_one)
    ticket.reply("Смотрим", by=anna, then=Wait(tomorrow), via=other)
    assert letters[-1].from_name == "Анна Белова, Связь"
    assert "Связь Дом" not in letters[-1].text and "#0a7f5a" not in letters[-1].html


def test_a_letter_without_any_brand_looks_as_before(
    ticket: Ticket, letters: list[Letter], anna: User, tomorrow
) -> None:
    ticket.reply("Смотрим", by=anna, then=Wait(tomorrow))
    assert letters[-1].from_name == "Анна Белова, Связь"
    assert '<hr><div style="font-size:13px"><p>' in letters[-1].html and "<img" not in letters[-1].html


def test_who_has_no_language_gets_that_of_the_brand(home: Brand, ticket: Ticket) -> None:
    ticket.contact.language = ""
    assert language_of(ticket) == "ru"
    home.language = "en"
    home.save()
    assert language_of(ticket) == "en"
    ticket.contact.language = "ru"
    assert language_of(ticket) == "ru"


@pytest.mark.usefixtures("kept_for_long")
def test_a_brand_costs_an_answer_no_statement(home: Brand, ticket: Ticket, anna: User, tomorrow) -> None:
    def asked(brand: Brand | None) -> int:
        Channel.objects.update(brand=brand)
        Brand.objects.house()
        own = Ticket.objects.get(pk=ticket.pk)
        own.reply("Разогрев", by=anna, then=Wait(tomorrow))
        own = Ticket.objects.get(pk=ticket.pk)
        with CaptureQueriesContext(connection) as queries:
            own.reply("Смотрим", by=anna, then=Wait(tomorrow))
        return len(queries)

    assert asked(home) == asked(None)
