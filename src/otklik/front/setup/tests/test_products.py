"""The directory of products, and classes promised for them."""

import pytest
from django.test import Client

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.clients.models import Product
from otklik.desk.sla.models import Agreement, ServiceClass
from otklik.desk.tickets.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def gleb(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


def test_products_are_named_once_and_go_out_of_use(gleb: Client) -> None:
    assert gleb.post("/settings/products/new/", {"name": "  Облачная   АТС "}).status_code == 302
    product = Product.objects.get()
    assert product.name == "Облачная АТС"
    for wrong in ("", "облачная атс", "о" * 121):
        assert gleb.post("/settings/products/new/", {"name": wrong}).status_code == 422
    assert gleb.post(f"/settings/products/{product.pk}/", {"name": "АТС"}).status_code == 302
    product.refresh_from_db()
    assert product.name == "АТС" and not product.is_active
    assert "АТС" in gleb.get("/settings/products/").content.decode()


def test_a_topic_and_a_class_may_be_of_a_product(gleb: Client) -> None:
    product = Product.objects.create(name="АТС")
    assert gleb.post("/settings/topics/new/", {"name": "Хрипит", "product": product.pk}).status_code == 302
    assert Topic.objects.get().product == product

    service_class = ServiceClass.objects.create(name="VIP", rank=1)
    day = f"{clock.today():%Y-%m-%d}"
    told = {"product": product.pk, "starts_on": day, "note": "Договор № 7"}
    assert gleb.post(f"/settings/classes/{service_class.pk}/agreements/", told).status_code == 302
    assert Agreement.objects.get().holder == product
    assert "Договор № 7" in gleb.get(f"/settings/classes/{service_class.pk}/").content.decode()
    assert gleb.post(f"/settings/classes/{service_class.pk}/agreements/", {"starts_on": day}).status_code == 422


def test_who_is_no_administrator_changes_nothing(client: Client, boris: User, anna: User) -> None:
    for user in (boris, anna):
        client.force_login(user)
        assert client.post("/settings/products/new/", {"name": "АТС"}).status_code in (302, 403, 404)
    assert not Product.objects.exists()
