"""Jobs of the workspace."""

from contextlib import suppress
from time import monotonic

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from otklik.desk.conversations.shown import drawings
from otklik.desk.tickets.models import Sweep
from otklik.front.workspace import replying, sweeping
from otklik.front.workspace.remote import pictures

TURN = 20
"""Seconds."""


@app.periodic(cron="23 4 * * *")
@app.task(name="workspace.forget_pictures", queueing_lock="workspace.forget_pictures")
def forget_pictures(timestamp: int) -> None:
    pictures.forget_old()
    drawings.forget_old()
    replying.give_up()
    Sweep.objects.forget_old()


@app.task(name="workspace.sweep")
def sweep(pk: int) -> None:
    """One portion after the other for a while, then the next job goes on: others wait no longer."""
    began = monotonic()
    found = Sweep.objects.filter(pk=pk).first()
    while found and sweeping.portion(found):
        if monotonic() - began > TURN:
            go_on(pk)
            return


@app.task(name="workspace.hold_back")
def hold_back(ticket: int) -> None:
    """A client wrote where an answer to many waits."""
    replying.hold_back(ticket)


@app.periodic(cron="* * * * *")
@app.task(name="workspace.sweeps", queueing_lock="workspace.sweeps")
def sweeps(timestamp: int) -> None:
    """What a process that died has left under way."""
    for pk in sweeping.unfinished():
        go_on(pk)


def go_on(pk: int) -> None:
    """By one job at a time, of which no second one waits."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        sweep.configure(lock=f"sweep:{pk}", queueing_lock=f"sweep:{pk}").defer(pk=pk)
