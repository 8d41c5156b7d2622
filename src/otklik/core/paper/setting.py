"""Work of a child without rights (`core/apart`): a description is set by Typst.

The words are "pdf" for all pages, or "png" for one block as a picture.  What it reads are texts and numbers; the only
markup is `paper.typ`, and no text is ever read as such.
"""

from pathlib import Path
from typing import Literal

SHARP = 144.0 * 4 / 3
"""Two pixels of the picture for each of the screen, of which a point has 4/3."""
PAGE = Path(__file__).with_name("paper.typ").read_bytes()


def prepare(_form: str) -> None:
    import typst  # noqa: F401 - the library itself takes address space


def work(content: bytes, form: Literal["pdf", "png"]) -> bytes:
    import typst

    told = {"told": content.decode(), "form": form}
    compiler = typst.Compiler(PAGE, root="/", ignore_system_fonts=True, sys_inputs=told)
    made = compiler.compile(format=form, ppi=SHARP if form == "png" else None)
    return (made[0] if isinstance(made, list) else made) or b""
