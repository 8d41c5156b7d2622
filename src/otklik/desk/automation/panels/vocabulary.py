"""The words in which a program fills a panel, and what is wrong with an answer (docs/panels.md has the table).

Whatever comes is a stranger's text: it is measured, never trusted, and errors name a place and never repeat a value.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from otklik.desk.automation.models.wrong import Said, Wrong

KINDS = ("text", "number", "date", "money", "link", "badge")
TONES = ("calm", "ok", "soon", "breach")
MOST_ROWS, MOST_TABLES, MOST_COLUMNS, MOST_LINES, MOST_ACTIONS = 40, 3, 6, 50, 6
LONGEST, LONGEST_LABEL, LONGEST_LINK = 500, 80, 2000
LARGEST = Decimal(10) ** 15


class Malformed(ValueError):
    """`said`: the place in the answer, as `rows[2].value`, and what belongs there."""

    def __init__(self, place: str, wrong: Wrong, detail: object = "") -> None:
        self.said = Said(place, wrong.value, str(detail))
        super().__init__(f"{place}: {wrong.value}")


class NotJson(ValueError):
    """The bytes are no JSON at all."""


@dataclass(frozen=True)
class Cell:
    """One value: of its `kind` one of `amount`, `day` or `text` is filled; `moment` of a day that has a time."""

    kind: str
    text: str = ""
    tone: str = "calm"
    href: str = ""
    amount: Decimal | None = None
    currency: str = ""
    day: date | None = None
    moment: datetime | None = None


@dataclass(frozen=True)
class Row:
    label: str
    cell: Cell


@dataclass(frozen=True)
class Table:
    title: str
    heads: tuple[str, ...]
    lines: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Action:
    label: str
    href: str


@dataclass(frozen=True)
class Content:
    """What a panel shows; all of it may be missing."""

    title: str = ""
    notice: str = ""
    tone: str = "calm"
    rows: tuple[Row, ...] = ()
    tables: tuple[Table, ...] = ()
    actions: tuple[Action, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.notice or self.rows or self.tables or self.actions)


def read(content: bytes) -> Content:
    """Raises NotJson and Malformed."""
    try:
        told = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise NotJson from None
    whole = _object(told, "", ("title", "notice", "rows", "tables", "actions"))
    notice = _object(whole.get("notice") or {}, "notice", ("text", "tone"))
    return Content(
        title=_text(whole, "title", "", most=LONGEST_LABEL),
        notice=_text(notice, "text", "notice", needed=bool(notice)),
        tone=_tone(notice, "notice"),
        rows=_each(whole, "rows", "", MOST_ROWS, _row),
        tables=_each(whole, "tables", "", MOST_TABLES, _table),
        actions=_each(whole, "actions", "", MOST_ACTIONS, _action),
    )


def _no_number(_name: str) -> None:
    raise ValueError("NaN and Infinity are no JSON")


def _row(told: Any, place: str) -> Row:
    given = _object(told, place, ("label", "value", "kind", "tone", "href", "currency"))
    return Row(_text(given, "label", place, needed=True, most=LONGEST_LABEL), _cell(given, place, "text", ""))


def _table(told: Any, place: str) -> Table:
    given = _object(told, place, ("title", "columns", "rows"))
    columns = _each(given, "columns", place, MOST_COLUMNS, _column)
    if not columns:
        raise Malformed(f"{place}.columns", Wrong.COLUMNS)

    def line(cells: Any, where: str) -> tuple[Cell, ...]:
        if not isinstance(cells, list) or len(cells) != len(columns):
            raise Malformed(where, Wrong.AS_MANY)
        return tuple(
            _in_column(one, f"{where}[{number}]", columns[number][1], columns[number][2])
            for number, one in enumerate(cells)
        )

    heads = tuple(label for label, _kind, _currency in columns)
    lines = _each(given, "rows", place, MOST_LINES, line)
    return Table(_text(given, "title", place, most=LONGEST_LABEL), heads, lines)


def _column(told: Any, place: str) -> tuple[str, str, str]:
    """Its label, the kind of its values and their currency."""
    given = _object(told, place, ("label", "kind", "currency"))
    label = _text(given, "label", place, needed=True, most=LONGEST_LABEL)
    return label, _one_of(given, "kind", place, KINDS, "text"), _text(given, "currency", place, most=3)


def _in_column(told: Any, place: str, kind: str, currency: str) -> Cell:
    """A value alone, or an object with what its kind needs beside it."""
    given = told if isinstance(told, dict) else {"value": told}
    allowed = ("value", "kind", "tone", "href", "currency")
    return _cell(_object(given, place, allowed), place, kind, currency)


def _action(told: Any, place: str) -> Action:
    given = _object(told, place, ("label", "href"))
    return Action(_text(given, "label", place, needed=True, most=LONGEST_LABEL), _link(given, place))


def _cell(given: dict[str, Any], place: str, kind: str, currency: str) -> Cell:
    kind, where, value = _one_of(given, "kind", place, KINDS, kind), f"{place}.value", given.get("value")
    if value is None:
        return Cell("text")
    if kind == "number":
        return Cell(kind, amount=_amount(value, where))
    if kind == "money":
        said = _text(given, "currency", place, most=3) or currency
        if len(said) != 3 or not (said.isascii() and said.isalpha() and said.isupper()):
            raise Malformed(f"{place}.currency", Wrong.CURRENCY)
        return Cell(kind, amount=_amount(value, where), currency=said)
    if kind == "date":
        day, moment = _day(value, where)
        return Cell(kind, day=day, moment=moment)
    text = _plain(value, where)
    if kind == "link":
        return Cell(kind, text, href=_link(given, place))
    return Cell(kind, text, tone=_tone(given, place))


def _amount(value: Any, place: str) -> Decimal:
    try:
        if isinstance(value, bool) or not isinstance(value, (int, float, str)) or len(str(value)) > 40:
            raise InvalidOperation
        amount = Decimal(str(value))
        if not amount.is_finite() or abs(amount) >= LARGEST:
            raise InvalidOperation
    except (InvalidOperation, ValueError):
        raise Malformed(place, Wrong.NUMBER) from None
    return amount


def _day(value: Any, place: str) -> tuple[date, datetime | None]:
    try:
        if not isinstance(value, str) or len(value) > 40:
            raise ValueError
        if len(value) == len("2026-11-28"):
            return date.fromisoformat(value), None
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None or not 1 < moment.year < 9999:
            raise ValueError
    except ValueError:
        raise Malformed(place, Wrong.DAY) from None
    return moment.date(), moment


def _link(given: dict[str, Any], place: str) -> str:
    """https alone, without a name and a password; what a browser would read otherwise than we is refused."""
    href = given.get("href")
    if not isinstance(href, str) or not _is_https(href):
        raise Malformed(f"{place}.href", Wrong.HTTPS)
    return href


def _is_https(href: str) -> bool:
    if len(href) > LONGEST_LINK or not href.startswith("https://"):
        return False
    if any(sign <= " " or sign in "\\\x7f" or not sign.isprintable() for sign in href):
        return False
    try:
        parts = urlsplit(href)
        return bool(parts.hostname) and "@" not in parts.netloc and (parts.port or 1) > 0
    except ValueError:
        return False


def _tone(given: dict[str, Any], place: str) -> str:
    return _one_of(given, "tone", place, TONES, "calm")


def _one_of(given: dict[str, Any], name: str, place: str, words: tuple[str, ...], usual: str) -> str:
    said = given.get(name)
    if said is None:
        return usual
    if said not in words:
        raise Malformed(_inside(place, name), Wrong.ONE_OF, ", ".join(words))
    return str(said)


def _text(given: dict[str, Any], name: str, place: str, *, needed: bool = False, most: int = LONGEST) -> str:
    where = _inside(place, name)
    said = _plain(given.get(name, ""), where, most)
    if needed and not said:
        raise Malformed(where, Wrong.EMPTY)
    return said


def _plain(value: Any, place: str, most: int = LONGEST) -> str:
    """A text without signs that steer; numbers are texts, too."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise Malformed(place, Wrong.TEXT)
    said = str(value)
    if len(said) > most:
        raise Malformed(place, Wrong.LONG, most)
    return "".join(sign if sign.isprintable() else " " for sign in said).strip()


def _object(told: Any, place: str, allowed: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise Malformed(place, Wrong.OBJECT)
    if any(name not in allowed for name in told):
        raise Malformed(place, Wrong.STRANGE, ", ".join(allowed))
    return told


def _each[Part](
    given: dict[str, Any], name: str, place: str, most: int, read_one: Callable[[Any, str], Part]
) -> tuple[Part, ...]:
    where, told = _inside(place, name), given.get(name)
    if told is None:
        return ()
    if not isinstance(told, list):
        raise Malformed(where, Wrong.LIST)
    if len(told) > most:
        raise Malformed(where, Wrong.MANY, most)
    return tuple(read_one(one, f"{where}[{number}]") for number, one in enumerate(told))


def _inside(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
