"""Is every text on screen translated into Russian, and does every translation keep its placeholders?

The texts are collected anew (with gettext's xgettext) in a copy of the sources and compared with the catalogue.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from otklik.config.checks.runner import SKIPPED
from otklik.config.paths import PACKAGE
from otklik.config.terminal import say

LANGUAGE = "ru"
CATALOGUE = PACKAGE / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
COLLECTED = {".html", ".py", ".txt"}
SHOWN = 30


def check() -> int:
    """Exit code: 0 good, 1 something is missing, 77 gettext is not installed."""
    if shutil.which("xgettext") is None:
        say("gettext is not installed (Debian: apt-get install gettext); translations were not compared.")
        return SKIPPED
    problems = list(_problems())
    for line in problems[:SHOWN]:
        say(line)
    if problems:
        say(f"{len(problems)} problems in {CATALOGUE.relative_to(PACKAGE)}.")
    return 1 if problems else 0


def _problems() -> Iterator[str]:
    import polib

    if not CATALOGUE.exists():
        yield f"{CATALOGUE} is missing"
        return
    known = {_key(entry): entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}
    for wanted in collect():
        entry = known.get(_key(wanted))
        if entry is None:
            yield f"not in the catalogue: {wanted.msgid!r}  ({_place(wanted)})"
        elif not entry.translated():
            yield f"not translated: {wanted.msgid!r}  ({_place(wanted)})"
    yield from _broken()


def collect() -> list[Any]:
    """Every text of the product, as entries of a fresh catalogue."""
    import polib

    with tempfile.TemporaryDirectory(prefix="otklik-texts-") as place:
        root = Path(place) / "otklik"
        _copy_sources(root)
        (root / "locale").mkdir(exist_ok=True)
        words = [sys.executable, "-m", "django", "makemessages", "-l", LANGUAGE, "--no-wrap", "-v0"]
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        done = subprocess.run(words, cwd=root, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return list(polib.pofile(str(root / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po")))


def _copy_sources(root: Path) -> None:
    """Where a module has `_` for later (gettext_lazy) and `_now` for at once, gettext's tools know the first alone."""
    for source in PACKAGE.rglob("*"):
        if source.suffix in COLLECTED and "tests" not in source.parts:
            target = root / source.relative_to(PACKAGE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(source.read_text().replace("_now(", "gettext("))


def _broken() -> Iterator[str]:
    """A translation that lost a placeholder would fail at the moment it is shown."""
    done = subprocess.run(
        ["msgfmt", "--check-format", "-o", os.devnull, str(CATALOGUE)], capture_output=True, text=True
    )
    if done.returncode:
        yield from done.stderr.strip().splitlines()


def _key(entry: Any) -> tuple[str | None, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def _place(entry: Any) -> str:
    return ", ".join(f"{name}:{line}" for name, line in entry.occurrences[:2])
