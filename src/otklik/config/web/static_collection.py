"""Collecting static files when they changed: their hashed and compressed copies live in the data folder."""

import hashlib
from pathlib import Path


def collect(*, force: bool = False) -> bool:
    """Make STATIC_ROOT fresh; True when there was something to do."""
    from django.conf import settings
    from django.core.management import call_command

    if settings.DEBUG:
        return False
    stamp, now = Path(settings.STATIC_ROOT) / ".stamp", fingerprint()
    if not force and stamp.exists() and stamp.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    stamp.write_text(now)
    return True


def fingerprint() -> str:
    """Changes when any source file changes in name, size or time."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            seen = Path(storage.path(name)).stat()
            digest.update(f"{name} {seen.st_size} {seen.st_mtime_ns}\n".encode())
    return digest.hexdigest()
