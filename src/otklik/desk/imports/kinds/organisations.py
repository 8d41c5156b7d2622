"""Organisations: by their identifier, else their taxpayer number, else their name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import CardNote, Client, Holds
from otklik.desk.clients.models.question import Value
from otklik.desk.imports import values
from otklik.desk.imports.kinds.base import (
    CHANGED,
    NEW,
    SAME,
    Fate,
    Field,
    Kind,
    Remark,
    fact_names,
    must_name,
    numbers,
)
from otklik.desk.imports.kinds.own_fields import Answers, OwnFields
from otklik.desk.imports.models import ExternalId
from otklik.desk.tickets.models import Ticket

FACTS = ("name", "website", "tax_number", "quiet_hours", "note")


@dataclass(frozen=True)
class Described:
    external_id: str
    facts: dict[str, str]
    tags: list[str]
    manager: str
    created_at: datetime | None
    answers: dict[int, Value]

    @property
    def name(self) -> str:
        return self.facts["name"]


class Organisations(Kind[Described]):
    fields = (
        Field("external_id", _("identifier there"), ("id", "external id", "идентификатор", "код", "guid", "uuid")),
        Field(
            "name",
            _("name"),
            (
                *("name", "company", "company name", "organisation", "organization", "название", "наименование"),
                *("организация", "компания", "клиент", "контрагент"),
            ),
        ),
        Field(
            "website",
            _("site"),
            ("site", "website", "web", "url", "domain", "domains", "domain names", "сайт", "домен"),
            ", ",
        ),
        Field(
            "tax_number",
            _("taxpayer number"),
            ("inn", "tax number", "tax id", "vat", "taxpayer number", "инн", "унп", "бин"),
        ),
        Field("manager", _("our manager"), ("manager", "account manager", "owner", "менеджер", "ответственный")),
        Field("quiet_hours", _("when not to disturb"), ("quiet hours", "do not disturb", "когда не беспокоить")),
        Field(
            "note",
            _("what matters"),
            ("note", "notes", "comment", "details", "description", "примечание", "комментарий", "описание"),
            "\n",
        ),
        Field("tags", _("tags"), ("tags", "labels", "теги", "метки"), ", "),
        Field("created_at", _("known since"), ("created", "created at", "создан", "дата создания")),
    )

    def __init__(self, source: str, channel: Channel | None = None) -> None:
        super().__init__(source, channel)
        self.own = OwnFields(Holds.CLIENT)

    def read(self, cells: dict[str, str]) -> Described:
        get = lambda name: values.text(cells.get(name, ""))  # noqa: E731
        return Described(
            values.fitting("external_id", get("external_id"), 200),
            {
                "name": values.fitting("name", must_name("name", get("name")), 200),
                "website": values.fitting("website", get("website"), 200),
                "tax_number": values.fitting("tax_number", get("tax_number"), 20),
                "quiet_hours": values.fitting("quiet_hours", get("quiet_hours"), 300),
                "note": values.long_text(cells.get("note", "")),
            },
            [values.fitting("tags", tag, 40) for tag in values.words(cells.get("tags", ""))],
            get("manager"),
            values.moment("created_at", cells.get("created_at", "")),
            self.own.read(cells),
        )

    def key(self, item: Described) -> str:
        return item.external_id or item.facts["tax_number"] or item.name.lower()

    def shown(self, item: Described) -> list[str]:
        told = item.facts | {
            "external_id": item.external_id,
            "tags": ", ".join(item.tags),
            "manager": item.manager,
            "created_at": values.shown(item.created_at),
        }
        told |= self.own.shown(item.answers)
        return [told[field.name] for field in (*self.fields, *self.own.columns())]

    def keep(self, items: Sequence[Described]) -> list[Fate]:
        return _Batch(self.source, items).kept()


class _Batch:
    def __init__(self, source: str, items: Sequence[Described]) -> None:
        self.source, self.items = source, items
        self.known = ExternalId.objects.known(source, "organisations", [item.external_id for item in items])
        self.managers = managers({item.manager for item in items if item.manager})
        self.rows: dict[int, Client] = {}
        self.by_name: dict[str, Client] = {}
        self.by_tax: dict[str, Client] = {}
        self.made: list[Client] = []
        self.changed: dict[int, Client] = {}
        self.renamed: set[int] = set()
        self.named: dict[str, int] = {}
        self.free = iter(numbers(Client, len(items)))
        self.answers = Answers(Holds.CLIENT)

    def kept(self) -> list[Fate]:
        self._look_up()
        self.answers.look_up(self.rows)
        fates = [self._settle(item) for item in self.items]
        Client.objects.bulk_create(self.made)
        Client.objects.bulk_update(self.changed.values(), [*FACTS, "tags", "manager"])
        CardNote.objects.keep_up([*self.made, *self.changed.values()])
        self.answers.write()
        ExternalId.objects.keep(self.source, "organisations", self.named)
        Ticket.objects.repeat_names_of_clients(self.renamed)
        return fates

    def _look_up(self) -> None:
        names = {item.name.lower() for item in self.items}
        taxes = {item.facts["tax_number"] for item in self.items} - {""}
        found = Client.objects.annotate(lowered=Lower("name"))
        of_them = Q(pk__in=self.known.values()) | Q(lowered__in=names) | Q(tax_number__in=taxes)
        for row in found.filter(of_them, merged_into=None).select_for_update().order_by("-pk"):
            self._remember(row)

    def _remember(self, row: Client) -> None:
        self.rows[row.pk] = self.by_name[row.name.lower()] = row
        if row.tax_number:
            self.by_tax[row.tax_number] = row

    def _settle(self, item: Described) -> Fate:
        row = self.rows.get(self.known.get(item.external_id, 0)) or self._known_else(item)
        fate = self._change(row, item) if row else NEW
        if row is None:
            row = self._make(item)
        self._remember(row)
        if item.external_id:
            self.known[item.external_id] = self.named[item.external_id] = row.pk
        if self.answers.put(row.pk, item.answers) and fate == SAME:
            fate = CHANGED
        if item.manager and item.manager.lower() not in self.managers:
            return Remark(fate, "manager", _("There is no colleague «%(name)s».") % {"name": item.manager[:60]})
        return fate

    def _known_else(self, item: Described) -> Client | None:
        """By the taxpayer number; by the name where the numbers do not say that these are two."""
        tax = item.facts["tax_number"]
        if tax and (row := self.by_tax.get(tax)):
            return row
        row = self.by_name.get(item.name.lower())
        return None if row and tax and row.tax_number and row.tax_number != tax else row

    def _make(self, item: Described) -> Client:
        row = Client(
            pk=next(self.free),
            **item.facts,
            tags=item.tags,
            manager=self.managers.get(item.manager.lower()),
            created_at=item.created_at or clock.now(),
        )
        self.made.append(row)
        return row

    def _change(self, row: Client, item: Described) -> str:
        told: dict[str, Any] = {name: item.facts[name] for name in fact_names(item.facts)}
        told["tags"] = list(dict.fromkeys([*row.tags, *item.tags]))
        if manager := self.managers.get(item.manager.lower()):
            told["manager"] = manager
        different = {name: value for name, value in told.items() if getattr(row, name) != value}
        for name, value in different.items():
            setattr(row, name, value)
        if "name" in different:
            self.renamed.add(row.pk)
        if different and row not in self.made:
            self.changed[row.pk] = row
        return CHANGED if different else SAME


def managers(given: Iterable[str]) -> dict[str, User]:
    """Colleagues by login, mail address or name, in small letters."""
    asked = {one.lower() for one in given}
    if not asked:
        return {}
    found: dict[str, User] = {}
    for user in User.objects.filter(is_active=True).order_by("-pk"):
        for name in (user.name, user.email, user.get_username()):
            if name and name.lower() in asked:
                found[name.lower()] = user
    return found


def named(names: Iterable[str]) -> dict[str, int]:
    """Organisations of these names, by the name in small letters; those that nobody has are made."""
    wanted: dict[str, str] = {}
    for name in filter(None, names):
        wanted.setdefault(name.lower(), name)
    if not wanted:
        return {}
    known = Client.objects.annotate(lowered=Lower("name")).filter(lowered__in=list(wanted))
    # What was merged first, so that a standing one of the same name comes after it and holds.
    ordered = list(known.order_by(F("merged_into").asc(nulls_last=True), "-pk"))
    ends = Client.objects.ends_of(row.pk for row in ordered)
    found = {row.lowered: ends[row.pk] for row in ordered}
    missing = [name for lowered, name in wanted.items() if lowered not in found]
    made = [Client(pk=pk, name=name) for pk, name in zip(numbers(Client, len(missing)), missing, strict=True)]
    Client.objects.bulk_create(made)
    return found | {row.name.lower(): row.pk for row in made}
