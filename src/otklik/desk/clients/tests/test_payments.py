"""Payments of clients: kept once, summed by currency, carried along when clients are merged."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.core.journal import clock
from otklik.core.journal.models import Entry
from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, ClientMerging, Contact, Paid, Payment, sums_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 29)


@pytest.fixture
def don() -> Client:
    return Client.objects.create(name="Дон")


def pay(holder: Client | Contact, amount: str, day: date = TODAY, **more: Any) -> Payment:
    of = {"client": holder} if isinstance(holder, Client) else {"contact": holder}
    return Payment.objects.create(**of, amount=Decimal(amount), paid_on=day, **more)


def test_refunds_are_taken_off_and_currencies_stay_apart(don: Client) -> None:
    pay(don, "100.50", TODAY - timedelta(days=365))
    pay(don, "50", TODAY - timedelta(days=364))
    pay(don, "20", kind="refund")
    pay(don, "7", currency="USD")
    pay(don, "1000", TODAY + timedelta(days=1))

    roubles, dollars = sums_of(don, TODAY)

    assert roubles == Paid("RUB", Decimal("130.50"), Decimal(30), TODAY - timedelta(days=365))
    assert dollars == Paid("USD", Decimal(7), Decimal(7), TODAY)
    assert sums_of(Client.objects.create(name="Кама"), TODAY) == []


def test_under_one_identifier_one_payment_is_kept(don: Client, boris: User) -> None:
    def told(amount: str) -> Payment:
        return Payment(client=don, amount=Decimal(amount), paid_on=TODAY, source="bank", external_id="17")

    first, new = Payment.objects.record(told("10"), by=boris)
    again, second = Payment.objects.record(told("10.00"), by=boris)

    assert (new, second, first.pk) == (True, False, again.pk)
    with pytest.raises(ValidationError, match="Другой платёж"):
        Payment.objects.record(told("11"), by=boris)
    assert [one.data["field"] for one in Entry.objects.about("client", don.pk)] == ["payment"]
    assert "10" not in str(Entry.objects.about("client", don.pk)[0].data["value"]).split("-"), "amounts are asked for"


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": Decimal(0)},
        {"amount": Decimal(-5)},
        {"currency": "руб"},
        {"covers_from": TODAY, "covers_until": TODAY - timedelta(days=1)},
    ],
)
def test_what_cannot_be_is_refused_by_the_verb_and_by_the_database(
    don: Client, boris: User, wrong: dict[str, Any]
) -> None:
    told = {"client": don, "amount": Decimal(1), "paid_on": TODAY, "external_id": "x"} | wrong
    with pytest.raises(ValidationError):
        Payment.objects.record(Payment(**told), by=boris)
    if "currency" not in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Payment.objects.create(**told)


def test_a_payment_has_exactly_one_payer(don: Client) -> None:
    person = Contact.objects.recognise("email", "anna@don.example")
    for holders in ({}, {"client": don, "contact": person}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Payment.objects.create(amount=1, paid_on=TODAY, **holders)


def test_payments_go_along_with_a_merged_organisation_and_come_back(don: Client, boris: User) -> None:
    twin = Client.objects.create(name="ООО «Дон»")
    pay(twin, "10")
    merging = ClientMerging.objects.merge(don, twin, by=boris)
    assert don.payments.count() == 1
    merging.undo(by=boris)
    assert (don.payments.count(), twin.payments.count()) == (0, 1)


@settings(max_examples=25, deadline=None)
@given(rows=st.lists(st.tuples(st.sampled_from(["payment", "refund"]), st.integers(1, 10**9)), max_size=8))
def test_the_sum_is_to_the_kopeck(rows: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        client = Client.objects.create(name="Дон")
        for kind, kopecks in rows:
            pay(client, str(Decimal(kopecks) / 100), kind=kind)
        sums = sums_of(client, clock.today() + timedelta(days=365 * 60))
        expected = sum(
            (Decimal(kopecks) / 100 * (1 if kind == "payment" else -1) for kind, kopecks in rows), Decimal(0)
        )
        assert sum((one.in_all for one in sums), Decimal(0)) == expected
        transaction.set_rollback(True)
