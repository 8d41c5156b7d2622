"""Products of clients from a file: whose, on what plan, since when, for how much."""

from datetime import date
from decimal import Decimal

import pytest

from otklik.core.staff.models import User
from otklik.desk.clients.models import Client, ClientMerging, Confirmation, Contact, Product, Subscription
from otklik.desk.imports.tests.conftest import Bring

pytestmark = pytest.mark.django_db

TABLE = """ID;Организация;Почта;Продукт;Тариф;Статус;Дата начала;Дата окончания;Сумма;Валюта;Период
1;Дон;;АТС;Бизнес;Действует;01.02.2024;;1 200,50 ₽;rub;в месяц
2;;anna@don.example;Номер 8-800;;пробный;2024-03-01;31.03.2024;0;;
3;Неизвестная;;АТС;;;;;;;
4;;;АТС;;;;;;;
5;Дон;;АТС;;банан;;;;;
6;Дон;;АТС;Про;;02.02.2024;01.02.2024;;;
7;Дон;;АТС;Про;;;;много;;
"""


@pytest.fixture(autouse=True)
def don() -> Client:
    Contact.objects.recognise("email", "anna@don.example")
    return Client.objects.create(name="Дон")


def test_they_come_with_plan_dates_and_amount(bring: Bring, don: Client) -> None:
    of = bring("subscriptions", TABLE)

    assert of.told == {"new": 2, "changed": 0, "same": 0, "wrong": 5}
    business = don.subscriptions.get()
    assert (business.product.name, business.plan, business.state, business.period) == (
        "АТС",
        "Бизнес",
        "active",
        "month",
    )
    assert (business.starts_on, business.ends_on) == (date(2024, 2, 1), None)
    assert (business.amount, business.currency) == (Decimal("1200.50"), "RUB")
    trial = Subscription.objects.get(contact__identities__value="anna@don.example")
    assert (trial.state, trial.ends_on, trial.amount) == ("trial", date(2024, 3, 31), Decimal(0))
    columns = list(of.problems.order_by("line").values_list("column", flat=True))
    assert columns == ["Организация", "", "Статус", "", "Сумма"]
    assert Product.objects.count() == 2


def test_a_second_time_changes_nothing_and_a_new_amount_is_a_change(bring: Bring, don: Client) -> None:
    bring("subscriptions", TABLE)
    assert bring("subscriptions", TABLE).told == {"new": 0, "changed": 0, "same": 2, "wrong": 5}
    assert bring("subscriptions", TABLE.replace("1 200,50", "900")).told["changed"] == 1
    assert don.subscriptions.get().amount == 900


def test_without_an_identifier_it_is_known_by_holder_product_and_plan(bring: Bring, don: Client) -> None:
    table = "организация,продукт,тариф,сумма\nДон,АТС,Про,10\nДон,АТС,Бизнес,20\n"
    assert bring("subscriptions", table).told["new"] == 2
    assert bring("subscriptions", table).told["same"] == 2
    assert don.subscriptions.count() == 2


def test_of_an_organisation_that_was_merged_it_is_the_winners(bring: Bring, don: Client, boris: User) -> None:
    twin = Client.objects.create(name="ООО «Дон»")
    ClientMerging.objects.merge(don, twin, by=boris)
    bring("subscriptions", "company,product\nООО «Дон»,АТС\n")
    assert don.subscriptions.count() == 1


def test_a_dry_run_keeps_nothing(bring: Bring) -> None:
    dry = bring("subscriptions", TABLE, dry=True)
    assert dry.told["new"] == 2 and not Subscription.objects.exists() and not Product.objects.exists()


def test_products_that_a_file_changed_nobody_confirmed(bring: Bring, don: Client, anna: User) -> None:
    bring("subscriptions", TABLE)
    for one in Subscription.objects.all():
        one.put(by=anna)
    assert Confirmation.objects.count() == 2
    bring("subscriptions", TABLE)
    assert Confirmation.objects.count() == 2, "nothing was changed"
    bring("subscriptions", TABLE.replace("1 200,50", "900"))
    assert list(Confirmation.objects.values_list("contact__identities__value", flat=True)) == ["anna@don.example"]
