"""Duplicates in a real browser: found on the card, compared, merged, parted again."""

from collections.abc import Callable
from typing import Any

import pytest

from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact, Membership
from otklik.desk.tickets.models import Ticket
from tests.fixtures.cast import Write
from tests.fixtures.live import LiveApp

pytestmark = pytest.mark.django_db(transaction=True)


def test_find_compare_merge_and_part(
    live_app: LiveApp, at_desk: Callable[..., Any], ticket: Ticket, writes: Write, boris: User
) -> None:
    writes("С другого адреса", sender="demidov@volga.test", sender_name="Демидов Павел")
    twin = Contact.objects.get(identities__value="demidov@volga.test")
    page = at_desk(boris)
    page.goto(f"{live_app.url}/clients/contact/{ticket.contact_id}/")

    page.get_by_role("link", name="Сравнить и объединить").click()
    page.get_by_role("radio", name="Демидов Павел").check()
    page.get_by_role("button", name="Объединить", exact=True).click()

    page.get_by_role("heading", name="Демидов Павел").wait_for()
    assert Ticket.objects.filter(contact=ticket.contact_id).count() == 2

    page.get_by_role("button", name="Отменить объединение").click()

    page.get_by_role("heading", name="Павел Демидов").wait_for()
    assert Ticket.objects.filter(contact=twin).count() == 1


def test_organisations_find_compare_merge_and_part(
    live_app: LiveApp, at_desk: Callable[..., Any], ticket: Ticket, writes: Write, boris: User
) -> None:
    volga, other = ticket.contact.client, writes("Счёт", sender="anna@volga-south.test", sender_name="Анна")
    assert volga is not None
    Membership(contact=ticket.contact, client=volga, is_main=True).put(by=boris)
    twin = Client.objects.create(name=f"ООО «{volga.name}»")
    Membership(contact=other.contact, client=twin, is_main=True).put(by=boris)
    page = at_desk(boris)
    page.goto(f"{live_app.url}/clients/organisation/{volga.pk}/")

    page.get_by_role("link", name="Сравнить и объединить").click()
    page.get_by_role("radio", name=twin.name).check()
    page.get_by_role("button", name="Объединить", exact=True).click()

    page.get_by_role("heading", name=twin.name).wait_for()
    assert volga.contacts.count() == 2

    page.get_by_role("button", name="Отменить объединение").click()

    page.get_by_role("heading", name=volga.name, exact=True).wait_for()
    assert twin.contacts.count() == 1
