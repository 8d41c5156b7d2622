"""One table in which something of a client stands."""

import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import models, transaction

from otklik.core.datamap.person import GONE

type Keys = Collection[Any]
type Way = str | Callable[[Keys], models.Q]
"""From a row to its holder: a look-up that ends at the holder's number, or a condition for these numbers."""


class Fate(StrEnum):
    """What erasure does to a row."""

    REMOVED = "removed"
    WORDS = "words"
    KEPT = "kept"


@dataclass(frozen=True)
class Place:
    """A table, how its rows are found, and what becomes of them.

    `ways` leads from a row to its holder: a contact, a conversation, a ticket, an address, or the person as a whole.
    `words` are the columns that can hold what was said by or of the client, and go; `replaced` says by what, where
    empty is not enough, `wash` does it row by row.  `secret` columns are in no export; `exported` is False where a row
    holds data of others too; `called` is its name in a report, else that of the table.  `file` and `raw` name the
    column of a file and of a raw letter, `folder` the attribute that says where files lie apart.  `says` tells a
    reader what the plain values of a row mean.  `inside` are the rows that are internal notes of ours: an export gives
    them only where somebody said that they go along.
    """

    model: type[models.Model]
    ways: Mapping[str, Way]
    words: Sequence[str] = ()
    fate: Fate = Fate.WORDS
    why: Any = ""
    replaced: Mapping[str, Any] = field(default_factory=dict)
    secret: Sequence[str] = ()
    file: str = ""
    raw: str = ""
    folder: str = ""
    wash: Callable[[Any], Mapping[str, Any]] | None = None
    says: Callable[[Any], Mapping[str, Any]] | None = None
    exported: bool = True
    inside: models.Q | None = None
    called: Any = ""

    @property
    def name(self) -> str:
        return self.model._meta.label

    @property
    def label(self) -> str:
        return str(self.called or self.model._meta.verbose_name_plural)

    def rows(self, holder: str, keys: Keys) -> "models.QuerySet[Any]":
        """What these holders have here, in the order of the numbers."""
        way = self.ways[holder]
        condition = models.Q(**{f"{way}__in": keys}) if isinstance(way, str) else way(keys)
        return self.model._base_manager.filter(condition).order_by("pk")

    def erase(self, rows: "models.QuerySet[Any]") -> int:
        """In the caller's transaction; returns how many rows it was.  Files go when that is committed."""
        if self.fate == Fate.KEPT:
            return rows.count()
        numbers = list(rows.values_list("pk", flat=True))
        if not numbers:
            return 0
        chosen = self.model._base_manager.filter(pk__in=numbers)
        if self.file:
            names = [name for name in chosen.values_list(self.file, flat=True) if name]
            transaction.on_commit(partial(forget_files, names))
        if self.folder:
            transaction.on_commit(partial(forget_folders, [getattr(row, self.folder) for row in chosen]))
        if self.fate == Fate.REMOVED:
            chosen.delete()
        elif self.wash:
            self._wash(chosen)
        else:
            chosen.update(**{name: self.replaced.get(name, self.empty(name)) for name in self._replaced_columns})
        return len(numbers)

    @property
    def _replaced_columns(self) -> Sequence[str]:
        return (*self.words, *(name for name in self.replaced if name not in self.words))

    def empty(self, name: str) -> Any:
        """What a column holds instead of words; where nothing was said, nothing stands afterwards either."""
        column: Any = self.model._meta.get_field(name)
        if column.null:
            return None
        if isinstance(column, models.CharField | models.TextField):
            return models.Case(models.When(**{name: ""}, then=models.Value("")), default=models.Value(GONE))
        if column.has_default():
            return column.get_default()
        return b"" if isinstance(column, models.BinaryField) else ""

    def _wash(self, rows: "models.QuerySet[Any]") -> None:
        assert self.wash
        found = list(rows)
        for row in found:
            for name, value in self.wash(row).items():
                setattr(row, name, value)
        self.model._base_manager.bulk_update(found, list(self.words), batch_size=200)


def about(noun: str, column: str = "about") -> Callable[[Keys], models.Q]:
    """The way of rows that name their object, as entries of the journal do."""

    def condition(keys: Keys) -> models.Q:
        return models.Q(**{column: noun, f"{column}_id__in": keys})

    return condition


def forget_files(names: Sequence[str]) -> None:
    for name in names:
        default_storage.delete(name)


def forget_folders(folders: Sequence[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
