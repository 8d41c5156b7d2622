"""Run as a script, alone in a child: a foreign file from stdin becomes a PNG on stdout, after a line of facts.

    python -I drawing.py page PAGE WIDTH MEMORY SECONDS       a page of a PDF, after the count of pages
    python -I drawing.py picture WIDTH HEIGHT MEMORY SECONDS  a picture that fits, after its size and its plate

It gives its rights away before it reads anything: no network, no new files, little memory, little time.
"""

import contextlib
import io
import os
import resource
import sys
from pathlib import Path
from typing import Any

TALLEST = 5_000  # pixels; a page may say that it is a kilometre high
MOST_PIXELS = 40_000_000
FEW_COLOURS = 64 * 1024  # bytes of a PNG from which on 256 colours have to do


def main() -> None:
    what, *numbers = sys.argv[1:]
    (draw_page if what == "page" else draw_picture)(*map(int, numbers))


def draw_page(page: int, width: int, memory: int, seconds: int) -> None:
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


def draw_picture(width: int, height: int, memory: int, seconds: int) -> None:
    """Nothing of the file goes on but its pixels: no profile, no remark, no second frame, no empty border."""
    from PIL import GifImagePlugin, Image, ImageStat, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401

    give_rights_away(memory, seconds)
    file = Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=["PNG", "JPEG", "GIF", "WEBP"])
    if file.width * file.height > MOST_PIXELS:
        sys.exit(1)
    picture = file.convert("RGBA")
    seen = picture.getchannel("A").point([0] * 9 + [255] * 247).getbbox()
    if seen is None:
        sys.exit(1)
    picture = picture.crop(seen)
    picture.thumbnail((width, height), Image.Resampling.LANCZOS)
    plain = Image.new("RGBA", picture.size)
    plain.paste(picture)
    drawn = io.BytesIO()
    plain.save(drawn, "PNG", optimize=True)
    if drawn.tell() > FEW_COLOURS:
        drawn = io.BytesIO()
        plain.quantize(256, Image.Quantize.FASTOCTREE).save(drawn, "PNG", optimize=True)
    facts = b"%d %d %s\n" % (*plain.size, plate_of(plain).encode())
    sys.stdout.buffer.write(facts + drawn.getvalue())


def plate_of(picture: Any) -> str:
    """What has to stand behind a picture that lets the page shine through: white behind a dark one, else black."""
    from PIL.ImageStat import Stat

    cover = picture.getchannel("A")
    if cover.getextrema()[0] > 250:
        return ""
    return "#ffffff" if Stat(picture.convert("L"), cover).mean[0] < 160 else "#1b1c1e"


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
