"""Work of a child without rights (`core/apart`): a foreign file is drawn.

    page PAGE WIDTH       a page of a PDF as PNG, after a line: the count of pages
    picture WIDTH HEIGHT  a picture that fits, after a line: its size and its plate
    shown LONGEST MOST    a picture as people see it, of its pixels alone

It ends with 1 where there is nothing to draw.
"""

import io
import itertools
import sys
from importlib import import_module
from typing import Any

TALLEST = 5_000  # pixels; a page may say that it is a kilometre high
MOST_PIXELS = 40_000_000
FEW_COLOURS = 64 * 1024  # bytes of a PNG from which on 256 colours have to do
_PICTURES = ("PIL.GifImagePlugin", "PIL.JpegImagePlugin", "PIL.PngImagePlugin", "PIL.WebPImagePlugin")
LIBRARIES = {
    "page": ("pypdfium2", "PIL.PngImagePlugin"),
    "picture": ("PIL.ImageStat", *_PICTURES),
    "shown": ("PIL.ImageFile", "PIL.ImageOps", *_PICTURES),
}


def prepare(what: str, *_numbers: str) -> None:
    for name in LIBRARIES[what]:
        import_module(name)


def work(content: bytes, what: str, *numbers: str) -> bytes:
    draw = {"page": draw_page, "picture": draw_picture, "shown": draw_shown}[what]
    return draw(content, *map(int, numbers))


def draw_page(content: bytes, page: int, width: int) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    count = len(document)
    if not 1 <= page <= count:
        sys.exit(1)
    leaf = document[page - 1]
    across, down = leaf.get_size()
    scale = min(width / max(across, 1), TALLEST / max(down, 1))
    picture = leaf.render(scale=scale, may_draw_forms=False).to_pil()
    drawn = io.BytesIO()
    picture.save(drawn, "PNG", compress_level=3)
    return b"%d\n" % count + drawn.getvalue()


def draw_picture(content: bytes, width: int, height: int) -> bytes:
    """Nothing of the file goes on but its pixels: no profile, no remark, no second frame, no empty border."""
    from PIL import Image

    file = Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "GIF", "WEBP"])
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
    return facts + drawn.getvalue()


def plate_of(picture: Any) -> str:
    """What has to stand behind a picture that lets the page shine through: white behind a dark one, else black."""
    from PIL.ImageStat import Stat

    cover = picture.getchannel("A")
    if cover.getextrema()[0] > 250:
        return ""
    return "#ffffff" if Stat(picture.convert("L"), cover).mean[0] < 160 else "#1b1c1e"


def draw_shown(content: bytes, longest: int, most: int) -> bytes:
    """Turned as it is meant, no longer than `longest`; nothing that has more than `most` pixels is even begun.

    Where it was taken, by what and by whom, comments, earlier versions and whatever lies behind the end stay behind.
    """
    from PIL import Image, ImageFile, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # our own limit is an error and no warning
    ImageFile.LOAD_TRUNCATED_IMAGES = True  # a picture that was cut off shows what is there of it
    found = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "GIF", "WEBP"))
    kind, size = found.format, (longest, longest)
    if found.width * found.height > most:
        sys.exit(1)
    frames = getattr(found, "n_frames", 1)
    if kind in ("GIF", "WEBP") and 1 < frames <= most // (found.width * found.height):
        return moving(Image, found, kind, size)
    found.draft("RGB", size)  # a JPEG of a large camera is read in a half or a quarter of its size
    still = bare(Image, ImageOps.exif_transpose(found), size)
    drawn = io.BytesIO()
    if kind == "JPEG":
        still.convert("RGB").save(drawn, "JPEG", quality=88)
    else:
        still.save(drawn, "PNG", compress_level=3)
    return drawn.getvalue()


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
