"""Search over what was said, numbers, addresses and names; what may be seen is asked in the same statement.

Words go through two steps (PERFORMANCE 4.2).  First the index gives at most `CAP` hits in no order; when there are
fewer, these are all and the newest come first.  A word that hits the cap is common: then the messages are walked from
the newest on, and the walk ends as soon as a page is full.
"""

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import OperationalError, connection, transaction
from django.db.models import Q

from otklik.core.staff.models import User
from otklik.desk.clients.models import Contact, Identity
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.search import FILTER, found_by
from otklik.front.workspace.queries.standing import Reader

LONGEST = 200
CAP = 2000
MANY = 500
PAGE = 50
SECONDS = 3
NUMBER = re.compile(r"^\s*[№#]?\s*(\d{1,18})\s*$")

START, STOP = "\x02", "\x03"
WORDS = "websearch_to_tsquery('otklik_ru', %(query)s)"
FIELDS = (
    "t.id, t.subject, t.contact_name, t.client_name, t.status, t.channel_kind, t.last_at, t.owner_id, t.merged_into_id"
)
HEADLINE = (
    "ts_headline('otklik_ru', translate(left(m.new_text, 4000), chr(2) || chr(3), ''), "
    f"{WORDS}, 'MaxFragments=2, MaxWords=16, MinWords=6, FragmentDelimiter=\" … \", StartSel={START}, StopSel={STOP}')"
)

ENOUGH = f"SELECT count(*) FROM (SELECT 1 FROM conversations_message WHERE search @@ {WORDS} LIMIT {CAP}) AS hits"

RARE = """
WITH hits AS MATERIALIZED (SELECT id, conversation_id FROM conversations_message
        WHERE search @@ {words} AND taken_back_at IS NULL LIMIT {cap}),
    latest AS (SELECT conversation_id, max(id) AS id FROM hits GROUP BY conversation_id),
    page AS (SELECT latest.id AS hit, {fields} FROM latest JOIN tickets_ticket t USING (conversation_id)
        WHERE {visible} ORDER BY latest.id DESC LIMIT {limit})
SELECT t.*, {headline} FROM page t JOIN conversations_message m ON m.id = t.hit ORDER BY t.hit DESC
"""

COMMON = """
WITH page AS (SELECT m.id AS hit, {fields} FROM conversations_message m JOIN tickets_ticket t USING (conversation_id)
    WHERE m.search @@ {words} AND m.taken_back_at IS NULL AND {visible} ORDER BY m.id DESC LIMIT {walk})
SELECT t.*, {headline} FROM (SELECT DISTINCT ON (id) * FROM page ORDER BY id, hit DESC) t
    JOIN conversations_message m ON m.id = t.hit ORDER BY t.hit DESC LIMIT {limit}
"""


class Hit(NamedTuple):
    """A request that was found; `snippet` marks the found words with START and STOP, it is plain text otherwise."""

    message: int | None
    id: int
    subject: str
    contact_name: str
    client_name: str
    status: str
    channel_kind: str
    last_at: Any
    owner_id: int | None
    merged_into: int | None
    snippet: str = ""


@dataclass
class Found:
    """What a query gave; `too_broad` when it took too long, `more` when only the newest are shown."""

    query: str
    tickets: list[Hit] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    too_broad: bool = False
    more: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.tickets and not self.contacts


def search(text: str, user: User, limit: int = PAGE) -> Found:
    """Requests and people that fit; the right kind of look-up is told from the text itself."""
    query = " ".join(text.replace("\x00", " ").split())[:LONGEST]
    found = Found(query)
    if not query:
        return found
    if FILTER.search(query):
        tickets = found_by(Ticket.objects.visible_to(user), query, user).order_by("-id")
        found.tickets = _listed(tickets, limit)
        found.more = len(found.tickets) >= limit
        return found
    if number := NUMBER.match(query):
        found.tickets = _listed(Ticket.objects.visible_to(user).filter(pk=int(number[1])), 1)
    found.contacts = _people(query, user)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{SECONDS}s'")
            cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")  # a rare and a common word differ
            said = _said(cursor, query, user, limit)
    except OperationalError:
        found.too_broad = True
        return found
    known = {hit.id for hit in found.tickets}
    found.tickets += [hit for hit in said if hit.id not in known]
    found.more = len(said) >= limit
    return found


def _said(cursor: Any, query: str, user: User, limit: int) -> list[Hit]:
    reader = Reader.of(user)
    visible = reader.visible_as("t.")
    parameters = reader.parameters | {"query": query}
    cursor.execute(ENOUGH, parameters)
    common = cursor.fetchone()[0] >= CAP
    sql = (COMMON if common else RARE).format(
        words=WORDS, cap=CAP, fields=FIELDS, visible=visible, limit=limit, walk=limit * 4, headline=HEADLINE
    )
    if common:
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    cursor.execute(sql, parameters)
    return [Hit(*row) for row in cursor.fetchall()]


def _people(query: str, user: User) -> list[Contact]:
    """People by name, organisation or address, of whom the reader may see at least one request."""
    if len(query) < 2:
        return []
    # Each half by its own index: together they would read everybody.
    by_name = Contact.objects.filter(name__icontains=query).values("pk")[:MANY]
    by_client = Contact.objects.filter(client__name__icontains=query).values("pk")[:MANY]
    named = Q(pk__in=by_name.union(by_client))
    if "@" in query or query.startswith("+") or query.isdecimal():
        at = Identity.objects.filter(value__istartswith=query.lower()).values("contact")
        named = Q(pk__in=at)
    people = Contact.objects.filter(named).select_related("client")
    if not user.sees_everything:
        people = people.filter(pk__in=Ticket.objects.visible_to(user).values("contact"))
    return list(people.order_by("name")[:8])


def _listed(tickets: Any, limit: int) -> list[Hit]:
    names = ("id", "subject", "contact_name", "client_name", "status", "channel_kind", "last_at", "owner_id")
    return [Hit(None, *row) for row in tickets.values_list(*names, "merged_into_id")[:limit]]
