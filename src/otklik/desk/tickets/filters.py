"""Filters of a query about whose requests are, how they stand and who wrote: each as words and as a condition.

Conditions read one row of `tickets_ticket`; other tables are asked by their own indexes (`narrowing` has the rest).
Values are parameters: a condition holds nothing but their places.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.channels import settings
from otklik.desk.channels.models import Channel
from otklik.desk.clients.sight import opens_phones
from otklik.desk.tickets.models.states import Status

ME, NONE = ("me", "я"), ("none", "нет")
YES, NO = ("yes", "да"), ("no", "нет")
ENDED = "status IN ('resolved', 'refused', 'closed')"
STANDS = {
    **{str(one): f"status = '{one}'" for one in Status},
    "open": "due_at IS NOT NULL",
    "work": "status = 'open'",
    "waiting": "status = 'pending_client'",
    "third": "status = 'scheduled' AND waits_for <> ''",
    "ended": ENDED,
}
STATUSES = {
    "открыт": "open",
    "открыта": "open",
    "новый": "new",
    "новая": "new",
    "вработе": "work",
    "ждет": "waiting",
    "отложен": "scheduled",
    "отложена": "scheduled",
    "решен": "resolved",
    "решена": "resolved",
    "отказ": "refused",
    "закрыт": "closed",
    "закрыта": "closed",
    "завершен": "ended",
    "завершена": "ended",
}
DAYS = {"today": 0, "сегодня": 0, "yesterday": -1, "вчера": -1, "tomorrow": 1, "завтра": 1}
SIGNED = re.compile(r"(>=|<=|=|>|<)?(.+)")


class Unclear(Exception):
    """A filter that cannot be understood; `said` tells what to write."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


@dataclass(frozen=True)
class Asked:
    """One filter: its name and value, the name for its parameter, and who says "me"."""

    name: str
    value: str
    key: str
    me: int

    @property
    def plain(self) -> str:
        """In small letters, with blanks for `_` and е for ё."""
        return self.value.replace("_", " ").lower().replace("ё", "е").strip()

    @property
    def values(self) -> list[str]:
        return [part.strip() for part in self.value.split(",") if part.strip()]

    def unclear(self, known: str) -> Unclear:
        told = {"name": self.name, "value": self.value, "known": known}
        return Unclear(_("%(name)s: “%(value)s” is not known. Write %(known)s.") % told)


type Made = tuple[str, str, dict[str, Any]]


def _status(asked: Asked) -> Made:
    names = []
    for value in asked.values:
        plain = value.lower().replace("ё", "е")
        name = STATUSES.get(plain, plain)
        if name not in STANDS:
            raise asked.unclear(", ".join(STANDS))
        names.append(name)
    said = ", ".join(str(Status(name).label) if name in Status.values and name != "open" else name for name in names)
    return said, "(" + " OR ".join(f"({STANDS[name]})" for name in names) + ")" if names else "FALSE", {}


def _owner(asked: Asked) -> Made:
    """Myself, nobody, or colleagues by their logins."""
    tests, ids = [], []
    for value in asked.values:
        if value.lower() in NONE:
            tests.append("owner_id IS NULL")
        elif value.lower() in ME:
            ids.append(asked.me)
        else:
            ids += _people(asked, value)
    if ids:
        tests.append(f"owner_id = ANY(%({asked.key})s)")
    said = _("owner: %(names)s") % {"names": ", ".join(asked.values)}
    return said, f"({' OR '.join(tests)})" if tests else "FALSE", {asked.key: ids}


def _people(asked: Asked, login: str) -> list[int]:
    found = list(User.objects.filter(login=login.lower()).values_list("pk", flat=True))
    if not found:
        raise asked.unclear(_("me, none or a login"))
    return found


def _line(asked: Asked) -> Made:
    names = [value.replace("_", " ").casefold() for value in asked.values]
    found = [team for team in Team.objects.all() if team.name.casefold() in names]
    if not found:
        raise asked.unclear(_("the name of a line"))
    said = ", ".join(team.name for team in found)
    return said, f"team_id = ANY(%({asked.key})s)", {asked.key: [team.pk for team in found]}


def _before(asked: Asked) -> Made:
    return _("opened before %(day)s") % {"day": asked.value}, f"opened_at < %({asked.key})s", {asked.key: _day(asked)}


def _after(asked: Asked) -> Made:
    said = _("opened since %(day)s") % {"day": asked.value}
    return said, f"opened_at >= %({asked.key})s", {asked.key: _day(asked)}


def _due(asked: Asked) -> Made:
    """A day, or one compared with: `due:today`, `due:<2026-12-01`, `due:late`."""
    said = _("due: %(value)s") % {"value": asked.value}
    if asked.plain in ("late", "просрочен", "просрочена"):
        return said, f"due_at < %({asked.key})s", {asked.key: clock.now()}
    sign, value = SIGNED.fullmatch(asked.value).groups()  # type: ignore[union-attr]  # a value is never empty
    start = _day(Asked(asked.name, value, asked.key, asked.me))
    end, since, until = start + timedelta(days=1), f"%({asked.key})s", f"%({asked.key}_end)s"
    sql = {
        ">": f"due_at >= {until}",
        ">=": f"due_at >= {since}",
        "<": f"due_at < {since}",
        "<=": f"due_at < {until}",
    }.get(sign, f"(due_at >= {since} AND due_at < {until})")
    return said, sql, {asked.key: start, f"{asked.key}_end": end}


def _day(asked: Asked) -> datetime:
    """The beginning of a day: 2026-11-28, 28.11.2026, today, yesterday."""
    if asked.plain in DAYS:
        return _midnight(timezone.localtime(clock.now()).date() + timedelta(days=DAYS[asked.plain]))
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            day = datetime.strptime(asked.value, form).date()  # noqa: DTZ007 - a day has no zone yet
            if day.year < 9999:
                return _midnight(day)
        except ValueError:
            continue
    raise asked.unclear(_("a date as 2026-11-28 or 28.11.2026, today or yesterday"))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def _number(asked: Asked) -> Made:
    """One, several, or compared: `number:12,15`, `number:>100`."""
    sign, rest = SIGNED.fullmatch(asked.value).groups()  # type: ignore[union-attr]  # a value is never empty
    numbers = [part.strip() for part in rest.split(",")]
    if not all(part.isascii() and part.isdigit() and len(part) < 18 for part in numbers) or (sign and numbers[1:]):
        raise asked.unclear(_("a number, several with commas, or >100"))
    said = f"№ {asked.value}"
    if sign:
        return said, f"id {sign} %({asked.key})s", {asked.key: int(numbers[0])}
    return said, f"id = ANY(%({asked.key})s)", {asked.key: [int(part) for part in numbers]}


def _client(asked: Asked) -> Made:
    sql = (
        "contact_id IN (SELECT c.id FROM clients_contact c JOIN clients_client o ON o.id = c.client_id"  # noqa: S608
        f" WHERE UPPER(o.name) LIKE UPPER(%({asked.key})s))"
    )
    return _("client: %(name)s") % {"name": asked.value}, sql, {asked.key: _somewhere(asked.value)}


def _contact(asked: Asked) -> Made:
    sql = f"contact_id IN (SELECT c.id FROM clients_contact c WHERE UPPER(c.name) LIKE UPPER(%({asked.key})s))"  # noqa: S608
    return _("contact: %(name)s") % {"name": asked.value}, sql, {asked.key: _somewhere(asked.value)}


def _from(asked: Asked) -> Made:
    """How an address of the contact begins; a hidden telephone number is found by nobody from whom it is hidden."""
    who = f"{asked.key}_me"
    sql = (
        f"contact_id IN (SELECT i.contact_id FROM clients_identity i WHERE UPPER(i.value) LIKE UPPER(%({asked.key})s)"  # noqa: S608
        f" AND {opens_phones(who)})"
    )
    told = {asked.key: _escaped(asked.value) + "%", who: asked.me}
    return _("from %(address)s") % {"address": asked.value}, sql, told


def _somewhere(value: str) -> str:
    return f"%{_escaped(value.replace('_', ' '))}%"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _channel(asked: Asked) -> Made:
    kinds = [
        {"почта": "email", "телефон": "phone", "телеграм": "telegram", "чат": "chat"}.get(value.lower(), value.lower())
        for value in asked.values
    ]
    known = {one.kind for one in settings.kinds()} | set(Channel.objects.values_list("kind", flat=True))
    if not known.issuperset(kinds):
        raise asked.unclear(", ".join(sorted(known)))
    return _("channel: %(kinds)s") % {"kinds": asked.value}, f"channel_kind = ANY(%({asked.key})s)", {asked.key: kinds}


def _class(asked: Asked) -> Made:
    said = _("service class: %(name)s") % {"name": asked.value}
    return said, f"LOWER(class_name) = LOWER(%({asked.key})s)", {asked.key: asked.value.replace("_", " ")}


def _has(asked: Asked) -> Made:
    if asked.plain not in ("attachment", "file", "вложение", "файл"):
        raise asked.unclear("attachment")
    sql = (
        "EXISTS (SELECT 1 FROM conversations_attachment a WHERE a.message_id IS NOT NULL AND NOT a.inline"
        " AND a.conversation_id = tickets_ticket.conversation_id)"
    )
    return _("with attachments"), sql, {}


def _unread(asked: Asked) -> Made:
    if asked.plain not in YES + NO:
        raise asked.unclear(_("yes or no"))
    seen = (
        f"EXISTS (SELECT 1 FROM tickets_seen s WHERE s.user_id = %({asked.key})s AND s.ticket_id = tickets_ticket.id"  # noqa: S608
        " AND s.message_id >= tickets_ticket.last_message_id)"
    )
    unread = asked.plain in YES
    said = _("unread by me") if unread else _("read by me")
    return said, f"NOT {seen}" if unread else seen, {asked.key: asked.me}


def _participant(asked: Asked) -> Made:
    """A colleague who works along, or the address of somebody who was let into the talk."""
    said = _("takes part: %(who)s") % {"who": asked.value}
    if "@" in asked.value:
        sql = f"id IN (SELECT p.ticket_id FROM tickets_participant p WHERE p.let_in AND p.address = %({asked.key})s)"  # noqa: S608
        return said, sql, {asked.key: asked.value.lower()}
    people = [asked.me] if asked.plain in ME else _people(asked, asked.value)
    return said, f"(works_with <> '{{}}' AND works_with @> %({asked.key})s::bigint[])", {asked.key: people}


def _mentions(asked: Asked) -> Made:
    """In whose notes I am named, by name or with my line."""
    if asked.plain not in ME:
        raise asked.unclear("me")
    sql = (
        "id IN (SELECT n.about_id FROM journal_notice n WHERE n.kind = 'mention' AND n.about = 'ticket'"  # noqa: S608
        f" AND n.person_id = %({asked.key})s)"
    )
    return _("names me in a note"), sql, {asked.key: asked.me}


def _watcher(asked: Asked) -> Made:
    """Which a colleague, or myself, follows."""
    people = [asked.me] if asked.plain in ME else _people(asked, asked.value)
    sql = f"id IN (SELECT w.ticket_id FROM tickets_watch w WHERE w.user_id = ANY(%({asked.key})s))"  # noqa: S608
    return _("watched by: %(who)s") % {"who": asked.value}, sql, {asked.key: people}


FILTERS: dict[str, Callable[[Asked], Made]] = {
    "status": _status,
    "owner": _owner,
    "line": _line,
    "before": _before,
    "after": _after,
    "due": _due,
    "number": _number,
    "client": _client,
    "contact": _contact,
    "from": _from,
    "channel": _channel,
    "class": _class,
    "has": _has,
    "unread": _unread,
    "participant": _participant,
    "mentions": _mentions,
    "watcher": _watcher,
}
