"""The words below every letter to a client."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from otklik.desk.clients.models import Contact
from otklik.desk.conversations.letters import html_of
from otklik.desk.tickets import letters
from otklik.desk.tickets.known import values_of
from otklik.desk.tickets.models import Ticket


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Moscow", "30 ноября, 8:30 (МСК)"),
        ("Asia/Novosibirsk", "30 ноября, 12:30 (UTC+7)"),
        ("Asia/Kolkata", "30 ноября, 11:00 (IST)"),
        ("Asia/Kathmandu", "30 ноября, 11:15 (UTC+5:45)"),
        ("America/Sao_Paulo", "30 ноября, 2:30 (UTC-3)"),
    ],
)
def test_a_moment_names_its_zone_as_people_do(zone: str, said: str) -> None:
    with translation.override("ru"):
        assert letters.moment(datetime(2026, 11, 30, 5, 30, tzinfo=UTC), ZoneInfo(zone)) == said


def test_an_address_in_our_words_is_a_link_that_reads_as_its_label() -> None:
    html = html_of("Добрый день & вечер!\n\nОтвечает: Марина\nВаше обращение: https://desk.test/request/a:b/")

    assert html == (
        "<p>Добрый день &amp; вечер!</p><p>Отвечает: Марина<br>"
        '<a href="https://desk.test/request/a:b/">Ваше обращение</a></p>'
    )


@pytest.mark.django_db
def test_a_letter_to_somebody_without_a_name_begins_without_one(ticket: Ticket) -> None:
    with translation.override("ru"):
        assert letters.apology_of(ticket, None).startswith("Павел Демидов, здравствуйте!")
        for name in ("+79135550915", "it@volga.test"):
            ticket.contact = Contact(name=name)
            assert letters.apology_of(ticket, None).startswith("Здравствуйте!")
            assert values_of(ticket, None)["client"] == ""
