"""Run as a script, alone in a child: a foreign file from stdin is drawn, and the drawing goes to stdout.

    python -I drawing.py page PAGE WIDTH MEMORY SECONDS       a page of a PDF as PNG, after a line: the count of pages
    python -I drawing.py picture WIDTH HEIGHT MEMORY SECONDS  a picture that fits, after a line: its size and its plate
    python -I drawing.py shown LONGEST MOST MEMORY SECONDS    a picture as people see it, of its pixels alone

It gives its rights away before it reads anything: no network, no new files, little memory, little time.
"""

import contextlib
import io
import itertools
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
    {"page": draw_page, "picture": draw_picture, "shown": draw_shown}[what](*map(int, numbers))


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


def draw_shown(longest: int, most: int, memory: int, seconds: int) -> None:
    """Turned as it is meant, no longer than `longest`; nothing that has more than `most` pixels is even begun.

    Where it was taken, by what and by whom, comments, earlier versions and whatever lies behind the end stay behind.
    """
    from PIL import GifImagePlugin, Image, ImageFile, ImageOps, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

    del GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # they are known to Image now
    give_rights_away(memory, seconds)
    Image.MAX_IMAGE_PIXELS = None  # our own limit is an error and no warning
    ImageFile.LOAD_TRUNCATED_IMAGES = True  # a picture that was cut off shows what is there of it
    found = Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=("PNG", "JPEG", "GIF", "WEBP"))
    kind, size = found.format, (longest, longest)
    if found.width * found.height > most:
        sys.exit(1)
    frames = getattr(found, "n_frames", 1)
    if kind in ("GIF", "WEBP") and 1 < frames <= most // (found.width * found.height):
        sys.stdout.buffer.write(moving(Image, found, kind, size))
        return
    found.draft("RGB", size)  # a JPEG of a large camera is read in a half or a quarter of its size
    still = bare(Image, ImageOps.exif_transpose(found), size)
    drawn = io.BytesIO()
    if kind == "JPEG":
        still.convert("RGB").save(drawn, "JPEG", quality=88)
    else:
        still.save(drawn, "PNG", compress_level=3)
    sys.stdout.buffer.write(drawn.getvalue())


def moving(image: Any, found: Any, kind: str, size: tuple[int, int]) -> bytes:
    """Every frame by itself, each as long as it was shown."""
    frames, lasts = [], []
    for number in itertools.count():
        try:
            found.seek(number)
        except EOFError:
            break
        frames.append(bare(image, found, size))
        lasts.append(int(found.info.get("duration") or 100))
    drawn = io.BytesIO()
    frames[0].save(drawn, kind, save_all=True, append_images=frames[1:], duration=lasts, loop=found.info.get("loop", 0))
    return drawn.getvalue()


def bare(image: Any, found: Any, size: tuple[int, int]) -> Any:
    """A picture that was made of nothing but the pixels of another."""
    seen = found.convert("RGBA" if found.has_transparency_data else "RGB")
    seen.thumbnail(size)
    return image.frombytes(seen.mode, seen.size, seen.tobytes())


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
