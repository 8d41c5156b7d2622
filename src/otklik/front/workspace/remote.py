"""Pictures of letters that lie on other servers: fetched by us when a colleague asks to see them, kept for a day.

The other server sees this server, at the moment of the act, and nothing of the person: neither address nor cookie nor
from where.  What comes is shown only when its bytes are a picture of pixels.
"""

import logging
import threading
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path

from otklik.core import egress
from otklik.desk.conversations.pages import Busy, a_place
from otklik.desk.conversations.rasters import HEAD, raster_of
from otklik.desk.conversations.shelf import KEPT, Shelf
from otklik.front.workspace.remote_bounds import Held, Spent

log = logging.getLogger(__name__)

MOST = 200  # pictures of one letter
PATIENCE = 4.0  # seconds a letter waits for its pictures; the slow ones come by themselves, one request each
AT_ONCE = 8

pictures = Shelf("remote-pictures")
_spent, _held = Spent(KEPT), Held()
_fetchers = ThreadPoolExecutor(AT_ONCE, "remote-picture")
_under_way: dict[str, Future[bool]] = {}
_guard = threading.Lock()


def bring(addresses: Iterable[str], letter: int) -> None:
    """Fetch what is not here yet, all at the same time; returns when they are here, or soon after.

    At once when too many wait.
    """
    wanted = [address for address in dict.fromkeys(addresses) if pictures.fresh(address) is None]
    going = [_ask(address, letter) for address in wanted[:MOST]]
    with suppress(Busy), a_place():
        wait(going, PATIENCE)


def picture(address: str, letter: int) -> tuple[Path, str] | None:
    """The file of a picture and its type; None when it could not be had.  Raises Busy when too many wait."""
    found = pictures.fresh(address) or _fetched(address, letter)
    if found is None:
        return None
    with found.open("rb") as content:
        kind = raster_of(content.read(HEAD))
    return (found, kind) if kind else None


def _fetched(address: str, letter: int) -> Path | None:
    with a_place():
        wait([_ask(address, letter)], egress.SECONDS)
    return pictures.fresh(address)


def _ask(address: str, letter: int) -> Future[bool]:
    """One fetch of an address at a time, whoever asks."""
    with _guard:
        if (going := _under_way.get(address)) is None:
            going = _under_way[address] = _fetchers.submit(_fetch, address, letter)
            going.add_done_callback(lambda _done: _under_way.pop(address, None))
        return going


def _fetch(address: str, letter: int) -> bool:
    """Within what a letter may bring; what comes counts, whatever it is."""
    most = min(egress.MOST_BYTES, _spent.left(letter))
    if not most:
        return False
    try:
        answer = egress.fetch(address, accept="image/png,image/jpeg,image/gif,image/webp", most=most)
    except egress.Refused as refused:
        log.info("a picture of a letter was not fetched: %s", refused.reason)
        return False
    _spent.add(letter, len(answer.content))
    if answer.status != 200 or raster_of(answer.content[:HEAD]) is None:
        return False
    pictures.keep(address, answer.content)
    _held.add(pictures.folder, len(answer.content))
    return True
