"""Asking a worker to give out: after the commit, once for a line, and only where a line gives by itself."""

from contextlib import suppress
from functools import partial

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from otklik.desk.routing.models import Distribution

GIVE = "routing.give_out"


def line(team_id: int) -> None:
    if team_id in Distribution.objects.giving():
        transaction.on_commit(partial(_ask, team_id))


def every_line() -> None:
    """Somebody has become free, wherever they belong."""
    for team_id in Distribution.objects.giving():
        transaction.on_commit(partial(_ask, team_id))


def _ask(team_id: int) -> None:
    """Should the process die before, the minute's look gives it out."""
    with suppress(AlreadyEnqueued):
        app.configure_task(GIVE, queueing_lock=f"{GIVE}:{team_id}", allow_unknown=False).defer(team_id=team_id)
