"""What clients paid, as programs tell and read it."""

from datetime import date
from decimal import Decimal
from typing import Literal

from ninja import Field, Schema

from otklik.front.api.schemas.clients import LARGEST
from otklik.front.api.schemas.common import Given


class PaymentIn(Given):
    """A payment or a refund of exactly one of `contact_id`, `email`, `organisation_id`."""

    external_id: str = Field(min_length=1, max_length=200, description="told twice, it is kept once for its source")
    source: str = Field(default="api", min_length=1, max_length=40, description="the system that knows it")
    kind: Literal["payment", "refund"] = "payment"
    amount: Decimal = Field(gt=0, max_digits=14, decimal_places=2, description="above zero, of a refund too")
    currency: str = Field(default="RUB", pattern=r"^[A-Z]{3}$")
    paid_on: date
    covers_from: date | None = Field(default=None, description="the first day it pays for")
    covers_until: date | None = Field(default=None, description="the last day it pays for")
    product: str = Field(default="", max_length=120, description="the name of a product of ours")
    contact_id: int | None = Field(default=None, ge=1, lt=LARGEST)
    email: str | None = Field(default=None, max_length=320)
    organisation_id: int | None = Field(default=None, ge=1, lt=LARGEST)


class PaymentOut(Schema):
    id: int
    external_id: str | None = Field(description="null once the client was erased")
    source: str
    kind: Literal["payment", "refund"]
    amount: Decimal
    currency: str
    paid_on: date
    covers_from: date | None
    covers_until: date | None
    product: str | None
    contact_id: int | None
    organisation_id: int | None


class PaymentKept(PaymentOut):
    new: bool = Field(description="false: it was told before under this identifier")
