"""Run as a script, alone in a child: one page of a PDF from stdin becomes a PNG on stdout, after a line with the count.

    python -I drawing.py PAGE WIDTH MEMORY SECONDS

It gives its rights away before it reads anything: no network, no new files, little memory, little time.
"""

import contextlib
import io
import os
import resource
import sys
from pathlib import Path

TALLEST = 5_000  # pixels; a page may say that it is a kilometre high


def main() -> None:
    page, width, memory, seconds = map(int, sys.argv[1:])
    import pypdfium2  # before the limits: the libraries themselves take address space
    from PIL import PngImagePlugin  # noqa: F401 - likewise

    give_rights_away(memory, seconds)
    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    count = len(document)
    if not 1 <= page <= count:
        sys.exit(1)
    leaf = document[page - 1]
    across, down = leaf.get_size()
    scale = min(width / max(across, 1), TALLEST / max(down, 1))
    picture = leaf.render(scale=scale, may_draw_forms=False).to_pil()
    drawn = io.BytesIO()
    picture.save(drawn, "PNG", compress_level=3)
    sys.stdout.buffer.write(b"%d\n" % count + drawn.getvalue())


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
