"""Payments and refunds: who paid how much, when, for which days."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.desk.clients.models import Payment, Product
from otklik.desk.imports import values
from otklik.desk.imports.kinds.base import CHANGED, NEW, SAME, Fate, Field, Kind
from otklik.desk.imports.kinds.holders import MUST_SAY, OF, Places
from otklik.desk.imports.values import Wrong

KINDS = {
    **dict.fromkeys(("payment", "paid", "charge", "income", "оплата", "платеж", "поступление", "приход"), "payment"),
    **dict.fromkeys(("refund", "return", "chargeback", "возврат", "возврат денег", "расход"), "refund"),
}
COLUMNS = ("kind", "amount", "currency", "paid_on", "covers_from", "covers_until")


@dataclass(frozen=True)
class Told:
    external_id: str
    product: str
    organisation: str
    organisation_id: str
    contact_email: str
    contact_id: str
    facts: dict[str, Any]

    @property
    def key(self) -> str:
        """Its identifier there; without one the same contents are the same payment, however often they are read."""
        if self.external_id:
            return self.external_id
        holder = (self.organisation_id, self.organisation.lower(), self.contact_id, self.contact_email)
        contents = "\0".join(map(str, (*holder, self.product.lower(), *self.facts.values())))
        return f"row:{hashlib.sha256(contents.encode()).hexdigest()[:40]}"


class Payments(Kind[Told]):
    fields = (
        Field(
            "external_id",
            _("identifier there"),
            ("id", "payment id", "number", "external id", "номер", "номер платежа", "идентификатор", "код"),
        ),
        *OF,
        Field("product", _("product"), ("product", "service", "item", "продукт", "услуга", "товар")),
        Field("kind", _("what it is"), ("kind", "type", "вид", "тип", "операция")),
        Field("amount", _("amount"), ("amount", "sum", "total", "сумма", "сумма платежа")),
        Field("currency", _("currency"), ("currency", "валюта")),
        Field(
            "paid_on", _("paid on"), ("paid on", "date", "payment date", "paid at", "дата", "дата платежа", "оплачено")
        ),
        Field("covers_from", _("pays from"), ("from", "period from", "period start", "начало периода", "с")),
        Field("covers_until", _("pays until"), ("until", "period to", "period end", "конец периода", "по")),
    )

    def read(self, cells: dict[str, str]) -> Told:
        get = lambda name, longest=200: values.fitting(name, values.text(cells.get(name, "")), longest)  # noqa: E731
        mails = values.emails("contact_email", cells.get("contact_email", ""))
        holder = (get("organisation"), get("organisation_id"), mails[0] if mails else "", get("contact_id"))
        if not any(holder):
            raise Wrong("", str(MUST_SAY))
        return Told(get("external_id"), get("product", 120), *holder, _facts(get, cells))

    def key(self, item: Told) -> str:
        return item.key

    def shown(self, item: Told) -> list[str]:
        told = {name: "" if value is None else str(value) for name, value in item.facts.items()}
        holder = ("external_id", "product", "organisation", "organisation_id", "contact_email", "contact_id")
        told |= {name: getattr(item, name) for name in holder}
        return [told[field.name] for field in self.fields]

    def keep(self, items: Sequence[Told]) -> list[Fate]:
        """Three statements for a batch, however many rows it has; the last of two rows with one identifier counts."""
        batch = _Batch(self.source, items)
        fates = [batch.fate(item) for item in items]
        Payment.objects.bulk_create(batch.new)
        Payment.objects.bulk_update(batch.changed, ("contact", "client", "product", *COLUMNS))
        return fates


def _facts(get: Any, cells: dict[str, str]) -> dict[str, Any]:
    """A sum below zero is a refund, unless the row says what it is."""
    amount, kind = values.amount("amount", get("amount")), values.one_of("kind", get("kind"), KINDS)
    paid_on = values.day("paid_on", cells.get("paid_on", ""))
    if not amount:
        raise Wrong("amount", _now("It says no amount."))
    if paid_on is None:
        raise Wrong("paid_on", _now("It does not say when it was paid."))
    return {
        "kind": kind or ("refund" if amount < 0 else "payment"),
        "amount": abs(amount),
        "currency": get("currency").upper() or "RUB",
        "paid_on": paid_on,
        "covers_from": values.day("covers_from", cells.get("covers_from", "")),
        "covers_until": values.day("covers_until", cells.get("covers_until", "")),
    }


class _Batch:
    def __init__(self, source: str, items: Sequence[Told]) -> None:
        self.source = source
        self.rows: dict[str, Payment] = Payment.objects.known(source, {item.key for item in items})
        self.before = {key: row.facts() for key, row in self.rows.items()}
        self.places = Places(source, items)
        self.products = dict(_products(items))

    def fate(self, item: Told) -> Fate:
        known = self.rows.get(item.key)
        row = Payment(source=self.source, external_id=item.key, **item.facts)
        try:
            for name, number in self.places.holder(item).items():
                setattr(row, name, number)
            row.product = self._product(item.product)
            row.full_clean(exclude=["contact", "client", "product"], validate_unique=False, validate_constraints=False)
            row.check_period()
        except Wrong as wrong:
            return wrong
        except ValidationError as error:
            field, words = next(iter(error.message_dict.items()))
            return Wrong(field if field in COLUMNS else "", words[0])
        if known is None:
            self.rows[item.key] = row
            return NEW
        if known.facts() == row.facts():
            return SAME
        for name in ("contact_id", "client_id", "product", *COLUMNS):
            setattr(known, name, getattr(row, name))
        return CHANGED

    @property
    def new(self) -> list[Payment]:
        return [row for row in self.rows.values() if row.pk is None]

    @property
    def changed(self) -> list[Payment]:
        return [row for key, row in self.rows.items() if key in self.before and row.facts() != self.before[key]]

    def _product(self, name: str) -> Product | None:
        if name and name.lower() not in self.products:
            self.products[name.lower()] = Product.objects.create(name=name)
        return self.products.get(name.lower())


def _products(items: Sequence[Told]) -> Iterator[tuple[str, Product]]:
    wanted = {item.product.lower() for item in items if item.product}
    for row in Product.objects.annotate(lowered=Lower("name")).filter(lowered__in=wanted):
        yield row.lowered, row
