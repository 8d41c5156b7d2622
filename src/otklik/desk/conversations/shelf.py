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
        except FileNotFoundError:
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
        for kept in self.folder.glob("*/*"):
            if time.time() - kept.stat().st_mtime > KEPT:
                kept.unlink(missing_ok=True)

    def _place(self, key: str) -> Path:
        name = sha256(key.encode()).hexdigest()
        return self.folder / name[:2] / name
