"""A list is taken out as a table by the link beside it."""

from collections.abc import Callable
from typing import Any

import pytest

from otklik.core.staff.models import User
from otklik.desk.clients.models import Product
from otklik.desk.tickets.models import Ticket

pytestmark = pytest.mark.django_db(transaction=True)


def test_products_and_services_are_taken_out_beside_clients(
    at_desk: Callable[..., Any], anna: User, ticket: Ticket
) -> None:
    Product.objects.create(name="Облачная АТС")
    page = at_desk(anna)
    page.goto("/clients/")

    with page.expect_download() as taken:
        page.locator("#found a[download][href*='show=products']", has_text="CSV").click()

    assert taken.value.suggested_filename.startswith("products-")
    assert "Облачная АТС" in taken.value.path().read_text(encoding="utf-8-sig")
