"""A class of a product: after the client's own, before the channel's; the clocks follow the product."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Client, Product
from otklik.desk.sla.models import Agreement
from otklik.desk.sla.tests.conftest import InForce
from otklik.desk.tickets.errors import Invalid
from otklik.desk.tickets.models import Ticket, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    return clock.today()


@pytest.fixture
def telephony(in_force: InForce, today: date) -> Product:
    product = Product.objects.create(name="Телефония")
    service_class = in_force("Product's", rank=40).service_class
    Agreement.objects.create(service_class=service_class, product=product, starts_on=today)
    return product


def test_the_product_covers_after_the_client_and_before_the_channel(
    ticket: Ticket, telephony: Product, in_force: InForce, volga: Client, door: Channel, anna: User, today: date
) -> None:
    Agreement.objects.create(service_class=in_force("Door", rank=1).service_class, channel=door, starts_on=today)
    ticket.name_product(telephony, by=anna)
    assert ticket.class_name == "Product's"

    own = in_force("Client's", rank=90).service_class
    Agreement.objects.create(service_class=own, client=volga, starts_on=today)
    ticket.contact.client = volga
    ticket.contact.save()
    other = Product.objects.create(name="Интернет")
    ticket.name_product(other, by=anna)
    assert ticket.class_name == "Client's"
    ticket.name_product(telephony, by=anna)
    assert ticket.class_name == "Client's", "what was agreed with the client comes first"


def test_the_clocks_are_counted_anew(ticket: Ticket, telephony: Product, anna: User) -> None:
    before = ticket.due_at
    ticket.name_product(telephony, by=anna)

    ticket.refresh_from_db()
    assert ticket.due_at != before and ticket.product == telephony
    assert {one.version for one in ticket.clocks.live()} == {telephony.agreements.get().service_class.newest()}
    entry = Entry.objects.get(kind="tickets.ProductChanged")
    assert (entry.data["name"], entry.data["was"]) == ("Телефония", "")

    ticket.name_product(telephony, by=anna)
    assert Entry.objects.filter(kind="tickets.ProductChanged").count() == 1
    ticket.name_product(None, by=anna)
    ticket.refresh_from_db()
    assert ticket.class_name == "" and ticket.due_at == before


def test_a_topic_brings_its_product_and_never_takes_another_away(
    ticket: Ticket, telephony: Product, anna: User
) -> None:
    above = Topic.objects.create(name="Связь", product=telephony)
    below = Topic.objects.create(name="Хрипит", parent=above)
    ticket.classify(below, by=anna)
    assert ticket.product == telephony and ticket.class_name == "Product's"

    other = Topic.objects.create(name="Счета", product=Product.objects.create(name="Счета"))
    ticket.classify(other, by=anna)
    assert ticket.product == telephony


def test_what_is_not_in_use_cannot_be_chosen(ticket: Ticket, anna: User) -> None:
    old = Product.objects.create(name="Факс", is_active=False)
    with pytest.raises(Invalid) as refused:
        ticket.name_product(old, by=anna)
    assert refused.value.field == "product" and old not in Product.objects.offered()
    assert old in Product.objects.offered(old.pk)


def test_an_agreement_has_one_holder(telephony: Product, volga: Client, today: date) -> None:
    service_class = telephony.agreements.get().service_class
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.create(service_class=service_class, product=telephony, client=volga, starts_on=today)
    ended = telephony.agreements.get()
    ended.end(today + timedelta(days=1), by=None)
    assert str(ended.holder) == "Телефония"
