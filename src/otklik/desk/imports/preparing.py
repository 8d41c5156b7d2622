"""Before a file is brought in: it is kept, its columns are matched, a few rows are shown as they would become."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

from django.core.files import File
from django.utils.translation import gettext as _

from otklik.core.staff.models import User
from otklik.desk.channels.models import Channel
from otklik.desk.imports.kinds import KINDS, fields_of
from otklik.desk.imports.mapping import guessed, taken
from otklik.desk.imports.models import Import
from otklik.desk.imports.reading import Row, opened
from otklik.desk.imports.running import TROUBLE
from otklik.desk.imports.values import Wrong

SAMPLES, PREVIEWED, LOOKED_AT = 3, 20, 200
LONGEST = 2000
"""Characters of a cell that a preview keeps."""


class NoChannel(LookupError):
    """Requests belong to a mailbox, and there is none; the words name what was asked for."""


@dataclass(frozen=True)
class Column:
    """A column of the file with the first values in it, and the field it is taken for."""

    name: str
    samples: list[str]
    field: str


@dataclass(frozen=True)
class Shown:
    """A row as it would become, or what is wrong with it."""

    line: int
    values: list[str]
    wrong: str = ""


def prepared(
    kind: str, file: IO[bytes], name: str, source: str, *, channel: str = "", by: User | None = None
) -> Import:
    """A draft with its file kept and its columns guessed.  Raises Unreadable, NoChannel."""
    of = Import(kind=kind, source=source.strip()[:40] or "file", name=name[:255], by=by)
    if kind == Import.Kind.TICKETS:
        of.channel = channel_of(channel)
    of.file.save(name[-80:], File(file), save=False)
    try:
        look(of)
        of.mapping = guessed(kind, of.looked["columns"])
    except Exception:
        of.file.delete(save=False)
        raise
    of.save()
    return of


def look(of: Import) -> None:
    """Read the beginning once: the columns, examples of what is in them, the first rows.  Raises Unreadable."""
    table = opened(of.path)
    rows = list(islice(table.rows, LOOKED_AT))
    samples = {}
    for name in table.columns:
        told = dict.fromkeys(value[:80] for row in rows if (value := row.cells.get(name, "").strip()))
        samples[name] = list(told)[:SAMPLES]
    first = [[row.line, {name: value[:LONGEST] for name, value in row.cells.items()}] for row in rows[:PREVIEWED]]
    of.looked = {"columns": table.columns, "samples": samples, "rows": first}


def _looked(of: Import) -> dict[str, Any]:
    """Of an import that came before anybody remembered it, too.  Raises Unreadable."""
    if not of.looked:
        look(of)
        of.save(update_fields=["looked"])
    return of.looked


def channel_of(address: str) -> Channel:
    """The mailbox of this address, the first one for none.  Raises NoChannel."""
    doors = Channel.objects.writing().order_by("id")
    found = doors.filter(address__iexact=address).first() if address else doors.first()
    if found is None:
        raise NoChannel(address)
    return found


def mapped(of: Import, decided: Mapping[str, str]) -> dict[str, str]:
    """The guesses, corrected by what a person decided.  Raises ValueError for what neither side has."""
    known, fields = _looked(of)["columns"], {field.name for field in fields_of(of.kind)}
    for column, field in decided.items():
        if column not in known:
            raise ValueError(_("There is no column «%(name)s».") % {"name": column})
        if field and field not in fields:
            names = ", ".join(field.name for field in fields_of(of.kind))
            raise ValueError(_("There is no field «%(name)s»; there are: %(known)s.") % {"name": field, "known": names})
    guesses = {column: field for column, field in of.mapping.items() if field not in decided.values()}
    together = guesses | dict(decided)
    return {column: together[column] for column in known if together.get(column)}


def columns(of: Import) -> list[Column]:
    """Raises Unreadable."""
    looked = _looked(of)
    return [Column(name, looked["samples"].get(name, []), of.mapping.get(name, "")) for name in looked["columns"]]


def preview(of: Import) -> list[Shown]:
    """The first rows as they would become.  Raises Unreadable."""
    kind = KINDS[of.kind](of.source, of.channel)
    shown = []
    for line, cells in _looked(of)["rows"]:
        try:
            if words := cells.get(TROUBLE):
                raise Wrong("external_id", words)
            shown.append(Shown(line, kind.shown(kind.read(taken(of.kind, of.mapping, Row(line, cells))))))
        except Wrong as wrong:
            shown.append(Shown(line, [], wrong.words))
    return shown
