"""A paper as a letter: a text with every number, and HTML that mail programs understand, with charts as pictures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import inf
from time import monotonic

from django.utils.html import escape

from otklik.core.paper.blocks import (
    Bars,
    Block,
    Cell,
    Chart,
    Facts,
    Figure,
    Figures,
    Heading,
    Heat,
    Paper,
    Table,
    Told,
    Words,
)
from otklik.core.paper.colours import colours
from otklik.core.paper.printing import Busy, picture

MOST_ROWS = 60
"""Of one table in a letter; the PDF beside it has more."""
ABREAST = 3
"""Columns that stand beside each other on a phone; a table of more is told row by row."""
WIDTH = 640
PICTURE = 560
"""Pixels that a picture takes where there is room."""


@dataclass
class Letter:
    """`pictures` are PNG by the name that the HTML calls them by (`cid:`)."""

    text: str
    html: str
    pictures: dict[str, bytes] = field(default_factory=dict)


def letter_of(paper: Paper, foot: Sequence[tuple[str, str]] = (), *, seconds: float = inf) -> Letter:
    """`foot` are links at the end: (words, address); no picture is begun after so many seconds.

    Raises Busy, Unprintable.
    """
    drawn = _Drawn(paper.language, monotonic() + seconds)
    body = "".join(_html(block, drawn) for block in paper.blocks)
    ends = [*_text_lines(paper), *(f"{says}: {address}" for says, address in foot)]
    return Letter("\n".join(ends) + "\n", _page(paper, body, foot), drawn.pictures)


@dataclass
class _Drawn:
    """The pictures of a letter so far, and until when others are begun (`monotonic`)."""

    language: str
    until: float
    pictures: dict[str, bytes] = field(default_factory=dict)

    def add(self, block: Chart | Bars | Heat) -> str:
        """Its name."""
        if monotonic() > self.until:
            raise Busy
        name = f"chart{len(self.pictures) + 1}"
        self.pictures[name] = picture(block, self.language)
        return name


def _text_lines(paper: Paper) -> Iterator[str]:
    yield paper.title
    if paper.lead:
        yield from ("", paper.lead)
    yield ""
    yield from (f"{name}: {value}" for name, value in paper.facts)
    for block in paper.blocks:
        yield from _said(block)
    yield ""


def _said(block: Block) -> Iterator[str]:
    """One line for each thing, so that it reads in any font."""
    match block:
        case Heading():
            yield from ("", " · ".join(one for one in (block.text.upper(), block.note) if one))
        case Words():
            yield block.text
        case Facts():
            yield from (f"- {name}: {value}" for name, value in block.rows)
        case Figures():
            yield from (_figure_said(one) for one in block.items)
        case Table():
            yield from _rows_said(block)
        case Chart():
            yield block.says
            yield from _rows_said(block.twin) if block.twin else ()
        case Bars():
            yield from (f"- {label}: {said}" for label, _starts, _long, said in block.rows)
        case Heat():
            yield block.says
            yield from (f"- {name}: {', '.join(said for _step, said in cells)}" for name, cells in block.rows)


def _figure_said(one: Figure) -> str:
    more = "; ".join(note for note in (one.was, *one.notes) if note)
    return f"- {one.label}: {one.value}" + (f" ({more})" if more else "")


def _rows_said(table: Table) -> Iterator[str]:
    for row in table.rows:
        first, *rest = (_cell(cell) for cell in row)
        told = "; ".join(f"{head}: {_cell_said(cell)}" for head, cell in zip(table.heads[1:], rest, strict=False))
        yield f"- {first.text}" + (f": {told}" if told else "")


def _cell_said(cell: Cell) -> str:
    return f"{cell.text} ({cell.note})" if cell.note else cell.text


def _cell(told: Told) -> Cell:
    return told if isinstance(told, Cell) else Cell(told)


def _html(block: Block, drawn: _Drawn) -> str:
    match block:
        case Heading():
            note = f'<p style="{_mute()};margin:2px 0 0">{escape(block.note)}</p>' if block.note else ""
            title = f'<h2 style="font-size:17px;margin:0">{escape(block.text)}</h2>' if block.text else ""
            return f'<div style="margin:28px 0 8px">{title}{note}</div>'
        case Words():
            return f'<p style="{_mute() if block.quiet else ""}">{escape(block.text)}</p>'
        case Facts():
            return _wide("".join(_fact_row(name, value) for name, value in block.rows))
        case Figures():
            return _wide("".join(_figure_row(one) for one in block.items))
        case Table():
            return _table(block)
        case Chart() | Bars() | Heat():
            return _picture(block, drawn.add(block))


def _fact_row(name: str, value: str) -> str:
    cell = f"{_line()};vertical-align:top"
    return f'<tr><td style="{cell};{_mute()}">{escape(name)}</td><td style="{cell}">{escape(value)}</td></tr>'


def _figure_row(one: Figure) -> str:
    ink = colours()
    size = f"font-size:17px;font-weight:600;color:{ink['ink-3' if one.pale else 'ink']}"
    tint = ink[one.state] if one.state else ink["ink-3"]
    was = f'<br><span style="font-size:12px;color:{tint}">{escape(one.was)}</span>' if one.was else ""
    notes = "".join(f'<br><span style="{_mute()}">{escape(note)}</span>' for note in one.notes)
    label = f'<td style="{_line()};vertical-align:top">{escape(one.label)}{notes}</td>'
    shown = f'<span style="{size}">{escape(one.value)}</span>{was}'
    value = f'<td align="right" style="{_line()};vertical-align:top">{shown}</td>'
    return f"<tr>{label}{value}</tr>"


def _table(table: Table) -> str:
    """Side by side where a phone has room for it, else each row as a list of its own."""
    if len(table.heads) > ABREAST and table.rows:
        return _wide("".join(_stacked(table, row) for row in table.rows[:MOST_ROWS]))
    heads = "".join(
        f'<th align="{_side(table, place)}" style="{_line()};{_mute()};font-weight:400">{escape(head)}</th>'
        for place, head in enumerate(table.heads)
    )
    rows = "".join(f"<tr>{_row(table, row)}</tr>" for row in table.rows[:MOST_ROWS])
    return _wide(f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>")


def _row(table: Table, row: Sequence[Told]) -> str:
    out = []
    for place, cell in enumerate(map(_cell, row)):
        note = f'<br><span style="{_mute()}">{escape(cell.note)}</span>' if cell.note else ""
        tint = f";color:{colours()['ink-3']}" if cell.pale else ""
        side, style = _side(table, place), f"{_line()};vertical-align:top{tint}"
        out.append(f'<td align="{side}" style="{style}">{escape(cell.text)}{note}</td>')
    return "".join(out)


def _stacked(table: Table, row: Sequence[Told]) -> str:
    """What it is about, and below it a line for each column: name and value, so that no mail program needs to know
    how wide it is.
    """
    first, *rest = map(_cell, row)
    note = f'<br><span style="{_mute()};font-weight:400">{escape(first.note)}</span>' if first.note else ""
    out = [f'<tr><td colspan="2" style="padding:12px 0 2px;font-weight:600">{escape(first.text)}{note}</td></tr>']
    named = list(zip(table.heads[1:], rest, strict=False))
    for place, (head, cell) in enumerate(named, 1):
        edge = _line() if place == len(named) else "padding:2px 8px 2px 0"
        note = f'<br><span style="{_mute()}">{escape(cell.note)}</span>' if cell.note else ""
        tint = f";color:{colours()['ink-3']}" if cell.pale else ""
        name = f'<td style="{edge};{_mute()};vertical-align:top">{escape(head)}</td>'
        style = f"{edge};vertical-align:top{tint}"
        value = f'<td align="{_side(table, place)}" style="{style}">{escape(cell.text)}{note}</td>'
        out.append(f"<tr>{name}{value}</tr>")
    return "".join(out)


def _side(table: Table, place: int) -> str:
    return "right" if place >= table.numbers else "left"


def _picture(block: Chart | Bars | Heat, name: str) -> str:
    alt = escape(_alt(block))
    style = f"width:100%;max-width:{PICTURE}px;height:auto"
    return f'<p><img src="cid:{name}" alt="{alt}" width="{PICTURE}" style="{style}"></p>'


def _alt(block: Chart | Bars | Heat) -> str:
    """What the picture says, for whoever sees none; of bars their numbers, which stand nowhere else."""
    if isinstance(block, Bars):
        return "; ".join(f"{label}: {said}" for label, _starts, _long, said in block.rows)
    return block.says


def _page(paper: Paper, body: str, foot: Sequence[tuple[str, str]]) -> str:
    lead = f'<p style="margin:6px 0">{escape(paper.lead)}</p>' if paper.lead else ""
    facts = "<br>".join(f"{escape(name)}: {escape(value)}" for name, value in paper.facts)
    ends = " · ".join(f'<a href="{escape(address)}">{escape(says)}</a>' for says, address in foot)
    font = "font-family:-apple-system,'Segoe UI',Roboto,Arial,sans-serif;font-size:14px;line-height:1.45"
    ink = colours()
    return (
        f'<!doctype html><html lang="{escape(paper.language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(paper.title)}</title></head>'
        f'<body style="margin:0;padding:16px;background:{ink["surface"]};color:{ink["ink"]};{font}">'
        f'<div style="max-width:{WIDTH}px;margin:0 auto"><h1 style="font-size:22px;margin:0">{escape(paper.title)}</h1>'
        f'{lead}<p style="{_mute()}">{facts}</p>{body}'
        f'<p style="{_mute()};margin-top:32px">{ends}</p></div></body></html>'
    )


def _wide(inside: str) -> str:
    """A table that a phone may move aside instead of squeezing it."""
    frame = 'role="presentation" ' if "<th" not in inside else ""
    return (
        f'<div style="overflow-x:auto"><table {frame}width="100%" cellspacing="0" cellpadding="0"'
        f' style="border-collapse:collapse">{inside}</table></div>'
    )


def _mute() -> str:
    return f"font-size:12px;color:{colours()['ink-3']}"


def _line() -> str:
    return f"padding:6px 8px 6px 0;border-bottom:1px solid {colours()['line']}"
