"""Room and rights where the data lie."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_noop as _

from otklik.config.doctor import BAD, GOOD, WARNING, Finding
from otklik.core.ui.phrase import Phrase

LITTLE, TOO_LITTLE = 2 * 1024**3, 200 * 1024**2


def examine() -> Iterator[Finding]:
    from django.conf import settings

    data, files = settings.DATA_DIR, settings.FILES_DIR
    for folder in (data,) if files.is_relative_to(data) else (data, files):
        found = _made(folder)
        yield _room(found) if os.access(found, os.W_OK) else _closed(found)
    if not settings.EXTERNAL_DATABASE and data.exists() and data.stat().st_mode & 0o077:
        words = Phrase(_("others can look into %(folder)s"), folder=data)
        yield Finding(WARNING, "disk", words, f"chmod 700 {data}")


def _made(folder: Path) -> Path:
    """The folder, or the one in which it will be made."""
    return next(each for each in (folder, *folder.parents) if each.exists())


def _closed(folder: Path) -> Finding:
    remedy = _("Give the folder to the user who runs Otklik: chown %(user)s %(folder)s")
    words = Phrase(_("%(folder)s cannot be written"), folder=folder)
    return Finding(BAD, "disk", words, Phrase(remedy, user=os.geteuid(), folder=folder))


def _room(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    words = Phrase(_("%(free)s GiB free in %(folder)s"), free=f"{free / 1024**3:.1f}", folder=folder)
    if free >= LITTLE:
        return Finding(GOOD, "disk", words)
    remedy = Phrase(_("Make room: mail is refused when the disk is full."))
    return Finding(BAD if free < TOO_LITTLE else WARNING, "disk", words, remedy)
