"""As whom the server runs, and that it dies with its parent.

PostgreSQL refuses to run as root. On Linux we start it in a user namespace with one entry, where root's files
belong to `nobody`: nothing is chmodded, no user is created. Where namespaces are forbidden (many containers)
we drop to `nobody`, which then has to be able to reach the folders.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

NOBODY = 65534
PR_SET_PDEATHSIG = 1

Prepare = Callable[[], None]


@dataclass(frozen=True)
class Identity:
    """How to become somebody PostgreSQL accepts: `prepare` runs in the child, `owner` is who must own the files."""

    name: str
    prepare: Prepare
    owner: int | None = None

    def own(self, *folders: Path) -> None:
        """Give the files to whoever will run the server (only ever needed as root)."""
        if self.owner is None or os.geteuid() != 0:
            return
        for folder in folders:
            if folder.exists() and folder.stat().st_uid != self.owner:
                _chown_tree(folder, self.owner)


def current_identity(binaries: Path, folder: Path) -> Identity | None:
    """The first way that works here, or None when PostgreSQL cannot be run by this user at all."""
    return next((way for way in _ways() if _works(way, binaries, folder)), None)


def die_with_parent(sent: signal.Signals = signal.SIGINT) -> None:
    """Called in a child: the kernel sends `sent` when the parent is gone, even after kill -9 (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, sent)


def _ways() -> list[Identity]:
    if os.geteuid() == 0:
        ways = [Identity("dropped", _drop, owner=NOBODY)]
        return [Identity("namespace", _unshare, owner=0), *ways] if _can_unshare() else ways
    if _has_passwd_entry() or not _can_unshare():
        return [Identity("plain", _nothing)]
    return [Identity("namespace", _unshare)]  # `docker --user 1234`: initdb wants a name for the uid


def _works(way: Identity, binaries: Path, folder: Path) -> bool:
    """Can the server's user run the programs and reach the folder?"""
    if way.name == "plain":
        return True
    way_to_test = shutil.which("test") or "/usr/bin/test"
    try:
        runs = subprocess.run([binaries / "postgres", "-V"], preexec_fn=way.prepare, capture_output=True)
        reach = subprocess.run([way_to_test, "-x", folder], preexec_fn=way.prepare, capture_output=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return runs.returncode == 0 and reach.returncode == 0


def _nothing() -> None:
    pass


def _unshare() -> None:
    outside_uid, outside_gid = os.geteuid(), os.getegid()
    os.unshare(os.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{NOBODY} {outside_uid} 1")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} {outside_gid} 1")


def _drop() -> None:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


def _can_unshare() -> bool:
    return sys.platform == "linux" and hasattr(os, "unshare")


def _has_passwd_entry() -> bool:
    import pwd

    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        return False
    return True


def _chown_tree(folder: Path, owner: int) -> None:
    for place, _, files in os.walk(folder):
        os.chown(place, owner, -1)
        for name in files:
            os.chown(Path(place) / name, owner, -1)
