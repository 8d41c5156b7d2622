"""What colleagues learn about a person."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact

pytestmark = pytest.mark.django_db


def test_a_fact_is_kept_with_who_said_it(pavel: Contact, anna: User) -> None:
    pavel.change("address_as", "Павел Андреевич", by=anna)

    entry = Entry.objects.get(kind="clients.ContactChanged")
    assert Contact.objects.get().called == "Павел Андреевич"
    assert (entry.actor, entry.about_id, entry.data["field"]) == (anna, pavel.pk, "address_as")


@pytest.mark.parametrize(("field", "value"), [("id", 5), ("client_id", 1), ("literacy", "много"), ("name", "x" * 201)])
def test_what_does_not_fit_changes_nothing(pavel: Contact, anna: User, field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        pavel.change(field, value, by=anna)

    assert Contact.objects.get().name == "Павел Демидов" and not Entry.objects.filter(about="contact").exists()


def test_lists_follow_a_new_name(ticket: Any, pavel: Contact, anna: User) -> None:
    pavel.change("name", "Павел Андреевич Демидов", by=anna)
    pavel.belong_to("Волга-Сервис", by=anna)

    ticket.refresh_from_db()
    assert (ticket.contact_name, ticket.client_name) == ("Павел Андреевич Демидов", "Волга-Сервис")


def test_a_known_organisation_is_not_made_twice(pavel: Contact, volga: Client, anna: User) -> None:
    pavel.belong_to("  волга ", by=anna)

    assert pavel.client == volga and Client.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "address_as", "greeted"),
    [
        ("Павел Демидов", "", "Павел Демидов"),
        ("Павел Демидов", "Павел Ильич, на «вы»", "Павел Ильич"),
        ("+79135550915", "", ""),
        ("8 (913) 555-09-15", "", ""),
        ("22-33-44", "", ""),
        ("1" * 4000 + "a", "", ""),
        ("it@volga.test", "", ""),
        ("+79135550915", "Анна", "Анна"),
        ("Кабинет 12", "", "Кабинет 12"),
        ("Школа № 57", "", "Школа № 57"),
        ("Аптека № 3", "", "Аптека № 3"),
        ("Посетитель № 41", "", ""),
        ("Visitor № 41", "", ""),
    ],
)
def test_nobody_is_greeted_by_an_address_or_a_number(name: str, address_as: str, greeted: str) -> None:
    assert Contact(name=name, address_as=address_as).greeted == greeted


@pytest.mark.parametrize(
    ("kind", "value", "told", "name"),
    [
        ("phone", "+79135550915", "Рогов Т.", "Рогов Т."),
        ("phone", "+79135550915", "+7 913 555 09 15", "+79135550915"),
        ("email", "it@volga.test", "Отдел ИТ", "Отдел ИТ"),
        ("email", "it@volga.test", "other@volga.test", "it@volga.test"),
    ],
)
def test_a_name_takes_the_place_of_an_address_or_a_number(kind: str, value: str, told: str, name: str) -> None:
    Contact.objects.recognise(kind, value)

    Contact.objects.recognise(kind, value, name=told)

    assert Contact.objects.get().name == name
