"""What a list shows beside the row itself and is different for each reader: seen, my draft, who is writing now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from otklik.care.complaints.models import Complaint
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.channels.nearness import FRESH
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
SELECT 'vip', t.id, 1 FROM tickets_ticket t JOIN clients_contact c ON c.id = t.contact_id
    LEFT JOIN clients_client o ON o.id = c.client_id
    WHERE t.id = ANY(%(tickets)s::bigint[]) AND (c.restricted_as = 'vip' OR o.restricted_as = 'vip'
        OR t.class_name = (SELECT s.name FROM sla_serviceclass s ORDER BY s.rank, s.name LIMIT 1)
            AND (SELECT count(DISTINCT s.rank) FROM sla_serviceclass s) > 1)
UNION ALL
SELECT 'incident', ticket_id, incident_id FROM incidents_affected
    WHERE ticket_id = ANY(%(tickets)s::bigint[]) AND stands
UNION ALL
SELECT 'complaint', ticket_id, id FROM complaints_complaint
    WHERE ticket_id = ANY(%(tickets)s::bigint[]) AND state <> 'closed'
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
    vip: set[int] = field(default_factory=set)
    incidents: dict[int, int] = field(default_factory=dict)
    complaints: set[int] = field(default_factory=set)
    can_undo: bool = False

    def unread(self, row: Row) -> bool:
        """The client wrote something that this person has not looked at; an ended request waits for no reader."""
        return row.due_at is not None and row.last_in_id is not None and row.last_in_id > self.seen.get(row.id, 0)


def _array(numbers: list[int]) -> str:
    """As the database writes it: the driver would ask for the kind of each of fifty numbers."""
    return f"{{{','.join(map(str, numbers))}}}"


def of_rows(rows: Sequence[Row], user: User) -> Marks:
    """In one statement; where there are complaints, one more says which of them the reader may know of."""
    marks, complaints, me = Marks(), dict[int, int](), user.pk
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
            elif kind == "vip":
                marks.vip.add(key)
            elif kind == "incident":
                marks.incidents[key] = value
            elif kind == "complaint":
                complaints[value] = key
            elif kind == "undo":
                marks.can_undo = True
            else:
                marks.writers[key] = value
    if complaints:
        seen = Complaint.objects.visible_to(user).filter(pk__in=complaints).values_list("pk", flat=True)
        marks.complaints = {complaints[pk] for pk in seen}
    return marks
