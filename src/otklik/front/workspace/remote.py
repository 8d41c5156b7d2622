"""Pictures of letters that lie on other servers: fetched by us when a colleague asks to see them, kept for a day.

The other server sees this server, at the moment of the act, and nothing of the person: neither address nor cookie nor
from where.  What comes is shown only when its bytes are a picture of pixels.
"""

import logging
import os
import tempfile
import threading
import time
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from otklik.core import egress
from otklik.desk.conversations.rasters import HEAD, raster_of
from otklik.front.workspace.remote_bounds import Shelf, Spent

log = logging.getLogger(__name__)

KEPT = 24 * 3600
MOST = 200  # pictures of one letter
PATIENCE = 4.0  # seconds a letter waits for its pictures; the slow ones come by themselves, one request each
AT_ONCE = 8

_spent, _shelf = Spent(KEPT), Shelf()
_fetchers = ThreadPoolExecutor(AT_ONCE, "remote-picture")
_under_way: dict[str, Future[bool]] = {}
_guard = threading.Lock()
# Pages have the same threads: half of them at most may wait for servers elsewhere.
_waiting = threading.BoundedSemaphore(max(1, settings.WEB_THREADS // 2))


def bring(addresses: Iterable[str], letter: int) -> None:
    """Fetch what is not here yet, all at the same time; returns when they are here, or soon after."""
    wanted = [address for address in dict.fromkeys(addresses) if _fresh(address) is None]
    wait([_ask(address, letter) for address in wanted[:MOST]], PATIENCE)


def picture(address: str, letter: int) -> tuple[Path, str] | None:
    """The file of a picture and its type; None when it could not be had, or others wait for too many already."""
    if _fresh(address) is None and _waiting.acquire(blocking=False):
        try:
            wait([_ask(address, letter)], egress.SECONDS)
        finally:
            _waiting.release()
    found = _fresh(address)
    if found is None:
        return None
    with found.open("rb") as content:
        kind = raster_of(content.read(HEAD))
    return (found, kind) if kind else None


def forget_old() -> None:
    """Remove what was kept long enough."""
    for kept in _folder().glob("*/*"):
        if time.time() - kept.stat().st_mtime > KEPT:
            kept.unlink(missing_ok=True)


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
    _keep(_place(address), answer.content)
    _shelf.add(_folder(), len(answer.content))
    return True


def _keep(place: Path, content: bytes) -> None:
    """Whole or not at all."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(number, "wb") as file:
        file.write(content)
    Path(name).replace(place)


def _fresh(address: str) -> Path | None:
    place = _place(address)
    try:
        return place if time.time() - place.stat().st_mtime < KEPT else None
    except FileNotFoundError:
        return None


def _place(address: str) -> Path:
    name = sha256(address.encode()).hexdigest()
    return _folder() / name[:2] / name


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "remote-pictures"
