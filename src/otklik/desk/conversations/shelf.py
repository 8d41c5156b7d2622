"""Files that are kept for a day because making them anew is dear; losing them costs nothing but that."""

import os
import tempfile
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

KEPT = 24 * 3600


@dataclass(frozen=True)
class Shelf:
    """A folder beside the attachments, by any words as keys."""

    name: str

    @property
    def folder(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.name

    def fresh(self, key: str) -> Path | None:
        place = self._place(key)
        try:
            return place if time.time() - place.stat().st_mtime < KEPT else None
        except OSError:
            return None

    def keep(self, key: str, content: bytes) -> Path:
        """Whole or not at all."""
        place = self._place(key)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=place.parent)
        with os.fdopen(number, "wb") as file:
            file.write(content)
        return Path(name).replace(place)

    def forget_old(self) -> None:
        """Remove what was kept long enough."""
        for at, _size, place in kept_in(self.folder):
            if time.time() - at > KEPT:
                place.unlink(missing_ok=True)

    def _place(self, key: str) -> Path:
        name = sha256(key.encode()).hexdigest()
        return self.folder / name[:2] / name


def kept_in(folder: Path) -> list[tuple[float, int, Path]]:
    """(when, bytes, where) of everything; what another process removes meanwhile is not there."""
    found = []
    for place in folder.glob("*/*"):
        try:
            told = place.stat()
        except FileNotFoundError:
            continue
        found.append((told.st_mtime, told.st_size, place))
    return found
