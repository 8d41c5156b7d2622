"""Which column of a file is which field: guessed by its name, decided by a person."""

import re
from collections.abc import Iterable, Mapping

from otklik.desk.imports.kinds import KINDS, Field, fields_of
from otklik.desk.imports.reading import Row

_PLAIN = re.compile(r"[\W_]+")


def plain(name: str) -> str:
    """As synonyms are compared: small letters and single blanks."""
    return _PLAIN.sub(" ", name.replace("ё", "е").replace("Ё", "Е")).strip().lower()


def guessed(kind: str, columns: Iterable[str]) -> dict[str, str]:
    """Column -> field, for those whose names say it; the first column that fits has a field to itself."""
    found: dict[str, str] = {}
    fields = fields_of(kind)
    for column in columns:
        name = _field_named(fields, plain(column))
        if name and name not in found.values():
            found[column] = name
    return found


def _field_named(fields: tuple[Field, ...], name: str) -> str:
    """The company's own name for it before what others call it."""
    own = (field.name for field in fields if not field.names and name == plain(str(field.label)))
    return next(own, "") or next(
        (field.name for field in fields if name == plain(field.name) or name in field.names), ""
    )


def taken(kind: str, mapping: Mapping[str, str], row: Row) -> dict[str, str]:
    """Cells of a row by our fields; several columns of one field stand one after the other."""
    joins = {field.name: field.joins for field in KINDS[kind].fields}
    cells: dict[str, str] = {}
    for column, field in mapping.items():
        value = row.cells.get(column, "")
        if field in cells and value.strip():
            cells[field] = f"{cells[field]}{joins.get(field, ' ')}{value}" if cells[field].strip() else value
        else:
            cells.setdefault(field, value)
    return cells


def column_of(mapping: Mapping[str, str], field: str) -> str:
    """Where a field comes from, for whoever has to correct the file."""
    return ", ".join(column for column, mapped in mapping.items() if mapped == field) or field
