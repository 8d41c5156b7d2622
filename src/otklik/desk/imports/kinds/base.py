"""What every kind of import has: its fields, how a row is read, how many of them are kept at once."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import connection, models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from otklik.desk.channels.models import Channel
from otklik.desk.imports.values import Wrong

NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(frozen=True)
class Remark:
    """The row is kept, one of its cells is not."""

    fate: str
    field: str
    words: str


type Fate = str | Wrong | Remark


@dataclass(frozen=True)
class Field:
    """One field of ours; `names` are how others call it, in small letters; `joins` what stands between two columns."""

    name: str
    label: str | Promise
    names: tuple[str, ...]
    joins: str = " "


class Kind[Item](ABC):
    """Reads rows and writes a batch of them.  One object lives for one run of one file."""

    fields: ClassVar[tuple[Field, ...]]

    def __init__(self, source: str, channel: Channel | None = None) -> None:
        self.source, self.channel = source, channel

    @abstractmethod
    def read(self, cells: dict[str, str]) -> Item:
        """What a row means, by the names of our fields.  Raises Wrong."""

    @abstractmethod
    def key(self, item: Item) -> str:
        """By which it is known again; the same in two rows is the same thing."""

    @abstractmethod
    def shown(self, item: Item) -> list[str]:
        """What it would become, for the preview: a value for each field, in their order."""

    @abstractmethod
    def keep(self, items: Sequence[Item]) -> list[Fate]:
        """Write them, in the caller's transaction; what became of each."""


def numbers(model: type[models.Model], count: int) -> list[int]:
    """New numbers of rows that are about to be written."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [number for (number,) in cursor.fetchall()]


def must_name(field: str, value: str) -> str:
    if not value:
        raise Wrong(field, _("It has no name."))
    return value


def fact_names(facts: dict[str, Any]) -> set[str]:
    """What the row says; an empty cell says nothing and takes nothing away."""
    return {name for name, value in facts.items() if value not in ("", None, [])}
