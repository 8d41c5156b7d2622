"""Rows of the queue as the database gives them: one table, only what a list shows."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection


class Row(NamedTuple):
    """One request in a list; nothing in it can change, so that what was drawn of it is found by the row itself."""

    id: int
    status: str
    next_step: str
    next_note: str
    due_at: datetime | None
    due_from: datetime | None
    ended_at: datetime | None
    version: int
    subject: str
    contact_name: str
    client_name: str
    channel_kind: str
    preview: str
    last_speaker: str
    last_message_id: int | None
    last_in_id: int | None
    message_count: int
    delivery_trouble: bool
    sender_doubtful: bool
    returned: str
    reopened: int
    owner_id: int | None
    team_id: int
    conversation_id: int
    merged_into_id: int | None
    priority: int
    upset_since: datetime | None
    appealed: int | None
    waits_for: str
    inform_by: datetime | None
    opened_at: datetime
    works_with: tuple[int, ...]

    @property
    def word_by(self) -> datetime | None:
        """When the client hears from us while it is put aside."""
        return self.due_at if self.next_step == "update" else self.inform_by

    @property
    def is_ours(self) -> bool:
        return self.status in ("new", "open")


COLUMNS = ", ".join(Row._fields)
TABLE = "tickets_ticket"


def select(streams: list[str], condition: str, order: str) -> str:
    """SQL of a union of streams in one order; each stream walks its own index and stops when the page is full."""
    last = f"ORDER BY {order} LIMIT %(limit)s"
    one = [f"(SELECT {COLUMNS} FROM {TABLE} WHERE {stream} AND {condition} {last})" for stream in streams]
    return f"SELECT * FROM ({' UNION ALL '.join(one)}) AS queue {last}"


def fetch(sql: str, parameters: dict[str, Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [Row._make((*values, tuple(people))) for *values, people in cursor.fetchall()]
