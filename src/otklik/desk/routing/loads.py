"""How much each person has: their part of one index, from the nearest moment on."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

MOST = 1000
"""So many tickets of one person are counted: no capacity is larger."""

# Costs what the people have and not what exists; the index holds all that is read.
LOADS = """
SELECT p.id, t.channel_kind, count(*), count(*) FILTER (WHERE t.due_at < %(now)s)
FROM unnest(%(people)s::bigint[]) AS p (id) CROSS JOIN LATERAL (
    SELECT channel_kind, due_at FROM tickets_ticket
    WHERE owner_id = p.id AND status IN ('new', 'open') ORDER BY due_at LIMIT %(most)s) AS t
GROUP BY p.id, t.channel_kind
"""

type Load = tuple[int, str, int, int]
"""Person, kind of channel, open tickets of our move, how many of them are late."""


def of_people(people: Iterable[int], now: datetime, most: int = MOST) -> list[Load]:
    with connection.cursor() as cursor:
        cursor.execute(LOADS, {"people": list(people), "now": now, "most": most})
        return cursor.fetchall()
