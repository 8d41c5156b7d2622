"""Requests of another desk, as history: with their own moments; no letter leaves, no clock and no rule begins.

A row is a request, one of its messages, or both: rows with the same identifier are of one request, and the last of
them says how it stands.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from otklik.desk.channels.models import Channel
from otklik.desk.conversations.markup import text_of
from otklik.desk.imports import values
from otklik.desk.imports.kinds.base import Fate, Field, Kind
from otklik.desk.imports.kinds.request_words import priority_of, status_of, way_of
from otklik.desk.imports.values import Wrong
from otklik.desk.tickets.models import Priority, Status


@dataclass(frozen=True)
class Said:
    """A message of a request; `key` is the same for the same message of the same export."""

    key: str
    text: str
    at: datetime | None
    way: str
    name: str
    address: str
    html: str = ""


@dataclass(frozen=True)
class Described:
    external_id: str
    subject: str
    status: Status | None
    priority: Priority | None
    owner: str
    line: str
    product: str
    tags: list[str]
    opened_at: datetime | None
    ended_at: datetime | None
    contact_id: str
    contact_name: str
    contact_email: str
    said: Said | None


class Requests(Kind[Described]):
    fields: ClassVar[tuple[Field, ...]] = (
        Field(
            "external_id",
            _("identifier there"),
            (
                *("id", "number", "ticket", "ticket id", "ticket number", "case", "case id", "caseid", "номер"),
                *("номер заявки", "номер обращения", "идентификатор", "display id"),
            ),
        ),
        Field("subject", _("subject"), ("subject", "title", "summary", "short description", "тема", "заголовок")),
        Field("status", _("status"), ("status", "state", "incident state", "статус", "состояние")),
        Field("priority", _("priority"), ("priority", "приоритет", "срочность")),
        Field("owner", _("owner"), ("owner", "assignee", "assigned to", "agent", "исполнитель", "ответственный")),
        Field("line", _("line"), ("line", "team", "group", "queue", "assignment group", "группа", "линия", "отдел")),
        Field("product", _("product"), ("product", "service", "продукт", "услуга")),
        Field("tags", _("tags"), ("tags", "labels", "теги", "метки"), ", "),
        Field(
            "opened_at",
            _("opened"),
            ("opened at", "created at", "created", "opened", "open date", "создано", "создана", "дата создания"),
        ),
        Field(
            "ended_at",
            _("ended"),
            ("resolved at", "solved at", "closed at", "closed", "ended", "решено", "закрыто", "дата закрытия"),
        ),
        Field(
            "contact_id",
            _("identifier of the client there"),
            ("requester id", "customer id", "caller id", "contact id", "client id", "код клиента"),
        ),
        Field(
            "contact_name",
            _("client's name"),
            ("requester", "requester name", "customer", "client", "contact", "from name", "клиент", "заявитель"),
        ),
        Field(
            "contact_email",
            _("client's mail"),
            ("requester email", "customer email", "client email", "email", "from", "почта", "почта клиента"),
        ),
        Field("text", _("text of the message"), ("text", "body", "message", "description", "comment", "текст"), "\n"),
        Field("html", _("text as markup"), ("html", "html body", "body html")),
        Field("message_id", _("identifier of the message there"), ("message id", "comment id", "article id")),
        Field(
            "message_at",
            _("when it was written"),
            ("message at", "message date", "comment date", "timestamp", "completetimestamp", "дата сообщения"),
        ),
        Field("direction", _("who wrote to whom"), ("direction", "type", "sender type", "направление")),
        Field("author_name", _("author's name"), ("author", "author name", "автор")),
        Field("author_email", _("author's address"), ("author email", "почта автора")),
    )

    def __init__(self, source: str, channel: Channel | None = None) -> None:
        super().__init__(source, channel)
        self.came: Counter[bytes] = Counter()

    def read(self, cells: dict[str, str]) -> Described:
        get = lambda name, longest=200: values.fitting(name, values.text(cells.get(name, "")), longest)  # noqa: E731
        number = get("external_id", 100)
        if not number:
            raise Wrong("external_id", str(_("The request has no number.")))
        mails = values.emails("contact_email", cells.get("contact_email", ""))
        return Described(
            number,
            values.text(cells.get("subject", ""))[:1000],
            status_of(cells.get("status", "")),
            priority_of(cells.get("priority", "")),
            get("owner"),
            get("line"),
            get("product"),
            [values.fitting("tags", tag, 40) for tag in values.words(cells.get("tags", ""))],
            values.moment("opened_at", cells.get("opened_at", "")),
            values.moment("ended_at", cells.get("ended_at", "")),
            get("contact_id"),
            get("contact_name"),
            mails[0] if mails else "",
            self._said(number, cells),
        )

    def _said(self, number: str, cells: dict[str, str]) -> Said | None:
        html = values.long_text(cells.get("html", ""))
        told, known = values.long_text(cells.get("text", "")) or text_of(html), values.text(cells.get("message_id", ""))
        if not told:
            return None
        at = values.moment("message_at", cells.get("message_at", ""))
        mails = values.emails("author_email", cells.get("author_email", ""))
        way = way_of(cells.get("direction", ""))
        key = known or self._told_apart(number, at, way, told)
        name = values.text(cells.get("author_name", ""))[:200]
        return Said(f"{number}:{key}"[:200], told, at, way, name, mails[0] if mails else "", html)

    def _told_apart(self, number: str, at: datetime | None, way: str, told: str) -> str:
        """For messages without an identifier: what they say, and how often that has come in this file."""
        mark = blake2b(f"{number}\0{at}\0{way}\0{told}".encode(), digest_size=16).digest()
        self.came[mark] += 1
        return f"{mark.hex()}.{self.came[mark]}"

    def key(self, item: Described) -> str:
        return item.external_id

    def shown(self, item: Described) -> list[str]:
        said = item.said
        moments = (item.opened_at, item.ended_at, said.at if said else None)
        opened, ended, written = (values.shown(one) for one in moments)
        status = str(item.status.label) if item.status else ""
        priority = str(item.priority.label) if item.priority else ""
        return [
            *(item.external_id, item.subject, status, priority, item.owner, item.line, item.product),
            *(", ".join(item.tags), opened, ended, item.contact_id, item.contact_name, item.contact_email),
            *(
                (said.text[:200], "", said.key.partition(":")[2], written, said.way, said.name, said.address)
                if said
                else [""] * 7
            ),
        ]

    def keep(self, items: Sequence[Described]) -> list[Fate]:
        from otklik.desk.imports.kinds.request_rows import Rows

        assert self.channel is not None
        return Rows(self.source, self.channel, items).kept()
