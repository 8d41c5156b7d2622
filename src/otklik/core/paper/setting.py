"""Run as a script, alone in a child: a description from stdin is set by Typst, and the pages go to stdout.

    python -I setting.py pdf MEMORY SECONDS   all pages as PDF
    python -I setting.py png MEMORY SECONDS   one block as a picture

It gives its rights away before it reads anything: no network, no new files, little memory, little time.  What it reads
are texts and numbers; the only markup is `paper.typ`, and no text is ever read as such.
"""

import contextlib
import os
import resource
import sys
from pathlib import Path
from typing import Literal

SHARP = 144.0 * 4 / 3
"""Two pixels of the picture for each of the screen, of which a point has 4/3."""


def main() -> None:
    import typst  # before the limits: the library itself takes address space

    form: Literal["pdf", "png"] = "png" if sys.argv[1] == "png" else "pdf"
    memory, seconds = int(sys.argv[2]), int(sys.argv[3])
    page = Path(__file__).with_name("paper.typ").read_bytes()
    give_rights_away(memory, seconds)
    told = {"told": sys.stdin.buffer.read().decode(), "form": form}
    compiler = typst.Compiler(page, root="/", ignore_system_fonts=True, sys_inputs=told)
    made = compiler.compile(format=form, ppi=SHARP if form == "png" else None)
    sys.stdout.buffer.write((made[0] if isinstance(made, list) else made) or b"")


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
