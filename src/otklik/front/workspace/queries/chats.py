"""My live talks in chats: whose move it is and since when, the longest wait first."""

from datetime import datetime
from typing import NamedTuple

from django.db import connection

from otklik.core.staff.models import User
from otklik.desk.channels import settings
from otklik.desk.channels.port import talk_on

MOST = 12
MINE = """
SELECT t.id, coalesce(nullif(t.client_name, ''), t.contact_name), t.contact_name, t.status IN ('new', 'open'),
    CASE WHEN t.status IN ('new', 'open') THEN t.due_from END, t.due_at
FROM tickets_ticket t WHERE t.owner_id = %s AND t.due_at IS NOT NULL AND t.status IN ('new', 'open', 'pending_client')
    AND t.channel_kind = ANY(%s)
ORDER BY t.status = 'pending_client', t.due_from NULLS LAST, t.id LIMIT %s
"""


class Chat(NamedTuple):
    """One of them; `since` is how long the client waits for us, None while they have the word."""

    number: int
    name: str
    person: str
    ours: bool
    since: datetime | None
    due_at: datetime


def mine(user: User) -> list[Chat]:
    """One statement."""
    kinds = [one.kind for one in settings.kinds() if talk_on(one.kind).is_chat]
    if not kinds:
        return []
    with connection.cursor() as cursor:
        cursor.execute(MINE, [user.pk, kinds, MOST])
        return [Chat._make(row) for row in cursor.fetchall()]
