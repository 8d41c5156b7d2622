"""Pages and pictures, set in a child with limits: a report may be long, and what is in it came from many hands."""

import json
import re
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from otklik.core import apart
from otklik.core.paper.blocks import Block, Cell, Chart, Heading, Paper, Table, Told
from otklik.core.paper.colours import colours

SECONDS = 20
MEMORY = 1024 * 1024 * 1024
"""Of address space: threads and fonts take most of it, a long table some 60 MB."""
AT_ONCE = 2
WAIT = 10
MOST_ROWS = 1_000
"""Of one table; what is more belongs into a CSV, and the paper says how much that is."""
LONGEST = 2_000
"""Characters of one text."""
ONE_THREAD = {"RAYON_NUM_THREADS": "1"}
DRAWINGS = ("svg", "narrow")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
WITHOUT_BREAK = re.compile(r"\S{24}(?=\S)")

_SCRIPT = str(Path(__file__).with_name("setting.py"))
_room = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Not now, perhaps soon: others are being printed, or the machine has other work."""


class Unprintable(Exception):
    """It could not be set within the limits."""


def pdf(paper: Paper) -> bytes:
    """Pages of A4, numbered; numbers of charts as tables at the end.  Raises Busy, Unprintable."""
    blocks = [*paper.blocks, *(_twins(paper.blocks) if paper.twins else [])]
    told = {**asdict(paper), "blocks": [_block(one) for one in blocks]}
    return _set("pdf", told)


def picture(block: Block, language: str = "en") -> bytes:
    """One block as PNG, 420 pixels wide and twice as sharp, on white.  Raises Busy, Unprintable."""
    shown = replace(block, svg=block.narrow) if isinstance(block, Chart) else block
    return _set("png", {"blocks": [_block(shown)], "language": language})


def _twins(blocks: Sequence[Block]) -> list[Block]:
    charts = [one for one in blocks if isinstance(one, Chart) and one.twin]
    if not charts:
        return []
    tables = [part for one in charts if one.twin for part in (Heading("", one.says), one.twin)]
    return [Heading(_("Charts as tables")), *tables]


def _block(block: Block) -> dict[str, Any]:
    """As the setting program reads it: its kind, and what is in it."""
    told = {"kind": type(block).__name__.lower(), **asdict(block)}
    if isinstance(block, Table):
        rows: list[list[Any]] = [[asdict(_cell(cell)) for cell in row] for row in block.rows[:MOST_ROWS]]
        told["rows"], told["more"] = rows, _more(len(block.rows) - MOST_ROWS)
    return told


def _cell(told: Told) -> Cell:
    return told if isinstance(told, Cell) else Cell(told)


def _more(rows: int) -> str:
    return _("Rows that are only in the CSV and XLSX: %(count)s") % {"count": rows} if rows > 0 else ""


def _set(form: str, told: dict[str, Any]) -> bytes:
    if not _room.acquire(timeout=WAIT):
        raise Busy
    content = json.dumps({**_clean(told), "colours": colours()}, default=str).encode()
    try:
        return apart.run(_SCRIPT, form, content=content, memory=MEMORY, seconds=SECONDS, environment=ONE_THREAD)
    except subprocess.CalledProcessError as trouble:  # what needs too much time of the processor ends so, too
        raise Unprintable(_last_line(trouble.stderr)) from None
    except (OSError, subprocess.TimeoutExpired) as trouble:
        raise Busy from trouble
    finally:
        _room.release()


def _last_line(told: bytes | None) -> str:
    lines = (told or b"").decode(errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else "time"


def _clean(told: Any) -> Any:
    """Every text that can be shown: nothing unseen, no word that is wider than a column, lazy ones said now."""
    match told:
        case dict():
            return {name: value if name in DRAWINGS else _clean(value) for name, value in told.items()}
        case list() | tuple():
            return [_clean(one) for one in told]
        case None | bool() | int() | float():
            return told
        case _:
            return _breakable(UNSEEN.sub("", str(told))[:LONGEST])


_breakable = partial(WITHOUT_BREAK.sub, "\\g<0>\u200b")
