"""Waking the workers.

The rows are the truth and a job only says "look now": one waiting reader is enough for a burst of mail, and a sender
is asked for at the moment of each message.
"""

from contextlib import suppress
from datetime import datetime

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

READ, SEND = "channels.read", "channels.send"


def reader() -> None:
    """After the commit of a received message: make sure that a reading job is waiting."""
    if not _is_waiting(READ):
        with suppress(AlreadyEnqueued):
            app.configure_task(READ, queueing_lock=READ, allow_unknown=False).defer()


def sender(at: datetime) -> None:
    """In the transaction of an outgoing message: a sending job for its moment."""
    app.configure_task(SEND, schedule_at=at, allow_unknown=False).defer()


def _is_waiting(lock: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists(select 1 from procrastinate_jobs where queueing_lock = %s and status = 'todo')",
            [lock],
        )
        row = cursor.fetchone()
    return bool(row and row[0])
