"""How much of a worker sending may take: a slow server with a backlog leaves room for reading and all other jobs."""

import threading

from otklik.desk.channels import outbox, wake

SLICE = 3.0
"""Seconds of sending in one job; the letter that is on its way then is still sent to its end."""
MOST = 2
"""Threads of one worker that send at a time; a worker has four."""
_places = threading.BoundedSemaphore(MOST)
_asked = threading.Event()


def send() -> None:
    """Send what is due for a while, if there is a place.

    Who finds none leaves word, and whoever has a place asks for another sender at the end: a letter that came after
    they looked for the last time does not wait for the next look of `leaving`.
    """
    _asked.set()
    if not _places.acquire(blocking=False):
        return
    _asked.clear()
    try:
        outbox.send_due(SLICE)
    finally:
        _places.release()
    if _asked.is_set():
        wake.one_sender()
