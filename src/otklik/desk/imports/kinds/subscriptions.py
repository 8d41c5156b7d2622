"""Products of clients: who has what, on what plan, since when and for how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from otklik.desk.clients.models import Confirmation, Confirmed, Period, Product, Subscription
from otklik.desk.imports import values
from otklik.desk.imports.kinds.base import CHANGED, NEW, SAME, Fate, Field, Kind, must_name
from otklik.desk.imports.kinds.holders import MUST_SAY, OF, Places
from otklik.desk.imports.models import ExternalId
from otklik.desk.imports.values import Wrong

STATES = {
    **dict.fromkeys(("trial", "trialing", "trialling", "test", "пробный", "тест", "на пробе"), "trial"),
    **dict.fromkeys(
        ("active", "in use", "running", "paid", "активна", "активен", "действует", "используется"), "active"
    ),
    **dict.fromkeys(("paused", "suspended", "past due", "приостановлена", "приостановлен", "на паузе"), "paused"),
    **dict.fromkeys(
        ("ended", "canceled", "cancelled", "expired", "завершена", "завершен", "отключена", "отменена"), "ended"
    ),
}
PERIODS = {
    **dict.fromkeys(("month", "monthly", "месяц", "в месяц", "ежемесячно"), Period.MONTH),
    **dict.fromkeys(("quarter", "quarterly", "квартал", "в квартал", "ежеквартально"), Period.QUARTER),
    **dict.fromkeys(("year", "yearly", "annual", "annually", "год", "в год", "ежегодно"), Period.YEAR),
    **dict.fromkeys(("once", "one time", "разово", "однократно", "единовременно"), Period.ONCE),
}
FACTS = ("plan", "details", "state", "starts_on", "ends_on", "amount", "currency", "period")


@dataclass(frozen=True)
class Described:
    external_id: str
    product: str
    organisation: str
    organisation_id: str
    contact_email: str
    contact_id: str
    facts: dict[str, Any]


class Subscriptions(Kind[Described]):
    fields = (
        Field("external_id", _("identifier there"), ("id", "subscription id", "external id", "идентификатор", "код")),
        Field("product", _("product"), ("product", "service", "item", "продукт", "услуга", "товар")),
        *OF,
        Field("plan", _("plan"), ("plan", "tariff", "тариф", "план")),
        Field("details", _("how much of it"), ("details", "quantity", "seats", "количество", "подробности"), ", "),
        Field("state", _("state"), ("state", "status", "состояние", "статус")),
        Field("starts_on", _("since"), ("since", "start", "start date", "starts on", "дата начала", "начало", "с")),
        Field("ends_on", _("until"), ("until", "end", "end date", "ends on", "дата окончания", "окончание", "по")),
        Field("amount", _("amount"), ("amount", "price", "mrr", "сумма", "цена", "стоимость")),
        Field("currency", _("currency"), ("currency", "валюта")),
        Field("period", _("paid"), ("period", "billing period", "interval", "период", "оплата")),
    )

    def read(self, cells: dict[str, str]) -> Described:
        get = lambda name, longest=200: values.fitting(name, values.text(cells.get(name, "")), longest)  # noqa: E731
        mails = values.emails("contact_email", cells.get("contact_email", ""))
        item = Described(
            get("external_id"),
            must_name("product", get("product", 120)),
            get("organisation"),
            get("organisation_id"),
            mails[0] if mails else "",
            get("contact_id"),
            {
                "plan": get("plan", 120),
                "details": get("details"),
                "state": values.one_of("state", get("state"), STATES),
                "starts_on": values.day("starts_on", cells.get("starts_on", "")),
                "ends_on": values.day("ends_on", cells.get("ends_on", "")),
                "amount": values.amount("amount", get("amount")),
                "currency": get("currency").upper(),
                "period": values.one_of("period", get("period"), PERIODS),
            },
        )
        if not any((item.organisation, item.organisation_id, item.contact_email, item.contact_id)):
            raise Wrong("", str(MUST_SAY))
        return item

    def key(self, item: Described) -> str:
        holder = (item.organisation_id, item.organisation.lower(), item.contact_id, item.contact_email)
        return item.external_id or "\0".join((item.product.lower(), *holder, item.facts["plan"]))

    def shown(self, item: Described) -> list[str]:
        told = {name: "" if value is None else str(value) for name, value in item.facts.items()}
        told |= {
            name: getattr(item, name)
            for name in ("external_id", "product", "organisation", "organisation_id", "contact_email", "contact_id")
        }
        return [told[field.name] for field in self.fields]

    def keep(self, items: Sequence[Described]) -> list[Fate]:
        return _Batch(self.source, items).kept()


class _Batch:
    def __init__(self, source: str, items: Sequence[Described]) -> None:
        self.source, self.items = source, items
        self.known = ExternalId.objects.known(source, "subscriptions", [item.external_id for item in items])
        wanted = {item.product.lower() for item in items}
        found = Product.objects.annotate(lowered=Lower("name")).filter(lowered__in=wanted)
        self.products: dict[str, Product] = {row.lowered: row for row in found.order_by("-pk")}
        self.places = Places(source, items)
        self.named: dict[str, int] = {}
        self.unsure: list[tuple[str, int, str]] = []

    def kept(self) -> list[Fate]:
        fates = [self._settle(item) for item in self.items]
        Confirmation.objects.forget_written(self.unsure)
        ExternalId.objects.keep(self.source, "subscriptions", self.named)
        return fates

    def _settle(self, item: Described) -> Fate:
        try:
            holder = self.places.holder(item)
            row = self._found(item, holder) or Subscription(**holder)
            fate = self._put(row, item)
        except Wrong as wrong:
            return wrong
        if item.external_id:
            self.known[item.external_id] = self.named[item.external_id] = row.pk
        return fate

    def _found(self, item: Described, holder: dict[str, int]) -> Subscription | None:
        """By its identifier, else the same product on the same plan of the same holder."""
        if number := self.known.get(item.external_id) if item.external_id else None:
            return Subscription.objects.filter(pk=number).select_related("product").first()
        product = self.products.get(item.product.lower())
        if product is None:
            return None
        theirs = Subscription.objects.filter(product=product, **holder).select_related("product")
        taken = set(self.named.values()) if item.external_id else set()
        return theirs.filter(plan=item.facts["plan"]).exclude(pk__in=taken).order_by("pk").first()

    def _put(self, row: Subscription, item: Described) -> str:
        told = {name: value for name, value in item.facts.items() if value not in ("", None)}
        told["product"] = self._product(item.product)
        different = {name: value for name, value in told.items() if row._state.adding or getattr(row, name) != value}
        for name, value in different.items():
            setattr(row, name, value)
        if not different:
            return SAME
        fate = NEW if row._state.adding else CHANGED
        try:
            row.full_clean()
        except ValidationError as error:
            field, words = next(iter(error.message_dict.items()))
            raise Wrong(field if field in FACTS else "", words[0]) from None
        row.save()
        whose, number = ("contact", row.contact_id) if row.contact_id else ("client", row.client_id)
        self.unsure.append((whose, number or 0, Confirmed.PRODUCTS))
        return fate

    def _product(self, name: str) -> Product:
        if name.lower() not in self.products:
            self.products[name.lower()] = Product.objects.create(name=name)
        return self.products[name.lower()]
