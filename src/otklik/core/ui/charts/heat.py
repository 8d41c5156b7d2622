"""Hours by weekdays, or any other columns by rows: where it is most.  A real table, so it needs no twin."""

from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from otklik.core.ui.charts import plot
from otklik.core.ui.markup import ready
from otklik.core.ui.words import NBSP

LEVELS = 6
NAMED_EACH = 6
"""Every sixth hour has its name to see; a reader hears all of them."""

type Row = Sequence[float | None]


class Pale(float):
    """Of too few to conclude anything: said in figures, without a colour."""


def heat_map(
    rows: Sequence[tuple[str, Row]],
    says: str,
    *,
    unit: str = "",
    digits: int = 0,
    columns: Sequence[str] = (),
    corner: str = "",
) -> SafeString:
    """A row for each weekday with a value for each hour, `None` where nobody works; the highest is framed.

    Darker is more, in seven steps from zero to the highest; what is `Pale` has no colour, and what that means is said
    below.  With `columns` these are the names instead of hours, all of them to see, each cell shows its number, what is
    not known is empty, nothing is framed, and `corner` says what the rows are.
    """
    known = [value for _name, values in rows for value in values if value is not None]
    if not any(known):
        return plot.too_little(says)
    hours, most = max(len(values) for _name, values in rows), max(known)
    first, others = escape(corner) or _hidden(_("Day")), _named(columns) or _hours(hours)
    names = list(columns) or [f"{hour}:00" for hour in range(hours)]
    body = "".join(_row(name, values, most, names, unit, digits, told=bool(columns)) for name, values in rows)
    table = (
        f'<table class="heat"><caption class="sr">{escape(says)}</caption>'
        f'<colgroup><col class="{"name" if columns else "day"}"/><col span="{hours}"/></colgroup>'
        f"<thead><tr><th>{first}</th>{others}</tr></thead><tbody>{body}</tbody></table>"
    )
    return ready(table + _legend(most, unit, digits) + _about_pale(known))


def level(value: float | None, most: float) -> int:
    """0 for nothing, then equal steps up to the highest."""
    if value is None or value <= 0:
        return 0
    return max(1, min(LEVELS, round(LEVELS * value / most)))


def _hours(count: int) -> str:
    names = (str(hour) if hour % NAMED_EACH == 0 else _hidden(str(hour)) for hour in range(count))
    return "".join(f'<th scope="col">{name}</th>' for name in names)


def _named(columns: Sequence[str]) -> str:
    return "".join(f'<th class="c" scope="col">{escape(name)}</th>' for name in columns)


def _row(name: str, values: Row, most: float, columns: Sequence[str], unit: str, digits: int, *, told: bool) -> str:
    cells = "".join(
        _cell(f"{name}, {column}", value, most, unit, digits, told=told)
        for column, value in zip(columns, values, strict=False)
    )
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'


def _cell(place: str, value: float | None, most: float, unit: str, digits: int, *, told: bool) -> str:
    """`told` shows the number, its unit is heard; an hour has a colour alone, and the highest a frame."""
    said = plot.said(value, digits, unit)
    title = f"{escape(place)}, {said}"
    if isinstance(value, Pale) or (told and value is None):
        shown = _hidden(said) if value is None else _number(value, digits, unit)
        return f'<td class="pale" title="{title}">{shown}</td>'
    step = level(value, most)
    css = " ".join(([f"h{step}"] if step else []) + (["peak"] if not told and value == most else []))
    look = f' class="{css}"' if css else ""
    shown = _number(value, digits, unit) if told and value is not None else _hidden(said)
    return f'<td{look} title="{title}">{shown}</td>'


def _number(value: float, digits: int, unit: str) -> str:
    return plot.said(value, digits) + (_hidden(f"{NBSP}{escape(unit)}") if unit else "")


def _about_pale(known: Iterable[float]) -> str:
    if not any(isinstance(value, Pale) for value in known):
        return ""
    return f'<p class="fewsay">{escape(_("without a colour: too few to rely on"))}</p>'


def _legend(most: float, unit: str, digits: int) -> str:
    steps = "".join(f'<i class="h{step}"></i>' for step in range(1, LEVELS + 1))
    return f'<p class="scale"><span>0</span><i></i>{steps}<span>{plot.said(most, digits, unit)}</span></p>'


def _hidden(text: str) -> str:
    return f'<span class="sr">{text}</span>'
