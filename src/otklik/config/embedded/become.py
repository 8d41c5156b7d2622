"""Run as a script: become somebody PostgreSQL accepts, then become the program.

    python -I -S become.py WAY TIED PROGRAM [ARGUMENT…]

WAY is plain, namespace or dropped (see identity.py); TIED is 1 when the program has to end with the parent. A
script instead of `preexec_fn`, because the supervisor has threads when it has to start the database again.
"""

import ctypes
import os
import signal
import sys

NOBODY = 65534
PR_SET_PDEATHSIG = 1


def become(way: str) -> None:
    if way == "namespace":
        unshare()
    elif way == "dropped":
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def unshare() -> None:
    """A user namespace with one entry: our files belong to `nobody` in there."""
    uid, gid = os.geteuid(), os.getegid()
    os.unshare(os.CLONE_NEWUSER)
    for name, words in (
        ("setgroups", "deny"),
        ("uid_map", f"{NOBODY} {uid} 1"),
        ("gid_map", f"{NOBODY} {gid} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as stream:
            stream.write(words)


def die_with_parent(sent: signal.Signals = signal.SIGINT) -> None:
    """The kernel sends `sent` when the parent is gone, even after kill -9 (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, sent)


def main() -> None:
    way, tied, *command = sys.argv[1:]
    parent = os.getppid()
    become(way)
    if tied == "1":
        die_with_parent()
        if os.getppid() != parent:
            raise SystemExit("The parent is already gone.")
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
