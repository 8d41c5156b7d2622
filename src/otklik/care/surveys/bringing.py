"""Results of an independent provider from a file: what they asked, of whom, and what was answered."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.models.outside import COLUMNS, LONGEST_AREA, Key, OutsideAnswer
from otklik.care.surveys.scales import SCALES, Kind
from otklik.core.datamap import GONE
from otklik.core.staff.models import Team
from otklik.desk.channels.models import Channel
from otklik.desk.clients.models import Channelled, Contact
from otklik.desk.imports import values
from otklik.desk.imports.kinds.base import CHANGED, NEW, SAME, Fate, Field, Remark
from otklik.desk.imports.kinds.base import Kind as ImportKind
from otklik.desk.imports.kinds.people import owners
from otklik.desk.imports.models import ExternalId
from otklik.desk.imports.values import Wrong
from otklik.desk.tickets.models import Ticket

FILE = "outside"
"""What such a file is called among the kinds of imports."""
LONGEST_WORDS = 4000
DASHES = re.compile(r"(?<=\d)\s*(?:[-–—…]|\.\.+|до|to)\s*(?=\d)")
NAMED = {
    **dict.fromkeys(("1-5", "csat", "csat5", "удовлетворенность"), Kind.CSAT5),
    "0-5": Kind.CSAT6,
    **dict.fromkeys(("1-7", "ces", "ces7", "усилия"), Kind.CES7),
    **dict.fromkeys(("ces0_5", "трудность"), Kind.CES6),
    **dict.fromkeys(("0-10", "nps", "рекомендация"), Kind.NPS),
    "1-10": Kind.AREA10,
}
"""How a scale is written; a mark of 1 to 5 for one area of work is no mark of the whole answer."""


@dataclass(frozen=True)
class Told:
    external_id: str
    at: datetime
    kind: str
    value: int
    words: str
    area: str
    email: str
    phone: str
    contact_id: str
    ticket: str
    line: str

    place: int = 0
    """Among the rows of the file without an identifier that are otherwise alike."""

    @property
    def identifier(self) -> str:
        """Of the questionnaire; without one what was asked, of what and when, and the place among rows alike."""
        if self.external_id:
            return self.external_id
        return f"row:{hashlib.sha256(f'{self.likeness} {self.place}'.encode()).hexdigest()[:40]}"

    @property
    def key(self) -> Key:
        return self.identifier, self.kind, self.area

    @property
    def likeness(self) -> str:
        """Neither whose it is nor their words: nothing of a person is in a digest that outlives them."""
        told = (self.at.isoformat(), self.kind, self.value, self.area, self.ticket, self.line)
        return "\0".join(map(str, told))


class OutsideAnswers(ImportKind[Told]):
    fields = (
        Field(
            "external_id",
            _("identifier there"),
            ("id", "answer id", "response id", "interview id", "номер ответа", "номер анкеты", "идентификатор", "код"),
        ),
        Field(
            "at", _("when"), ("date", "answered at", "answered", "time", "дата", "когда", "дата ответа", "дата опроса")
        ),
        Field("value", _("mark"), ("score", "mark", "rating", "value", "оценка", "балл", "ответ")),
        Field("scale", _("scale"), ("scale", "type", "question type", "шкала", "тип", "показатель")),
        Field("words", _("in their words"), ("comment", "text", "verbatim", "комментарий", "отзыв", "слова", "текст")),
        Field("area", _("area"), ("area", "topic", "область", "направление", "тема", "что оценивали")),
        Field("line", _("line"), ("line", "team", "department", "линия", "отдел", "подразделение")),
        Field("ticket", _("request"), ("request", "ticket", "ticket id", "обращение", "номер обращения", "заявка")),
        Field("email", _("client's mail"), ("e mail", "client email", "customer email", "почта", "почта клиента")),
        Field("phone", _("client's phone"), ("telephone", "mobile", "телефон", "номер телефона")),
        Field(
            "contact_id",
            _("identifier of the client there"),
            ("client id", "customer id", "contact id", "respondent id", "код клиента"),
        ),
    )

    def __init__(self, source: str, channel: Channel | None = None) -> None:
        super().__init__(source, channel)
        self.alike = Counter[str]()
        """Rows without an identifier that were read of the file, by their likeness."""

    def read(self, cells: dict[str, str]) -> Told:
        told = self._told(cells)
        if told.external_id:
            return told
        self.alike[told.likeness] += 1
        return replace(told, place=self.alike[told.likeness])

    def _told(self, cells: dict[str, str]) -> Told:
        get = lambda name, longest=200: values.fitting(name, values.text(cells.get(name, "")), longest)  # noqa: E731
        at, area = values.moment("at", cells.get("at", "")), get("area", LONGEST_AREA)
        if at is None:
            raise Wrong("at", _now("It does not say when it was answered."))
        kind = _scale(get("scale"), area)
        mails, phones = values.emails("email", get("email")), values.phones("phone", get("phone"))
        return Told(
            external_id=get("external_id"),
            at=at,
            kind=kind,
            value=_mark(get("value"), kind),
            words=values.fitting("words", values.long_text(cells.get("words", "")), LONGEST_WORDS),
            area=area,
            email=mails[0] if mails else "",
            phone=phones[0] if phones else "",
            contact_id=get("contact_id"),
            ticket=get("ticket").lstrip("№#").strip(),
            line=get("line"),
        )

    def key(self, item: Told) -> str:
        return "\0".join(item.key)

    def shown(self, item: Told) -> list[str]:
        told = {field.name: str(getattr(item, field.name, "")) for field in self.fields}
        scale = SCALES[item.kind]
        told |= {"scale": f"{Kind(item.kind).label}, {scale.least}–{scale.most}", "at": values.shown(item.at)}
        return [told[field.name] for field in self.fields]

    def keep(self, items: Sequence[Told]) -> list[Fate]:
        """As many statements for a full batch as for one row; the last of two rows with one key counts."""
        batch = _Batch(self.source, items)
        fates = [batch.fate(item) for item in items]
        OutsideAnswer.objects.bulk_create(batch.new)
        OutsideAnswer.objects.bulk_update(batch.changed, COLUMNS)
        return fates


def _scale(said: str, area: str) -> str:
    if not said:
        raise Wrong("scale", _now("It does not say on which scale: 1-5, 0-5, 1-7, 0-10 or 1-10."))
    plain = DASHES.sub("-", said.lower().replace("ё", "е").strip())
    kind = NAMED.get(plain)
    if kind is None:
        words = _now("«%(value)s» is no scale that can be compared: 1-5, 0-5, 1-7, 0-10 or 1-10.")
        raise Wrong("scale", words % {"value": said[:60]})
    return Kind.AREA5 if kind == Kind.CSAT5 and area else kind


def _mark(said: str, kind: str) -> int:
    """A whole point of its scale: 4,5 is none, and nothing is rounded for them."""
    scale, plain = SCALES[kind], said.replace(",", ".").removesuffix(".0")
    if not said:
        raise Wrong("value", _now("It says no mark."))
    if not (plain.isascii() and plain.isdecimal() and len(plain) < 4 and int(plain) in scale.points):
        told = {"value": said[:60], "least": scale.least, "most": scale.most}
        raise Wrong("value", _now("«%(value)s» is no point of a scale from %(least)s to %(most)s.") % told)
    return int(plain)


class _Batch:
    def __init__(self, source: str, items: Sequence[Told]) -> None:
        self.source = source
        self.rows = OutsideAnswer.objects.known(source, {item.identifier for item in items})
        self.before = {key: row.facts() for key, row in self.rows.items()}
        self.of_ids = ExternalId.objects.known(source, "contacts", {one.contact_id for one in items if one.contact_id})
        mails = {(Channelled.EMAIL.value, one.email) for one in items if one.email}
        self.owners = owners(mails | {(Channelled.PHONE.value, one.phone) for one in items if one.phone})
        numbers = {int(one.ticket) for one in items if _is_number(one.ticket)}
        self.tickets = {one.pk: one for one in Ticket.objects.filter(pk__in=numbers).only("pk", "contact", "team")}
        self.lines = {name.lower(): pk for pk, name in Team.objects.values_list("pk", "name")}
        self.standing = self._standing()

    def fate(self, item: Told) -> Fate:
        """What is said of the client, the request and the line and not known here is left out, the mark is kept."""
        ticket = self.tickets.get(int(item.ticket)) if _is_number(item.ticket) else None
        contact, team = self._contact(item), self.lines.get(item.line.lower())
        row = OutsideAnswer(
            source=self.source,
            external_id=item.identifier,
            at=item.at,
            kind=item.kind,
            value=item.value,
            words=item.words,
            area=item.area,
            ticket=ticket,
            contact_id=contact or (ticket.contact_id if ticket else None),
            team_id=team or (ticket.team_id if ticket and not item.line else None),
        )
        known = self.rows.get(item.key)
        fate = self._kept(known, row)
        if item.ticket and ticket is None:
            return Remark(fate, "ticket", _now("Request «%(value)s» is not known here.") % {"value": item.ticket})
        if item.line and team is None:
            return Remark(fate, "line", _now("There is no line «%(value)s».") % {"value": item.line})
        if contact is None and (item.email or item.phone or item.contact_id):
            field = "email" if item.email else "phone" if item.phone else "contact_id"
            return Remark(fate, field, _now("This client is not known here: the answer is kept without them."))
        return fate

    @property
    def new(self) -> list[OutsideAnswer]:
        return [row for row in self.rows.values() if row.pk is None]

    @property
    def changed(self) -> list[OutsideAnswer]:
        return [row for key, row in self.rows.items() if key in self.before and row.facts() != self.before[key]]

    def _kept(self, known: OutsideAnswer | None, row: OutsideAnswer) -> str:
        """Words that were erased do not come back."""
        if known is None:
            self.rows[row.key] = row
            return NEW
        row.words = GONE if known.words == GONE else row.words
        if known.facts() == row.facts():
            return SAME
        for name in COLUMNS:
            setattr(known, name, getattr(row, name))
        return CHANGED

    def _contact(self, item: Told) -> int | None:
        found = (
            self.of_ids.get(item.contact_id)
            or self.owners.get((Channelled.EMAIL.value, item.email))
            or self.owners.get((Channelled.PHONE.value, item.phone))
        )
        return self.standing.get(found) if found else None

    def _standing(self) -> dict[int, int]:
        """Who is known, by the number of the card that stands for them; one that is gone is not among them."""
        found = {*self.of_ids.values(), *self.owners.values()}
        return Contact.objects.ends_of(Contact.objects.filter(pk__in=found).values_list("pk", flat=True))


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdecimal() and len(said) < 19
