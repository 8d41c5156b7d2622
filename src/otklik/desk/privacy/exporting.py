"""The job of an export: everything that the map knows of a person, as a page to read, as JSON, and the files."""

import json
import secrets
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from otklik.core.datamap import Person, Place, declared, shared_places
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.privacy.models import DataRequest
from otklik.desk.privacy.models.request import KEPT
from otklik.desk.privacy.subject import batches, holders, person_of

BATCH = 200
IN_MEMORY = 20
"""So many rows are read at once; raw letters, which may be of any size, one by one."""
FOLDER = "exports"
READ_FIRST = ("clients", "conversations", "tickets", "surveys")
READ_LAST = ("channels", "journal", "automation")
"""Apps in the order in which a person reads what is known of them: who they are, what was said, our records."""
UNSAID = ("html", "tx", "about_id", "version")
"""Columns that say nothing on the page, or repeat the text beside them; the JSON has them."""
HERE = "<!-- rows -->"
"""Where the rows of all tables stand in the page."""


@dataclass
class Section:
    """What one table gave: lines of JSON and pieces of the page, in files of their own until the end."""

    place: Place
    json: IO[str]
    page: IO[str]
    rows: int = 0
    seen: set[int] = field(default_factory=set)


class Export:
    """One archive in the making."""

    def __init__(self, asked: DataRequest, folder: Path, archive: zipfile.ZipFile) -> None:
        self.asked, self.folder, self.archive = asked, folder, archive
        self.sections: dict[str, Section] = {}

    def gather(self, person: Person) -> None:
        for place, rows in _found(person, with_notes=self.asked.with_notes):
            section = self._section(place)
            for row in rows.iterator(1 if place.raw else IN_MEMORY):
                if row.pk not in section.seen:
                    section.seen.add(row.pk)
                    self._put(section, row)

    def close(self) -> dict[str, Any]:
        """The report and the tables into the archive; returns counts for the act."""
        for name, section in self.sections.items():
            section.json.write("\n]\n")
            section.json.close()
            section.page.close()
            self.archive.write(section.json.name, f"data/{name}.json")
        shown = sorted((one for one in self.sections.values() if one.rows), key=_order)
        context = {"asked": self.asked, "sections": shown, "at": clock.now()}
        head, foot = render_to_string("privacy/report.html", context).split(HERE)
        with self.archive.open("report.html", "w") as page:
            page.write(head.encode())
            for section in shown:
                page.write(Path(section.page.name).read_bytes())
            page.write(foot.encode())
        return {
            name: {"label": section.place.label, "rows": section.rows, "fate": "given"}
            for name, section in self.sections.items()
            if section.rows
        }

    def _section(self, place: Place) -> Section:
        if place.name not in self.sections:
            json_file = (self.folder / f"{place.name}.json").open("w", encoding="utf-8")
            page = (self.folder / f"{place.name}.html").open("w", encoding="utf-8")
            json_file.write("[")
            self.sections[place.name] = Section(place, json_file, page)
        return self.sections[place.name]

    def _put(self, section: Section, row: models.Model) -> None:
        values, place = told(row, section.place), section.place
        said = dict(place.says(row)) if place.says else {}
        if place.file and place.file not in place.secret:
            values["file"] = self._file(getattr(row, place.file), f"files/{row.pk}-{row}")
        if place.raw and (raw := bytes(getattr(row, place.raw) or b"")):
            values["letter"] = f"mail/{place.name.lower()}-{row.pk}.eml"
            self.archive.writestr(values["letter"], raw)
        section.json.write(",\n" if section.rows else "\n")
        section.json.write(
            json.dumps(values | ({"said": said} if said else {}), cls=DjangoJSONEncoder, ensure_ascii=False)
        )
        if not section.rows:
            section.page.write(render_to_string("privacy/report_table.html", {"place": place}))
        section.page.write(
            render_to_string("privacy/report_row.html", {"row": row, "lines": list(_lines(row, values | said))})
        )
        section.rows += 1

    def _file(self, stored: Any, name: str) -> str:
        if not stored:
            return ""
        try:
            with stored.open("rb") as content, self.archive.open(name, "w") as target:
                while chunk := content.read(1 << 20):
                    target.write(chunk)
        except OSError:
            return _("the file is gone")
        return name


def export(asked: DataRequest) -> None:
    """Make the archive anew; the place of a broken one is known, so that it is removed as well."""
    name = f"{FOLDER}/{secrets.token_hex(16)}.zip"
    asked.file.delete(save=False)
    asked.file, asked.file_until = name, clock.now() + KEPT
    asked.save(update_fields=["file", "file_until"])
    target = Path(settings.MEDIA_ROOT) / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "export.zip"
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            work = Export(asked, Path(folder), archive)
            work.gather(person_of(asked.contact))
            asked.counts = work.close()
        with made.open("rb") as content:
            default_storage.save(name, content)
    asked.file_until = clock.now() + KEPT
    asked.save(update_fields=["file_until", "counts"])
    asked.finish()


def forget_spent() -> int:
    """Files whose time is over; the acts stay."""
    spent = list(DataRequest.objects.spent())
    for asked in spent:
        asked.file.delete(save=False)
        asked.file = ""
        asked.save(update_fields=["file"])
    return len(spent)


def _found(person: Person, *, with_notes: bool) -> "Iterator[tuple[Place, models.QuerySet[Any]]]":
    """What our own people wrote for themselves goes along only where somebody said so."""
    for place in declared():
        for holder in place.ways:
            if place.exported:
                for keys in batches(holders(person, holder), BATCH):
                    rows = place.rows(holder, keys)
                    yield place, rows.exclude(place.inside) if place.inside and not with_notes else rows
    for keys in batches(holders(person, "among"), BATCH):
        for part in shared_places():
            yield from part.own(person, keys)


def told(row: models.Model, place: Place) -> dict[str, Any]:
    """The plain values of a row: no secrets of ours, no bytes, no numbers of employees."""
    return {column.name: getattr(row, column.attname) for column in _columns(place) if not _is_file(column)}


def _order(section: Section) -> int:
    app = section.place.model._meta.app_label
    if app in READ_FIRST:
        return READ_FIRST.index(app)
    return len(READ_FIRST) + 1 + (READ_LAST.index(app) if app in READ_LAST else -1)


def _columns(place: Place) -> Iterator[Any]:
    for column in place.model._meta.concrete_fields:
        ours = column.is_relation and column.related_model is User
        bytes_ = isinstance(column, models.BinaryField | models.GeneratedField)
        if column.name not in place.secret and not ours and not bytes_:
            yield column


def _is_file(column: Any) -> bool:
    return isinstance(column, models.FileField)


def _lines(row: models.Model, values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """(name of the column in words, value) of what says something to a reader; markup repeats the text beside it."""
    names = {column.name: column for column in row._meta.concrete_fields}
    for name, value in values.items():
        column: Any = names.get(name)
        if (
            value in (None, "", [], {})
            or name in UNSAID
            or (column is not None and (column.primary_key or (column.is_relation and not isinstance(value, str))))
        ):
            continue
        label = column.verbose_name if column is not None else _("file")
        shown = row._get_FIELD_display(column) if column is not None and column.choices else value  # type: ignore[attr-defined]
        yield str(label), _readable(shown)


def _readable(value: Any) -> Any:
    """Lists and plain values of a row as lines."""
    if isinstance(value, list) and not any(isinstance(one, list | dict) for one in value):
        return ", ".join(map(str, value))
    if isinstance(value, list | dict):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    return value
