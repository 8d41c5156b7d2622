"""Pictures of letters that lie on other servers: fetched by us when a colleague asks to see them, kept for a day.

The other server sees this server, at the moment of the act, and nothing of the person: neither address nor cookie nor
from where.  What comes is shown only when its bytes are a picture of pixels.
"""

import logging
import threading
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

from django.conf import settings

from otklik.core import egress
from otklik.desk.conversations.rasters import HEAD, raster_of
from otklik.desk.conversations.shelf import Shelf

log = logging.getLogger(__name__)

MOST = 200  # pictures of one letter
PATIENCE = 4.0  # seconds a letter waits for its pictures; the slow ones come by themselves, one request each
AT_ONCE = 8

fetched = Shelf("remote-pictures")
_fetchers = ThreadPoolExecutor(AT_ONCE, "remote-picture")
_under_way: dict[str, Future[bool]] = {}
_guard = threading.Lock()
# Pages have the same threads: half of them at most may wait for servers elsewhere.
_waiting = threading.BoundedSemaphore(max(1, settings.WEB_THREADS // 2))


def bring(addresses: Iterable[str]) -> None:
    """Fetch what is not here yet, all at the same time; returns when they are here, or soon after."""
    asked = [_ask(address) for address in dict.fromkeys(addresses) if fetched.fresh(address) is None]
    wait(asked[:MOST], PATIENCE)


def picture(address: str) -> tuple[Path, str] | None:
    """The file of a picture and its type; None when it could not be had, or others wait for too many already."""
    if fetched.fresh(address) is None and _waiting.acquire(blocking=False):
        try:
            wait([_ask(address)], egress.SECONDS)
        finally:
            _waiting.release()
    found = fetched.fresh(address)
    if found is None:
        return None
    with found.open("rb") as content:
        kind = raster_of(content.read(HEAD))
    return (found, kind) if kind else None


def _ask(address: str) -> Future[bool]:
    """One fetch of an address at a time, whoever asks."""
    with _guard:
        if (going := _under_way.get(address)) is None:
            going = _under_way[address] = _fetchers.submit(_fetch, address)
            going.add_done_callback(lambda _done: _under_way.pop(address, None))
        return going


def _fetch(address: str) -> bool:
    try:
        answer = egress.fetch(address, accept="image/png,image/jpeg,image/gif,image/webp")
    except egress.Refused as refused:
        log.info("a picture of a letter was not fetched: %s", refused.reason)
        return False
    if answer.status != 200 or raster_of(answer.content[:HEAD]) is None:
        return False
    fetched.keep(address, answer.content)
    return True
