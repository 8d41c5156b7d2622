"""When the next letter leaves: one look for all that wait, instead of a job for each.

Nearly every reply waits for the end of its undo window.  A job for that moment would be stored, announced, fetched in
vain and passed over by each look for work until it is due, and then send what its neighbour has sent already.
"""

import asyncio
from contextlib import suppress

from asgiref.sync import sync_to_async
from django.db import close_old_connections

from otklik.core.journal import clock
from otklik.core.journal.rows import first
from otklik.desk.channels import wake

LOOK = 5.0
"""Seconds: a letter that was written for sooner than that is seen so much later at most."""
AGAIN = 1.0
"""Seconds until the next look while letters leave: who falls due meanwhile shares a job."""
NEXT = """
SELECT not_before FROM channels_outbound
WHERE state = 'ready' AND channel_id NOT IN (SELECT id FROM channels_channel WHERE rests_until > %s)
ORDER BY not_before LIMIT 1
"""


class Departures:
    """Asks for a sender whenever a letter's moment has come; of several workers each looks, and one job is made."""

    name = "departures"

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            pause = await _look()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)


def look() -> float:
    """Ask for a sender if a letter is due; returns the seconds until the next look."""
    now = clock.now()
    found = first(NEXT, now)
    if found is None:
        return LOOK
    if found[0] > now:
        return min(LOOK, (found[0] - now).total_seconds())
    wake.one_sender()
    return AGAIN


@sync_to_async(thread_sensitive=True)
def _look() -> float:
    """In the thread and on the connection of the clock of periodic jobs, which are hardly ever busy."""
    close_old_connections()
    return look()
