"""As whom the server runs.

PostgreSQL refuses to run as root. On Linux we start it in a user namespace with one entry, where root's files
belong to `nobody`: nothing is chmodded, no user is created. Where namespaces are forbidden (many containers)
we drop to `nobody`, which then has to be able to reach the folders.
"""

import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from otklik.config.embedded.become import NOBODY

SCRIPT = Path(__file__).with_name("become.py")


@dataclass(frozen=True)
class Identity:
    """A way to become somebody PostgreSQL accepts; `owner` is who must own the files (None: whoever does)."""

    way: str
    owner: int | None = None

    def command(self, *command: str | Path, tied: bool = False) -> list[str]:
        """The command line that runs `command` as this identity; `tied` lets it end with us."""
        return [sys.executable, "-I", "-S", str(SCRIPT), self.way, "1" if tied else "0", *map(str, command)]

    def own(self, *places: Path) -> None:
        """Give the files to whoever will run the server (only ever needed as root)."""
        if self.owner is None or os.geteuid() != 0:
            return
        for place in places:
            if place.exists() and place.stat().st_uid != self.owner:
                _chown_tree(place, self.owner)


def current_identity(binaries: Path, folder: Path) -> Identity | None:
    """The first way that works here, or None when PostgreSQL cannot be run by this user at all."""
    return next((way for way in _ways() if _works(way, binaries, folder)), None)


def _ways() -> list[Identity]:
    namespace = [Identity("namespace", owner=os.geteuid())] if hasattr(os, "unshare") else []
    if os.geteuid() == 0:
        return [*namespace, Identity("dropped", owner=NOBODY)]
    # initdb wants a name for the uid: `docker --user 1234` has none
    return [Identity("plain")] if _has_name(os.geteuid()) else [*namespace, Identity("plain")]


def _works(way: Identity, binaries: Path, folder: Path) -> bool:
    """Can the server's user run the programs and reach the folder?"""
    if way.way == "plain":
        return True
    if way.way == "dropped":
        folder.chmod(0o711)  # to be walked through, not to be listed
    test = shutil.which("test") or "/usr/bin/test"
    question = way.command(test, "-x", folder, "-a", "-x", binaries / "postgres")
    return subprocess.run(question, capture_output=True).returncode == 0


def _has_name(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _chown_tree(place: Path, owner: int) -> None:
    os.chown(place, owner, -1)
    for folder, folders, files in os.walk(place):
        for name in (*folders, *files):
            os.chown(Path(folder) / name, owner, -1)
