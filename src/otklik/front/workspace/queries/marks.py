"""What a list shows beside the row itself and is different for each reader: seen, my draft, who is writing now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from otklik.core.journal import clock
from otklik.desk.tickets.models.presence import FRESH
from otklik.front.workspace.queries.rows import Row

SQL = """
SELECT 'seen', ticket_id, message_id FROM tickets_seen WHERE user_id = %(me)s AND ticket_id = ANY(%(tickets)s)
UNION ALL
SELECT 'draft', conversation_id, 0 FROM conversations_draft
    WHERE author_id = %(me)s AND conversation_id = ANY(%(conversations)s)
UNION ALL
SELECT 'writes', ticket_id, user_id FROM tickets_presence
    WHERE ticket_id = ANY(%(tickets)s) AND user_id <> %(me)s AND doing <> 'reads' AND at >= %(fresh)s
"""


@dataclass
class Marks:
    """By number of ticket (`drafts` by number of conversation)."""

    seen: dict[int, int] = field(default_factory=dict)
    drafts: set[int] = field(default_factory=set)
    writers: dict[int, int] = field(default_factory=dict)

    def unread(self, row: Row) -> bool:
        """The client wrote something that this person has not looked at."""
        return row.last_in_id is not None and row.last_in_id > self.seen.get(row.id, 0)


def of_rows(rows: Sequence[Row], me: int) -> Marks:
    marks = Marks()
    if not rows:
        return marks
    parameters: dict[str, Any] = {
        "me": me,
        "tickets": [row.id for row in rows],
        "conversations": [row.conversation_id for row in rows],
        "fresh": clock.now() - FRESH,
    }
    with connection.cursor() as cursor:
        cursor.execute(SQL, parameters)
        for kind, key, value in cursor.fetchall():
            if kind == "seen":
                marks.seen[key] = value
            elif kind == "draft":
                marks.drafts.add(key)
            else:
                marks.writers[key] = value
    return marks
