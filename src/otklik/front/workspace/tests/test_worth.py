"""What a client has paid stands on the card, for whom amounts are open."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, Contact, Membership, Payment, Product, Secrecy, Subscription
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(ticket: Ticket, pavel: Contact, volga: Client, anna: User, client: Browser) -> str:
    Membership(contact=pavel, client=volga).put(by=anna)
    client.force_login(anna)
    return f"/clients/organisation/{volga.pk}/"


def paid(volga: Client) -> None:
    today = clock.today()
    for amount, days, kind, currency in (
        (1500, 500, "payment", "RUB"),
        (1000, 40, "payment", "RUB"),
        (200, 10, "refund", "RUB"),
        (30, 5, "payment", "USD"),
    ):
        day = today - timedelta(days=days)
        Payment.objects.create(client=volga, amount=amount, paid_on=day, kind=kind, currency=currency)


def test_sums_stand_on_the_card(page: str, volga: Client, client: Browser) -> None:
    assert 'id="worth"' not in client.get(page).content.decode(), "nothing was paid yet"
    paid(volga)
    Subscription.objects.create(
        client=volga, product=Product.objects.create(name="АТС"), ends_on=clock.today() + timedelta(days=20)
    )
    told = " ".join(client.get(page).content.decode().replace("\N{NO-BREAK SPACE}", " ").split())

    assert "2 300 ₽, 30 $" in told and "800 ₽, 30 $" in told
    assert "Ближайшее продление" in told and "неизвестно" not in told


def test_the_time_that_is_paid_for_ends_with_a_renewal(page: str, volga: Client, client: Browser) -> None:
    paid(volga)
    assert "неизвестно" in client.get(page).content.decode()
    Payment.objects.update(covers_until=clock.today())
    assert "неизвестно" not in client.get(page).content.decode()


def test_for_whom_amounts_are_hidden_there_is_no_sum_without_a_reason(
    page: str, volga: Client, client: Browser, anna: User
) -> None:
    paid(volga)
    Secrecy(pk=1, facts=["money"]).save()
    assert 'id="worth"' not in client.get(page).content.decode()
    shown = client.post(f"{page}reveal/money/", {"reason": "спрашивает счёт"}, headers={"HX-Request": "true"})
    assert "2 300" in shown.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_a_person_has_a_sum_of_their_own(ticket: Ticket, pavel: Contact, volga: Client, anna: User) -> None:
    browser = Browser()
    browser.force_login(anna)
    paid(volga)
    assert 'id="worth"' not in browser.get(f"/clients/contact/{pavel.pk}/").content.decode()
    Payment.objects.create(contact=pavel, amount=77, paid_on=clock.today())
    assert "77" in browser.get(f"/clients/contact/{pavel.pk}/").content.decode()
