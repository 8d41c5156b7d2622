"""FILE-3: previews work within limits and give up quietly."""

import time
from concurrent.futures import ThreadPoolExecutor, wait
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from otklik.core import apart
from otklik.desk.conversations import pages
from otklik.desk.conversations.pages import page_of, picture_of
from otklik.desk.conversations.tests.papers import hostile, paper
from tests.fixtures.live import wait_until

HOSTILE = hostile()


def test_a_page_becomes_a_picture() -> None:
    drawn = page_of(ContentFile(paper()), 2)

    assert drawn is not None and drawn.count == 2
    picture = Image.open(BytesIO(drawn.png)).convert("RGB")
    assert picture.size == (1200, 1800)
    assert picture.getpixel((400, 1300)) == (255, 0, 0) and picture.getpixel((1100, 100)) == (255, 255, 255)


def test_half_of_the_threads_of_pages_draw_or_wait_and_nobody_else_waits_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As many as there are come at once: those who find no place hear at once that it is to be later."""
    monkeypatch.setattr(pages, "_SCRIPT", "/nowhere")
    places = [pages._room.acquire(blocking=False) for _ in range(pages.AT_ONCE)]
    assert all(places) and settings.WEB_THREADS // 2 == pages.INSIDE

    def is_refused(_number: int) -> bool:
        try:
            page_of(ContentFile(paper()), 1)
        except pages.Busy:
            return True
        return False

    with ThreadPoolExecutor(settings.WEB_THREADS) as pool:
        tried = [pool.submit(is_refused, number) for number in range(settings.WEB_THREADS)]
        wait_until(lambda: sum(one.done() for one in tried) >= settings.WEB_THREADS - pages.INSIDE)
        waiting = wait(tried, 0.2).not_done
        for _ in places:
            pages._room.release()
        refused = [one.result() for one in tried if one not in waiting]

    assert len(waiting) == pages.INSIDE and refused == [True] * len(refused), "before any place was free again"


@pytest.mark.parametrize("number", [0, 3, -1, 10**9])
def test_a_page_that_is_not_there_is_none(number: int) -> None:
    assert page_of(ContentFile(paper()), number) is None


def test_a_page_of_a_kilometre_is_drawn_small() -> None:
    drawn = page_of(ContentFile(paper(box="0 0 3 14400")), 1)

    assert drawn is not None and max(Image.open(BytesIO(drawn.png)).size) <= 5000


def test_scripts_and_actions_of_a_file_do_nothing() -> None:
    acts = "/OpenAction << /S /JavaScript /JS (app.alert(1)) >> /AA << /WC << /S /URI /URI (http://127.0.0.1:9/) >> >>"

    assert page_of(ContentFile(paper(more=acts)), 1) is not None


WEIGHED = """
import resource, subprocess, sys
from pathlib import Path
done = subprocess.run([sys.executable, "-I", {child!r}, *sys.argv[1:]])
Path({peak!r}).write_text(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(done.returncode)
"""
"""The real child under a small parent: a process begins with the peak of the one that started it, so the memory of
a child of the test run itself would be that of the test run."""


@pytest.mark.parametrize("name", HOSTILE)
def test_FILE_3_a_hostile_pdf_costs_little_and_is_quietly_not_shown(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that can be drawn in the limits is fine as well."""
    peak, weighed = tmp_path / "peak", tmp_path / "weighed.py"
    weighed.write_text(WEIGHED.format(child=apart.CHILD, peak=str(peak)))
    monkeypatch.setattr(apart, "CHILD", str(weighed))
    began = time.monotonic()
    drawn = page_of(ContentFile(HOSTILE[name]), 1)

    assert drawn is None or drawn.png.startswith(b"\x89PNG")
    assert time.monotonic() - began < pages.SECONDS + 15  # the child is stopped; to begin one takes its time, too
    if drawn is not None or peak.exists():  # who was stopped at their time has not weighed anything
        assert int(peak.read_text()) * 1024 < pages.MEMORY + 300 * 1024 * 1024


def test_FILE_3_a_file_that_is_too_large_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    content = paper()
    monkeypatch.setattr(pages, "LARGEST", len(content) - 1)

    assert page_of(ContentFile(content), 1) is None


# -- pictures drawn anew ----------------------------------------------------------------------------------------


def picture(kind: str = "PNG", size: tuple[int, int] = (900, 400), colour: str = "#0a5a3c", **save: Any) -> bytes:
    """A round spot on nothing, with a remark where the kind has room for one."""
    drawn = Image.new("RGBA", size)
    ImageDraw.Draw(drawn).ellipse((100, 50, 400, 350), fill=colour)
    content = BytesIO()
    (drawn.convert("RGB") if kind == "JPEG" else drawn).save(content, kind, **save)
    return content.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "JPEG"])
def test_a_picture_is_drawn_anew_inside_of_its_box(kind: str) -> None:
    drawn = picture_of(ContentFile(picture(kind)), 480, 160)
    assert drawn is not None and drawn.width <= 480 and drawn.height == 160
    shown = Image.open(BytesIO(drawn.png))
    assert (shown.format, shown.size) == ("PNG", (drawn.width, drawn.height))
    if kind != "JPEG":
        assert drawn.width == 160  # the empty border is gone


def test_what_stands_behind_depends_on_how_dark_the_picture_is() -> None:
    plates = [picture_of(ContentFile(picture(colour=colour)), 99, 99) for colour in ("#0a5a3c", "#f4f4f0")]
    assert [drawn and drawn.plate for drawn in plates] == ["#ffffff", "#1b1c1e"]
    own = picture_of(ContentFile(picture("JPEG")), 99, 99)
    assert own and own.plate == ""


def test_nothing_of_the_file_goes_on_but_its_pixels() -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    for content in (
        picture("JPEG", exif=exif),
        picture("PNG") + b"<script>secret</script>",
        picture("WEBP", exif=exif),
    ):
        drawn = picture_of(ContentFile(content), 480, 160)
        assert drawn is not None and b"secret" not in drawn.png


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 500,
        picture()[:200],
        picture("PNG", (400, 400), "#00000000"),
        b"GIF89a" + b"\xff" * 64,
    ],
    ids=["nothing", "svg", "broken", "cut", "empty", "gif"],
)
def test_FILE_3_what_is_no_picture_is_quietly_none(content: bytes) -> None:
    assert picture_of(ContentFile(content), 480, 160) is None


def test_FILE_3_a_picture_that_would_fill_the_memory_is_not_opened() -> None:
    bomb = BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    assert picture_of(ContentFile(bomb.getvalue()), 480, 160) is None
