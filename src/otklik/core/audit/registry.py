"""What the rooms call privileged: tables whose rows are watched, and news that leave a line.

A room says it in its `audited.py`.  What may be told of a column follows from its kind: figures, dates, references
and columns with choices are shown, lists of codes when they are named; of everything else only that it changed.
"""

from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db import models

from otklik.core.audit.writing import heard
from otklik.core.journal.news import News, on

PLAIN = (
    models.BooleanField,
    models.IntegerField,
    models.DecimalField,
    models.FloatField,
    models.DateField,
    models.TimeField,
    models.DurationField,
    models.ForeignKey,
)


@dataclass(frozen=True)
class Watched:
    """A table, the columns whose values are told, and those of which only the change is."""

    model: type[models.Model]
    told: tuple[str, ...]
    hushed: tuple[str, ...]


_watched: dict[str, Watched] = {}
_heard: dict[str, type[News]] = {}


def watch(model: type[models.Model], *, codes: tuple[str, ...] = (), passing: tuple[str, ...] = ()) -> None:
    """Every new, changed and removed row leaves a line.

    `codes` are columns of text that hold nothing but names of ours; `passing` are those that the product writes
    itself while it works, and which are no settings.
    """
    columns = [field for field in model._meta.concrete_fields if not field.primary_key and field.name not in passing]
    told = tuple(str(field.column) for field in columns if field.name in codes or _is_plain(field))
    hushed = tuple(str(field.column) for field in columns if field.column not in told)
    _watched[model._meta.label] = Watched(model, told, hushed)


def _is_plain(field: models.Field) -> bool:
    if isinstance(field, ArrayField):
        return _is_plain(field.base_field)
    return isinstance(field, PLAIN) or bool(field.choices)


def hears(*kinds: type[News]) -> None:
    """These news leave a line in the transaction of their entry."""
    for kind in kinds:
        _heard[kind.kind()] = kind
        on(kind)(heard)


def watched() -> tuple[Watched, ...]:
    return tuple(_watched.values())


def heard_kinds() -> tuple[type[News], ...]:
    return tuple(_heard.values())


def kinds() -> tuple[str, ...]:
    """Everything a line may be called, for the filter of the screen."""
    return (*sorted(_heard), *OWN_KINDS)


OWN_KINDS = (
    *("row.insert", "row.update", "row.delete", "door", "refused", "sign-in.failed"),
    *("audit.exported", "audit.printed"),
)
