"""A row of a table, and a table."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from otklik.desk.channels.inbox import clean

MOST_COLUMNS = 1000


class Unreadable(Exception):
    """The file is not what it says; the words are for the person who chose it."""


@dataclass(frozen=True)
class Row:
    """Cells by the name of their column; `surplus` are those that stand under no name."""

    line: int
    cells: dict[str, str]
    surplus: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Table:
    """The names of the columns, each once, and the rows as they are read."""

    columns: list[str]
    rows: Iterator[Row]


def few_enough(columns: list[str]) -> list[str]:
    """They are shown and chosen one by one.  Raises Unreadable."""
    if len(columns) > MOST_COLUMNS:
        raise Unreadable(_("It has more than %(count)s columns.") % {"count": MOST_COLUMNS})
    return columns


def told_apart(header: list[str]) -> list[str]:
    """Names of columns: none empty, none twice.  Raises Unreadable."""
    names: list[str] = []
    for number, given in enumerate(few_enough(header), 1):
        name = " ".join(clean(given).split()) or _("Column %(number)s") % {"number": number}
        known, again = name, 1
        while known in names:
            again += 1
            known = f"{name} ({again})"
        names.append(known)
    return names


def row_of(columns: list[str], line: int, values: list[str]) -> Row:
    kept = list(map(clean, values))
    surplus = [value for value in kept[len(columns) :] if value.strip()]
    return Row(line, dict(zip(columns, kept, strict=False)), surplus)
