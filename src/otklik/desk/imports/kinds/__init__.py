"""What the rows of a file become: one file for each noun."""

from typing import Any

from otklik.desk.clients.models import Holds
from otklik.desk.imports.kinds.base import Fate as Fate
from otklik.desk.imports.kinds.base import Field as Field
from otklik.desk.imports.kinds.base import Kind as Kind
from otklik.desk.imports.kinds.base import Remark as Remark
from otklik.desk.imports.kinds.organisations import Organisations
from otklik.desk.imports.kinds.own_fields import OwnFields
from otklik.desk.imports.kinds.payments import Payments
from otklik.desk.imports.kinds.people import People
from otklik.desk.imports.kinds.products import Products
from otklik.desk.imports.kinds.requests import Requests
from otklik.desk.imports.kinds.subscriptions import Subscriptions

KINDS: dict[str, type[Kind[Any]]] = {
    "contacts": People,
    "organisations": Organisations,
    "products": Products,
    "tickets": Requests,
    "subscriptions": Subscriptions,
    "payments": Payments,
}
"""Rooms above add theirs."""


OWN = {"contacts": Holds.CONTACT, "organisations": Holds.CLIENT}


def fields_of(kind: str) -> tuple[Field, ...]:
    """What a column may be taken for; the fields that the company keeps on its cards come last."""
    return (*KINDS[kind].fields, *(OwnFields(OWN[kind]).columns() if kind in OWN else ()))
