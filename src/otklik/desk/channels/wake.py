"""Waking the workers.

The rows are the truth and a job only says "look now": one waiting reader is enough for a burst of mail.  A sender is
asked for with a message that may leave at once; what leaves later is found in time by `leaving` (docs/decisions/0085).
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from otklik.core.journal import clock

READ, SEND = "channels.read", "channels.send"

_together: "ContextVar[_Together | None]" = ContextVar("together", default=None)


def reader() -> None:
    """After the commit of a received message: make sure that a reading job is waiting."""
    _make_sure(READ)


def reader_after_commit() -> None:
    """Once for each transaction, however many messages it stores."""
    if not any(asked[1] is reader for asked in connection.run_on_commit):
        transaction.on_commit(reader)


def sender(at: datetime) -> None:
    """In the transaction of an outgoing message that leaves `at`: a sending job, unless that is later."""
    if at > clock.now():
        return
    together = _together.get()
    if together is not None:
        together.append(at)
    else:
        app.configure_task(SEND, allow_unknown=False).defer()


def one_sender() -> None:
    """Make sure that a sending job is waiting, outside of any transaction."""
    _make_sure(SEND)


@contextmanager
def senders_together(many: int = 20) -> Iterator[None]:
    """Inside, a burst of letters that may leave at once shares its jobs: one for every `many`, and one at the end.

    Should the process die before, the minute's look finds the letters.
    """
    asked = _Together(many)
    before = _together.set(asked)
    try:
        yield
    finally:
        _together.reset(before)
        asked.ask()


class _Together:
    """Counts letters; asks for a sender after the commit of every so many."""

    def __init__(self, many: int) -> None:
        self.many, self.count = many, 0

    def append(self, at: datetime) -> None:
        self.count += 1
        if self.count >= self.many:
            transaction.on_commit(self.ask)

    def ask(self) -> None:
        if self.count:
            self.count = 0
            app.configure_task(SEND, allow_unknown=False).defer()


def _make_sure(task: str) -> None:
    if not _is_waiting(task):
        with suppress(AlreadyEnqueued):
            app.configure_task(task, queueing_lock=task, allow_unknown=False).defer()


def _is_waiting(lock: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists(select 1 from procrastinate_jobs where queueing_lock = %s and status = 'todo')",
            [lock],
        )
        row = cursor.fetchone()
    return bool(row and row[0])
