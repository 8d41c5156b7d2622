"""The proof over the whole database: every rule of a living request, asked of every row, in slices.

The verbs and the constraints keep the rules; this walk is for what came past them: an import, a repair by hand, a fault
of ours.  It changes nothing.
"""

from datetime import timedelta

from django.db import connection, transaction

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.desk.tickets import events
from otklik.desk.tickets.models.selfcheck import SelfCheck

SLICE = 5_000
PATIENCE = timedelta(minutes=15)
"""How late the scheduler may be before a sleeping ticket counts as forgotten."""

SQL = """
WITH slice AS (
    SELECT t.id, t.status, t.next_step, t.due_at, t.due_from, t.inform_by, t.take_by, t.owner_id, t.team_id,
        t.status IN ('resolved', 'refused', 'closed') AS over
    FROM tickets_ticket t WHERE t.id > %(after)s ORDER BY t.id LIMIT %(limit)s
), promised AS (
    SELECT p.ticket_id, count(*) AS number, min(p.until) AS until
    FROM tickets_promise p JOIN slice s ON s.id = p.ticket_id
    WHERE p.done_at IS NULL AND p.moved_at IS NULL AND p.taken_back_at IS NULL
    GROUP BY p.ticket_id
)
SELECT s.id, NOT s.over,
    coalesce(NOT s.over AND least(s.due_at, s.inform_by, s.take_by) < %(now)s, false),
    array_remove(ARRAY[
        CASE WHEN NOT s.over AND (s.next_step = '' OR s.due_at IS NULL OR s.due_from IS NULL) THEN 'no_step' END,
        CASE WHEN s.over AND (s.next_step <> '' OR s.due_at IS NOT NULL) THEN 'not_over' END,
        CASE WHEN NOT s.over AND s.owner_id IS NOT NULL AND (NOT u.is_active OR u.role = 'quality') THEN 'gone' END,
        CASE WHEN NOT s.over AND s.owner_id IS NULL AND NOT l.is_active THEN 'no_line' END,
        CASE WHEN p.number > 1 THEN 'promises' END,
        CASE WHEN s.over AND p.number > 0 THEN 'forgotten' END,
        CASE WHEN NOT s.over AND p.until < s.due_at THEN 'overslept' END,
        CASE WHEN s.status NOT IN ('new', 'open') AND NOT s.over AND least(s.due_at, s.inform_by) < %(late)s
            THEN 'asleep' END
    ], NULL)
FROM slice s
JOIN staff_team l ON l.id = s.team_id
LEFT JOIN staff_user u ON u.id = s.owner_id
LEFT JOIN promised p ON p.ticket_id = s.id
ORDER BY s.id
"""


def walk(size: int = SLICE) -> SelfCheck:
    """Look at every ticket once; the journal gets one entry of it."""
    check = SelfCheck.objects.create()
    after = 0
    while rows := _slice(after, size):
        for number, is_open, hangs, faults in rows:
            check.open += is_open
            check.hanging += hangs
            for fault in faults:
                check.note(number, fault)
        check.tickets += len(rows)
        after = rows[-1][0]
    check.ended_at = clock.now()
    with transaction.atomic():
        check.save()
        publish(events.SelfChecked(check.pk, check.tickets, check.open, check.hanging, check.found))
    return check


def _slice(after: int, size: int) -> list[tuple[int, bool, bool, list[str]]]:
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(SQL, {"after": after, "limit": size, "now": now, "late": now - PATIENCE})
        return cursor.fetchall()
