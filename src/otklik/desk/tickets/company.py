"""Who takes part in a ticket beside its client: from the letters, and from what agents decided."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket

LETTERS = 200
MOST = 40

SQL = f"""
WITH letters AS (
    SELECT id, direction, lower(author_address) AS author, author_name, "to" || cc AS others,
        contact_id IS NOT DISTINCT FROM %(contact)s AND authenticity <> 'failed' AS by_client,
        contact_id IS DISTINCT FROM %(contact)s AS by_other,
        (SELECT kind = 'forward' FROM channels_outbound o WHERE o.id = outbound_id) AS forwarded
    FROM conversations_message
    WHERE conversation_id = %(conversation)s AND direction <> 'note' AND taken_back_at IS NULL
        AND automatic IN ('', 'list') ORDER BY id DESC LIMIT {LETTERS}),
named AS (
    SELECT author AS address, author_name AS name, 'wrote' AS how, id FROM letters WHERE direction = 'in' AND by_other
    UNION ALL
    SELECT lower(coalesce(substring(one FROM '<([^<>]+)>'), one)), '',
        CASE WHEN forwarded THEN 'forwarded' WHEN direction = 'out' THEN 'answered' WHEN by_client THEN 'copied'
            ELSE 'named' END, id
    FROM letters, jsonb_array_elements_text(others) AS one
    UNION ALL
    (SELECT DISTINCT ON (p.address) p.address, '', CASE WHEN p.let_in THEN 'let_in' ELSE 'kept_out' END, 0
    FROM tickets_participant p
    WHERE p.ticket_id = %(ticket)s OR p.ticket_id IN (SELECT r.source_id FROM tickets_relocation r
        WHERE r.target_id = %(ticket)s AND r.kind = 'merge' AND r.undone_at IS NULL)
    ORDER BY p.address, p.ticket_id <> %(ticket)s, p.at DESC))
SELECT n.address, coalesce(max(c.name), max(n.name)) AS name, json_agg(DISTINCT n.how) AS how,
    bool_or(c.client_id = %(client)s) IS TRUE AS of_client
FROM named n LEFT JOIN LATERAL (SELECT k.id, k.name, k.client_id FROM clients_identity i
    JOIN clients_contact k ON k.id = i.contact_id WHERE i.kind = 'email' AND i.value = n.address LIMIT 1) c ON true
WHERE n.address LIKE '%%@%%' AND c.id IS DISTINCT FROM %(contact)s
    AND NOT EXISTS (SELECT 1 FROM letters WHERE by_client AND direction = 'in' AND author = n.address)
    AND NOT EXISTS (SELECT 1 FROM channels_channel h
        WHERE lower(h.address) IN (n.address, regexp_replace(n.address, '\\+[^@]*@', '@')))
GROUP BY n.address ORDER BY min(n.id), n.address LIMIT {MOST}
"""  # noqa: S608 - only numbers of ours


@dataclass(frozen=True)
class Companion:
    """One address beside the client.

    `role` is colleague (of the client), outside (wrote without being asked, or got something
    forwarded) or copy.  `standing` is in (an agent let
    them in, or wrote to them), out (an agent keeps them out) or proposed (a letter names them).  `was_copied` when the
    client had them in a copy or we answered them.
    """

    address: str
    name: str
    role: str
    standing: str
    was_copied: bool
    is_settled: bool


def parameters(ticket: "Ticket") -> dict[str, Any]:
    """What SQL needs, for statements that hold it."""
    return {
        "conversation": ticket.conversation_id,
        "ticket": ticket.pk,
        "contact": ticket.contact_id,
        "client": ticket.contact.client_id,
    }


def of(ticket: "Ticket") -> list[Companion]:
    """Everybody beside the client, in the order in which they came in."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, parameters(ticket))
        return read(cursor.fetchall())


def read(rows: Iterable[tuple[str, str, Any, bool]]) -> list[Companion]:
    return [_companion(*row) for row in rows]


def _companion(address: str, name: str, how: Any, of_client: bool) -> Companion:
    how = json.loads(how) if isinstance(how, str) else how
    settled = "let_in" if "let_in" in how else "kept_out" if "kept_out" in how else ""
    role = "colleague" if of_client else "outside" if not {"wrote", "forwarded"}.isdisjoint(how) else "copy"
    standing = {"let_in": "in", "kept_out": "out"}.get(settled, "in" if "answered" in how else "proposed")
    was_copied = not {"copied", "answered"}.isdisjoint(how)
    return Companion(address, name, role, standing, was_copied, bool(settled))
