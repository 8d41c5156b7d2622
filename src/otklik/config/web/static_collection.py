"""Collecting static files when they changed: their hashed and compressed copies live in the data folder."""

import hashlib
from pathlib import Path


def is_stale() -> bool:
    """Did a source file change since the last time?"""
    from django.conf import settings

    return not settings.DEBUG and _stamp().read_text() != fingerprint() if _stamp().exists() else not settings.DEBUG


def collect() -> None:
    """Make STATIC_ROOT fresh."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    _stamp().write_text(fingerprint())


def _stamp() -> Path:
    from django.conf import settings

    return Path(settings.STATIC_ROOT) / ".stamp"


def fingerprint() -> str:
    """Changes when any source file changes in name, size or time."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            seen = Path(storage.path(name)).stat()
            digest.update(f"{name} {seen.st_size} {int(seen.st_mtime)}\n".encode())
    return digest.hexdigest()
