"""Catalogues of texts: .po files are in the repository, .mo files are made from them when they are stale."""

import os
from collections.abc import Iterator
from pathlib import Path

from otklik.config.paths import PACKAGE


def catalogues() -> Iterator[Path]:
    yield from sorted(PACKAGE.glob("**/locale/*/LC_MESSAGES/*.po"))


def compile_stale(*, force: bool = False) -> list[Path]:
    """Compile what changed since the last time; returns the sources."""
    stale = [source for source in catalogues() if force or _is_stale(source)]
    for source in stale:
        _compile(source)
    return stale


def _is_stale(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> None:
    import polib

    beside = source.with_suffix(f".mo.{os.getpid()}")
    try:
        polib.pofile(str(source)).save_as_mofile(str(beside))
        beside.replace(source.with_suffix(".mo"))
    except PermissionError:  # an installed package is compiled when it is built
        return
