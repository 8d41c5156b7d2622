"""Room and rights in the data folder."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from otklik.config.doctor import BAD, GOOD, WARNING, Finding

LITTLE, TOO_LITTLE = 2 * 1024**3, 200 * 1024**2


def examine() -> Iterator[Finding]:
    from django.conf import settings

    folder = Path(settings.DATA_DIR)
    if not os.access(folder, os.W_OK):
        yield Finding(
            BAD,
            "disk",
            f"{folder} cannot be written",
            f"Give the folder to the user who runs Otklik: chown {os.geteuid()} {folder}",
        )
        return
    free = shutil.disk_usage(folder).free
    words = f"{free / 1024**3:.1f} GiB free in {folder}"
    if free < LITTLE:
        yield Finding(
            BAD if free < TOO_LITTLE else WARNING,
            "disk",
            words,
            "Make room: mail is refused when the disk is full.",
        )
    else:
        yield Finding(GOOD, "disk", words)
    if folder.stat().st_mode & 0o077 and not settings.EXTERNAL_DATABASE:
        yield Finding(WARNING, "disk", f"others can look into {folder}", f"chmod 700 {folder}")
