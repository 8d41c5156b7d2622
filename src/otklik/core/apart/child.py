"""Run as a script, alone in a child: the work of another script, without rights.

    python -I child.py SCRIPT MEMORY SECONDS WORDS…

The script has `prepare(*words)`, which imports what it needs (libraries themselves take address space), and
`work(content, *words)`, which makes the answer on stdout of what came on stdin.  Between the two the rights go: no
network, no new files, little memory, little time.
"""

import contextlib
import os
import resource
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path


def main() -> None:
    place, memory, seconds, *words = sys.argv[1:]
    spec = spec_from_file_location("script", place)
    assert spec and spec.loader
    script = module_from_spec(spec)
    spec.loader.exec_module(script)
    script.prepare(*words)
    give_rights_away(int(memory), int(seconds))
    sys.stdout.buffer.write(script.work(sys.stdin.buffer.read(), *words))


def give_rights_away(memory: int, seconds: int) -> None:
    if hasattr(os, "unshare"):
        with contextlib.suppress(OSError):  # where namespaces are forbidden the other limits remain
            os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))


if __name__ == "__main__":
    main()
