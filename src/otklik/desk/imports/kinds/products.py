"""Products: a name, and whether it is in use."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from otklik.desk.clients.models import Product
from otklik.desk.imports import values
from otklik.desk.imports.kinds.base import CHANGED, NEW, SAME, Fate, Field, Kind, must_name, numbers
from otklik.desk.imports.models import ExternalId


@dataclass(frozen=True)
class Described:
    external_id: str
    name: str
    is_active: bool | None


class Products(Kind[Described]):
    fields = (
        Field("external_id", _("identifier there"), ("id", "external id", "код", "артикул", "идентификатор", "sku")),
        Field(
            "name", _("name"), ("name", "product", "title", "название", "наименование", "продукт", "товар", "услуга")
        ),
        Field("is_active", _("in use"), ("active", "is active", "enabled", "используется", "активен", "действует")),
    )

    def read(self, cells: dict[str, str]) -> Described:
        given = values.text(cells.get("is_active", ""))
        return Described(
            values.fitting("external_id", values.text(cells.get("external_id", "")), 200),
            values.fitting("name", must_name("name", values.text(cells.get("name", ""))), 120),
            values.yes("is_active", given) if given else None,
        )

    def key(self, item: Described) -> str:
        return item.external_id or item.name.lower()

    def shown(self, item: Described) -> list[str]:
        return [
            item.external_id,
            item.name,
            "" if item.is_active is None else str(_("yes") if item.is_active else _("no")),
        ]

    def keep(self, items: Sequence[Described]) -> list[Fate]:
        known = ExternalId.objects.known(self.source, "products", [item.external_id for item in items])
        found = Product.objects.select_for_update().order_by("pk").annotate(lowered=Lower("name"))
        by_number: dict[int, Product] = {row.pk: row for row in found.filter(pk__in=known.values())}
        by_name: dict[str, Product] = {
            row.lowered: row for row in found.filter(lowered__in={item.name.lower() for item in items})
        }
        fates, kept = list[Fate](), dict[str, int]()
        for item in items:
            there = by_number.get(known.get(item.external_id, 0)) or by_name.get(item.name.lower())
            row = there or self._made(item)
            fates.append(self._changed(row, item) if there else NEW)
            by_number[row.pk] = by_name[item.name.lower()] = row
            if item.external_id:
                known[item.external_id] = kept[item.external_id] = row.pk
        ExternalId.objects.keep(self.source, "products", kept)
        return fates

    @staticmethod
    def _made(item: Described) -> Product:
        (number,) = numbers(Product, 1)
        return Product.objects.create(pk=number, name=item.name, is_active=item.is_active is not False)

    @staticmethod
    def _changed(row: Product, item: Described) -> str:
        active = row.is_active if item.is_active is None else item.is_active
        if (row.name, row.is_active) == (item.name, active):
            return SAME
        row.name, row.is_active = item.name, active
        row.save(update_fields=["name", "is_active"])
        return CHANGED
