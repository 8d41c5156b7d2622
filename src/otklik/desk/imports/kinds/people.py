"""People: by their identifier, else by an address of theirs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import (
    CardNote,
    Channelled,
    Confirmation,
    Confirmed,
    Contact,
    Holds,
    Identity,
    Membership,
    normal,
    without_tag,
)
from otklik.desk.clients.models.question import Value
from otklik.desk.imports import values
from otklik.desk.imports.kinds.base import CHANGED, NEW, SAME, Fate, Field, Kind, fact_names, numbers
from otklik.desk.imports.kinds.organisations import named
from otklik.desk.imports.kinds.own_fields import Answers, OwnFields
from otklik.desk.imports.models import ExternalId
from otklik.desk.imports.values import Wrong
from otklik.desk.tickets.models import Ticket

FACTS = ("name", "address_as", "position", "language", "time_zone", "interests", "quiet_hours", "note")
type Address = tuple[str, str]


@dataclass(frozen=True)
class Described:
    external_id: str
    facts: dict[str, str]
    addresses: list[Address]
    organisation: str
    organisation_id: str
    tags: list[str]
    created_at: datetime | None
    answers: dict[int, Value]


class People(Kind[Described]):
    fields = (
        Field(
            "external_id",
            _("identifier there"),
            (
                *("id", "external id", "customer id", "customerid", "client id", "user id", "contact id"),
                *("идентификатор", "код", "код клиента", "номер клиента", "guid", "uuid"),
            ),
        ),
        Field(
            "name",
            _("full name"),
            (
                *("name", "full name", "contact", "contact name", "display name", "customer", "имя", "фио", "клиент"),
                *("контакт", "контактное лицо", "заказчик"),
            ),
        ),
        Field("last_name", _("last name"), ("last name", "surname", "family name", "lastname", "фамилия")),
        Field("first_name", _("first name"), ("first name", "given name", "firstname")),
        Field("middle_name", _("patronymic"), ("middle name", "patronymic", "отчество")),
        Field(
            "email",
            _("e-mail"),
            ("email", "e mail", "mail", "email address", "почта", "эл почта", "электронная почта", "адрес почты"),
            ", ",
        ),
        Field(
            "phone",
            _("phone"),
            (
                *("phone", "telephone", "mobile", "phone number", "cell", "tel", "телефон", "мобильный", "сотовый"),
                *("мобильный телефон", "рабочий телефон", "work phone", "номер телефона"),
            ),
            ", ",
        ),
        Field(
            "organisation",
            _("organisation"),
            (
                *("organisation", "organization", "company", "company name", "employer", "организация", "компания"),
                *("контрагент", "юрлицо"),
            ),
        ),
        Field(
            "organisation_id",
            _("identifier of the organisation there"),
            ("organization id", "organisation id", "company id", "код организации", "id организации"),
        ),
        Field("position", _("position"), ("position", "job title", "title", "должность")),
        Field("address_as", _("how to address"), ("address as", "salutation", "обращение", "как обращаться")),
        Field("language", _("language"), ("language", "locale", "lang", "язык")),
        Field("time_zone", _("time zone"), ("time zone", "timezone", "часовой пояс", "таймзона")),
        Field("interests", _("what else to talk about"), ("interests", "hobby", "интересы")),
        Field("quiet_hours", _("when not to disturb"), ("quiet hours", "do not disturb", "когда не беспокоить")),
        Field(
            "note",
            _("what matters"),
            ("note", "notes", "comment", "description", "details", "примечание", "комментарий", "заметка"),
            "\n",
        ),
        Field("tags", _("tags"), ("tags", "labels", "segment", "теги", "метки", "сегмент"), ", "),
        Field("created_at", _("known since"), ("created", "created at", "signup date", "создан", "дата создания")),
    )

    def __init__(self, source: str, channel: Channel | None = None) -> None:
        super().__init__(source, channel)
        self.own = OwnFields(Holds.CONTACT)

    def read(self, cells: dict[str, str]) -> Described:
        get = lambda name: values.text(cells.get(name, ""))  # noqa: E731
        addresses = [(Channelled.EMAIL.value, one) for one in values.emails("email", cells.get("email", ""))]
        addresses += [(Channelled.PHONE.value, one) for one in values.phones("phone", cells.get("phone", ""))]
        external_id = values.fitting("external_id", get("external_id"), 200)
        if not addresses and not external_id:
            raise Wrong("", _now("There is nothing by which to know the person again: identifier, mail or phone."))
        parts = " ".join(filter(None, map(get, ("last_name", "first_name", "middle_name"))))
        name = get("name") or parts or (addresses[0][1] if addresses else external_id)
        facts = {
            "name": values.fitting("name", name, 200),
            "address_as": values.fitting("address_as", get("address_as"), 120),
            "position": values.fitting("position", get("position"), 120),
            "language": values.fitting("language", get("language").replace("_", "-")[:5].lower(), 5),
            "time_zone": _zone(get("time_zone")),
            "interests": values.fitting("interests", get("interests"), 300),
            "quiet_hours": values.fitting("quiet_hours", get("quiet_hours"), 300),
            "note": values.long_text(cells.get("note", "")),
        }
        return Described(
            external_id,
            facts,
            [(kind, normal(kind, one)) for kind, one in addresses],
            values.fitting("organisation", get("organisation"), 200),
            values.fitting("organisation_id", get("organisation_id"), 200),
            [values.fitting("tags", tag, 40) for tag in values.words(cells.get("tags", ""))],
            values.moment("created_at", cells.get("created_at", "")),
            self.own.read(cells),
        )

    def key(self, item: Described) -> str:
        return item.external_id or item.addresses[0][1]

    def shown(self, item: Described) -> list[str]:
        told = item.facts | {
            "external_id": item.external_id,
            "email": ", ".join(one for kind, one in item.addresses if kind == Channelled.EMAIL),
            "phone": ", ".join(one for kind, one in item.addresses if kind == Channelled.PHONE),
            "organisation": item.organisation,
            "organisation_id": item.organisation_id,
            "tags": ", ".join(item.tags),
            "created_at": values.shown(item.created_at),
        }
        told |= self.own.shown(item.answers)
        return [told.get(field.name, "") for field in (*self.fields, *self.own.columns())]

    def keep(self, items: Sequence[Described]) -> list[Fate]:
        return _Batch(self.source, items).kept()


def _zone(value: str) -> str:
    if value and value not in available_timezones():
        raise Wrong("time_zone", _now("«%(value)s» is no time zone, as in Europe/Moscow.") % {"value": value[:60]})
    return value


class _Batch:
    """A thousand people at once: what is known is read in a few statements, and so is written what is new."""

    def __init__(self, source: str, items: Sequence[Described]) -> None:
        self.source, self.items = source, items
        self.known = ExternalId.objects.known(source, "contacts", [item.external_id for item in items])
        self.owners = owners(address for item in items for address in item.addresses)
        self.rows: dict[int, Contact] = {}
        self.made: dict[int, Contact] = {}
        self.changed: dict[int, Contact] = {}
        self.addresses: list[Identity] = []
        self.named: dict[str, int] = {}
        self.places: dict[int, tuple[int, Contact]] = {}
        self.unsure: list[tuple[str, int, str]] = []
        self.free = iter(numbers(Contact, len(items)))
        self.answers = Answers(Holds.CONTACT)

    def kept(self) -> list[Fate]:
        numbers_ = {*self.known.values(), *self.owners.values()}
        self.rows = {row.pk: row for row in Contact.objects.filter(pk__in=numbers_).select_for_update().order_by("pk")}
        ids = {item.organisation_id for item in self.items} - {""}
        self.of_ids = ExternalId.objects.known(self.source, "organisations", ids)
        self.organisations = named(item.organisation for item in self.items if item.organisation_id not in self.of_ids)
        self.answers.look_up(self.rows)
        fates = [self._settle(item) for item in self.items]
        Contact.objects.bulk_create(self.made.values())
        Contact.objects.bulk_update(self.changed.values(), [*FACTS, "tags", "client"])
        Identity.objects.bulk_create(self.addresses)
        CardNote.objects.keep_up([*self.made.values(), *self.changed.values()])
        self.answers.write()
        self._join()
        Confirmation.objects.forget_written(self.unsure)
        ExternalId.objects.keep(self.source, "contacts", self.named)
        Ticket.objects.repeat_names_of(self.changed)
        return fates

    def _settle(self, item: Described) -> Fate:
        try:
            row = self._whose(item)
            place = self._organisation(item)
        except Wrong as wrong:
            return wrong
        fate = self._change(row, item) if row else NEW
        row = row or self._make(item)
        fresh = [address for address in item.addresses if address not in self.owners]
        for kind, value in fresh:
            self.addresses.append(Identity(contact_id=row.pk, kind=kind, value=value))
            self.owners[kind, value] = row.pk
        moved = place is not None and row.client_id != place
        if moved:
            row.client_id = place
            self._touch(row)
        if place and (moved or row.pk in self.changed or row.pk in self.made):
            self.places[row.pk] = place, row
        if item.external_id:
            self.known[item.external_id] = self.named[item.external_id] = row.pk
        answered = self.answers.put(row.pk, item.answers)
        return CHANGED if fate == SAME and (fresh or moved or answered) else fate

    def _whose(self, item: Described) -> Contact | None:
        """Whom the row is about.  Raises Wrong where its addresses are of two people."""
        row = self.rows.get(self.known.get(item.external_id, 0)) if item.external_id else None
        for kind, value in item.addresses:
            owner = self.rows.get(self.owners.get((kind, value), 0))
            if owner is not None and row is not None and owner.pk != row.pk:
                words = _now("%(address)s belongs to somebody else: %(name)s.")
                raise Wrong(kind, words % {"address": value, "name": owner.name})
            row = row or owner
        return row

    def _organisation(self, item: Described) -> int | None:
        if item.organisation_id in self.of_ids:
            return self.of_ids[item.organisation_id]
        if item.organisation_id and not item.organisation:
            words = _now("Organisation «%(value)s» is not known: bring the organisations in first.")
            raise Wrong("organisation_id", words % {"value": item.organisation_id})
        return self.organisations.get(item.organisation.lower())

    def _make(self, item: Described) -> Contact:
        row = Contact(pk=next(self.free), **item.facts, tags=item.tags, created_at=item.created_at or clock.now())
        self.made[row.pk] = self.rows[row.pk] = row
        return row

    def _change(self, row: Contact, item: Described) -> str:
        told: dict[str, Any] = {name: item.facts[name] for name in fact_names(item.facts)}
        if told["name"] in {value for _kind, value in item.addresses} | {item.external_id}:
            del told["name"]  # the row names nobody
        told["tags"] = list(dict.fromkeys([*row.tags, *item.tags]))
        different = {name: value for name, value in told.items() if getattr(row, name) != value}
        for name, value in different.items():
            setattr(row, name, value)
        self.unsure += [("contact", row.pk, name) for name in different if name in Confirmed]
        if different:
            self._touch(row)
        return CHANGED if different else SAME

    def _touch(self, row: Contact) -> None:
        if row.pk not in self.made:
            self.changed[row.pk] = row

    def _join(self) -> None:
        """The organisation of the row is the main one of the person; `Contact.client` repeats it."""
        current = Membership.objects.current().filter(contact__in=self.places)
        theirs = {(one.contact_id, one.client_id): one for one in current.select_for_update().order_by("pk")}
        others = [one for (contact, place), one in theirs.items() if one.is_main and self.places[contact][0] != place]
        for one in others:
            one.is_main = False
        Membership.objects.bulk_update(others, ["is_main"])
        fresh, kept = list[Membership](), list[Membership]()
        for contact, (place, row) in self.places.items():
            known = theirs.get((contact, place))
            if known is None or not known.is_main:
                self.unsure.append(("contact", contact, Confirmed.ROLES))
            if known is None:
                fresh.append(Membership(contact_id=contact, client_id=place, is_main=True, position=row.position))
            else:
                known.is_main, known.position = True, row.position or known.position
                kept.append(known)
        Membership.objects.bulk_update(kept, ["is_main", "position"])
        Membership.objects.bulk_create(fresh)


def owners(addresses: Iterable[Address]) -> dict[Address, int]:
    """Who is known by these addresses; user+tag@ is the person known as user@."""
    asked = set(addresses)
    plain = {(kind, without_tag(value)) if kind == Channelled.EMAIL else (kind, value) for kind, value in asked}
    found: dict[Address, int] = {}
    for kind in Channelled.values:
        wanted = {value for of, value in asked | plain if of == kind}
        rows = Identity.objects.filter(kind=kind, value__in=wanted).values_list("value", "contact")
        found |= {(kind, value): contact for value, contact in rows}
    for kind, value in asked:
        if kind == Channelled.EMAIL and (kind, value) not in found and (owner := found.get((kind, without_tag(value)))):
            found[kind, value] = owner
    return found
