"""Asking a worker to give out: after the commit, once for a line, and only where a line gives by itself."""

from contextlib import suppress
from functools import partial

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from otklik.desk.routing.models import Distribution

GIVE = "routing.give_out"


def line(team_id: int) -> None:
    if team_id in Distribution.objects.giving():
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
    """Should the process die before, the minute's look gives it out."""
    with suppress(AlreadyEnqueued):
        app.configure_task(GIVE, queueing_lock=f"{GIVE}:{team_id}", allow_unknown=False).defer(team_id=team_id)
