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
