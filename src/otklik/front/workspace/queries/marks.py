"""What a list shows beside the row itself and is different for each reader: seen, my draft, who is writing now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from otklik.core.journal import clock
from otklik.desk.tickets.models.presence import FRESH
from otklik.front.workspace.queries.rows import Row

SQL = """
SELECT 'seen', ticket_id, message_id FROM tickets_seen WHERE user_id = %(me)s AND ticket_id = ANY(%(tickets)s::bigint[])
UNION ALL
SELECT 'draft', conversation_id, 0 FROM conversations_draft
    WHERE author_id = %(me)s AND conversation_id = ANY(%(conversations)s::bigint[]) AND mode <> 'held'
UNION ALL
SELECT 'writes', ticket_id, user_id FROM tickets_presence
    WHERE ticket_id = ANY(%(tickets)s::bigint[]) AND user_id <> %(me)s AND doing <> 'reads' AND at >= %(fresh)s
UNION ALL
SELECT 'task', ticket_id, count(*) FROM tickets_task
    WHERE ticket_id = ANY(%(tickets)s::bigint[]) AND done_at IS NULL AND due_at < %(now)s GROUP BY ticket_id
UNION ALL
SELECT 'third', ticket_id, max(extract(epoch FROM at))::bigint FROM tickets_schedule
    WHERE ticket_id = ANY(%(third)s::bigint[]) AND woke_at IS NULL AND taken_back_at IS NULL GROUP BY ticket_id
UNION ALL
SELECT 'undo', m.id, 0 FROM channels_outbound o JOIN conversations_message m ON m.outbound_id = o.id
    WHERE o.state = 'ready' AND o.sent_at IS NULL AND o.not_before > %(now)s AND m.author_id = %(me)s
"""


@dataclass
class Marks:
    """By number of ticket (`drafts` by number of conversation); `can_undo`: a reply of theirs has not left yet."""

    seen: dict[int, int] = field(default_factory=dict)
    drafts: set[int] = field(default_factory=set)
    writers: dict[int, int] = field(default_factory=dict)
    late_tasks: dict[int, int] = field(default_factory=dict)
    third_since: dict[int, datetime] = field(default_factory=dict)
    can_undo: bool = False

    def unread(self, row: Row) -> bool:
        """The client wrote something that this person has not looked at; an ended request waits for no reader."""
        return row.due_at is not None and row.last_in_id is not None and row.last_in_id > self.seen.get(row.id, 0)


def _array(numbers: list[int]) -> str:
    """As the database writes it: the driver would ask for the kind of each of fifty numbers."""
    return f"{{{','.join(map(str, numbers))}}}"


def of_rows(rows: Sequence[Row], me: int) -> Marks:
    marks = Marks()
    parameters: dict[str, Any] = {
        "me": me,
        "tickets": _array([row.id for row in rows]),
        "conversations": _array([row.conversation_id for row in rows]),
        "third": _array([row.id for row in rows if row.waits_for]),
        "fresh": clock.now() - FRESH,
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(SQL, parameters)
        for kind, key, value in cursor.fetchall():
            if kind == "seen":
                marks.seen[key] = value
            elif kind == "draft":
                marks.drafts.add(key)
            elif kind == "task":
                marks.late_tasks[key] = value
            elif kind == "third":
                marks.third_since[key] = datetime.fromtimestamp(value, UTC)
            elif kind == "undo":
                marks.can_undo = True
            else:
                marks.writers[key] = value
    return marks
