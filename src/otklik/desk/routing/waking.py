"""Asking a worker to give out: after the commit, once for a line, and only where a line gives by itself."""

from contextlib import suppress
from functools import partial

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from otklik.core.journal.rows import first
from otklik.desk.routing.models import Distribution

GIVE = "routing.give_out"
CONCERNED = """
SELECT array_agg(line) FROM (
    SELECT team_id AS line FROM tickets_ticket WHERE id = %(ticket)s
    UNION SELECT m.team_id FROM tickets_ticket t JOIN staff_membership m ON m.user_id = t.owner_id
    WHERE t.id = %(ticket)s) AS found
WHERE line = ANY(%(giving)s)
"""
WAITS = """
SELECT EXISTS (SELECT FROM tickets_ticket WHERE team_id = %(line)s AND owner_id IS NULL AND due_at IS NOT NULL
        AND status IN ('new', 'open'))
    OR EXISTS (SELECT FROM tickets_ticket WHERE team_id = %(line)s AND owner_id IS NULL AND due_at IS NOT NULL
        AND status IN ('pending_client', 'scheduled'))
"""
"""Bare, for both are asked with every answer: the lines of a ticket and of its owner; whether anything has no owner."""


def line(team_id: int) -> None:
    if team_id in Distribution.objects.giving():
        _after_commit(team_id)


def lines_of(ticket_id: int) -> None:
    """Its owner may have room for more, or it has none: nobody else was touched by what happened to it."""
    if giving := Distribution.objects.giving():
        found = first(CONCERNED, ticket=ticket_id, giving=list(giving))
        for team_id in (found and found[0]) or ():
            _after_commit(team_id)


def every_line() -> None:
    """Somebody has become free, wherever they belong."""
    for team_id in Distribution.objects.giving():
        _after_commit(team_id)


def _after_commit(team_id: int) -> None:
    """Once for each transaction, however many tickets it touches."""
    asked = [entry[1] for entry in connection.run_on_commit]
    if not any(isinstance(one, partial) and one.args == (team_id,) and one.func is _ask for one in asked):
        transaction.on_commit(partial(_ask, team_id))


def _ask(team_id: int) -> None:
    """Where somebody is to be given something.  Should the process die before, the minute's look gives it out.

    Asked after the commit: what comes in at the same time is either seen here, or its own question sees this.
    """
    waits = first(WAITS, line=team_id)
    if not (waits and waits[0]):
        return
    with suppress(AlreadyEnqueued):
        app.configure_task(GIVE, queueing_lock=f"{GIVE}:{team_id}", allow_unknown=False).defer(team_id=team_id)
