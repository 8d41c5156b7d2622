"""The client beside a conversation: their other requests in one statement, addresses with the contact itself."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import connection

from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.queries.counts import CAP, said
from otklik.front.workspace.queries.standing import Reader

LAST = 8
NEAR = timedelta(days=2)


OTHERS = """
SELECT id, subject, status, channel_kind, due_at, due_from, next_step, opened_at, ended_at, last_at, owner_id,
    merged_into_id
FROM tickets_ticket WHERE contact_id = %(contact)s AND id <> %(beside)s AND {visible}
ORDER BY id DESC LIMIT %(most)s
"""


class Other(NamedTuple):
    """Another request of the same person."""

    id: int
    subject: str
    status: str
    channel_kind: str
    due_at: datetime | None
    due_from: datetime | None
    next_step: str
    opened_at: datetime
    ended_at: datetime | None
    last_at: datetime
    owner_id: int | None
    merged_into_id: int | None

    @property
    def is_open(self) -> bool:
        return self.due_at is not None


@dataclass(frozen=True)
class Requests:
    """Open ones, the last ended ones, and open ones begun at nearly the same time (perhaps the same matter)."""

    open: list[Other] = field(default_factory=list)
    ended: list[Other] = field(default_factory=list)
    similar: list[Other] = field(default_factory=list)


def requests_of(contact_id: int, user: User, beside: Ticket | None = None) -> Requests:
    """Requests of a contact that this person may see, the newest first."""
    reader = Reader.of(user)
    parameters = reader.parameters | {"contact": contact_id, "beside": beside.pk if beside else 0, "most": LAST * 3}
    with connection.cursor() as cursor:
        cursor.execute(OTHERS.format(visible=reader.visible), parameters)
        rows = [Other._make(values) for values in cursor.fetchall()]
    open_ = [row for row in rows if row.is_open]
    near = [row for row in open_ if beside and abs(row.opened_at - beside.opened_at) <= NEAR]
    return Requests(open_, [row for row in rows if not row.is_open][:LAST], near if beside and beside.is_open else [])


def also_open(requests: Requests) -> Other | None:
    """The open one with the last word; one of the same time before the others."""
    return max(requests.similar or requests.open, key=lambda row: row.last_at, default=None)


def of_organisation(contact: Contact, user: User) -> list[Other]:
    """Open requests of the contact's colleagues that this person may see, the newest first."""
    if contact.client_id is None:
        return []
    theirs = Ticket.objects.visible_to(user).open().filter(contact__client=contact.client_id)
    rows = theirs.exclude(contact=contact).order_by("-id").values_list(*Other._fields)[:LAST]
    return [Other(*values) for values in rows]


def history(user: User, before: int | None, limit: int, **of: object) -> list[Other]:
    """All requests of a person or an organisation by key, the newest first, one more than `limit` if there are more."""
    mine = Ticket.objects.visible_to(user).filter(**of).order_by("-id")
    if before:
        mine = mine.filter(pk__lt=before)
    return [Other(*values) for values in mine.values_list(*Other._fields)[: limit + 1]]


def open_of(user: User, most: int, **of: object) -> list[Other]:
    """Those that are open, the newest first."""
    mine = Ticket.objects.visible_to(user).open().filter(**of).order_by("-id")
    return [Other(*values) for values in mine.values_list(*Other._fields)[:most]]


def how_many(user: User, **of: object) -> str:
    """12; 999+"""
    return said(Ticket.objects.visible_to(user).filter(**of).order_by()[:CAP].count())
