"""Payments from a file: whose, how much, when, for which days; twice the same file is once."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.desk.clients.models import Client, Contact, Payment, Product
from otklik.desk.imports.tests.conftest import Bring, workbook

pytestmark = pytest.mark.django_db

TABLE = """Номер;Организация;Почта;Услуга;Вид;Сумма;Валюта;Дата;С;По
1;Дон;;АТС;оплата;1 200,50 ₽;rub;01.02.2024;01.02.2024;29.02.2024
2;;anna@don.example;;;-300;;2024-03-01;;
3;Неизвестная;;;;10;;2024-03-01;;
4;;;;;10;;2024-03-01;;
5;Дон;;;дар;10;;2024-03-01;;
6;Дон;;;;10;;;;
7;Дон;;;;0;;2024-03-01;;
8;Дон;;;;много;;2024-03-01;;
9;Дон;;;;10;;2024-03-01;02.03.2024;01.03.2024
10;Дон;;;;10;рубли;2024-03-01;;
"""


@pytest.fixture(autouse=True)
def don() -> Client:
    Contact.objects.recognise("email", "anna@don.example")
    return Client.objects.create(name="Дон")


def test_they_come_with_payer_amount_and_days(bring: Bring, don: Client) -> None:
    of = bring("payments", TABLE)

    assert of.told == {"new": 2, "changed": 0, "same": 0, "wrong": 8}
    paid = don.payments.get()
    assert (paid.amount, paid.currency, paid.kind, paid.product) == (
        Decimal("1200.50"),
        "RUB",
        "payment",
        Product.objects.get(name="АТС"),
    )
    days = (date(2024, 2, 1), date(2024, 2, 1), date(2024, 2, 29))
    assert (paid.paid_on, paid.covers_from, paid.covers_until) == days
    refund = Payment.objects.get(contact__identities__value="anna@don.example")
    assert (refund.kind, refund.amount) == ("refund", Decimal(300)), "below zero is a refund"
    columns = list(of.problems.order_by("line").values_list("column", flat=True))
    assert columns == ["Организация", "", "Вид", "Дата", "Сумма", "Сумма", "По", "Валюта"]


def test_a_second_time_changes_nothing_and_a_new_amount_is_a_change(bring: Bring, don: Client) -> None:
    bring("payments", TABLE)
    assert bring("payments", TABLE).told == {"new": 0, "changed": 0, "same": 2, "wrong": 8}
    assert bring("payments", TABLE.replace("1 200,50", "900")).told["changed"] == 1
    assert don.payments.get().amount == 900
    assert bring("payments", TABLE, source="bank").told["new"] == 2, "another system has identifiers of its own"


def test_without_a_number_the_same_contents_are_the_same_payment(bring: Bring, don: Client) -> None:
    table = "организация,сумма,дата\nДон,10,2024-03-01\nДон,10,2024-03-02\nДон,10,2024-03-01\n"
    assert bring("payments", table).told == {"new": 2, "changed": 0, "same": 1, "wrong": 0}
    assert bring("payments", table).told["same"] == 3
    assert don.payments.count() == 2


def test_the_last_of_two_rows_with_one_number_counts(bring: Bring, don: Client) -> None:
    bring("payments", "номер,организация,сумма,дата\n1,Дон,10,2024-03-01\n1,Дон,12,2024-03-01\n")
    assert don.payments.get().amount == 12


def test_a_workbook_brings_the_same(bring: Bring, don: Client) -> None:
    book = workbook(["id", "company", "amount", "date"], ["a", "Дон", 15.5, date(2024, 3, 1)])
    assert bring("payments", book, name="x.xlsx").told["new"] == 1
    assert (don.payments.get().amount, don.payments.get().paid_on) == (Decimal("15.50"), date(2024, 3, 1))


def test_a_dry_run_keeps_nothing(bring: Bring) -> None:
    assert bring("payments", TABLE, dry=True).told["new"] == 2
    assert not Payment.objects.exists() and not Product.objects.exists()


def test_many_rows_cost_as_many_statements_as_few(bring: Bring) -> None:
    def asked(count: int, first: int) -> int:
        rows = "".join(f"{first + number},Дон,10,2024-03-01\n" for number in range(count))
        with CaptureQueriesContext(connection) as queries:
            bring("payments", "номер,организация,сумма,дата\n" + rows)
        return len(queries)

    asked(1, 1)
    assert asked(2, 10) == asked(60, 100)
