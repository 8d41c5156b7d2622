"""What the rooms have declared."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from otklik.core.datamap.person import Person
from otklik.core.datamap.place import Place


@dataclass(frozen=True)
class Among:
    """What of a person stands in the conversations of others: their own rows, and the words of the others without them.

    `own` is for the export, `erase` goes through these conversations and returns how many rows it changed.
    """

    own: Callable[[Person, Collection[int]], "list[tuple[Place, models.QuerySet[Any]]]"]
    erase: Callable[[Person, Collection[int]], int]


@dataclass(frozen=True)
class Aged:
    """A class of data that may have a term: `rows` are those whose `moment` is within [since, before).

    `contact` and `ticket` lead from such a row to whatever may be under a hold.
    """

    code: str
    label: Any
    about: Any
    rows: Callable[[datetime | None, datetime], "models.QuerySet[Any]"]
    erase: Callable[[Collection[int]], int]
    moment: str
    contact: str = ""
    ticket: str = ""
    usual_days: int = 1095


_places: list[Place] = []
_among: list[Among] = []
_ages: dict[str, Aged] = {}
_free: dict[tuple[str, str], Any] = {}
_free_apps: dict[str, Any] = {}
_codes: set[str] = set()


def declare(*places: Place) -> None:
    _places.extend(places)


def among(part: Among) -> None:
    _among.append(part)


def ages(kind: Aged) -> None:
    _ages[kind.code] = kind


def are_codes(*names: str) -> None:
    """Keys of entries (`status`, or `tickets.StatusChanged.was` for one kind of news) whose strings are ours."""
    _codes.update(names)


def free(model: type[models.Model], *columns: str, because: str) -> None:
    """These columns never hold what a client said, or are of somebody who is no client."""
    for column in columns:
        model._meta.get_field(column)
        _free[model._meta.label, column] = because


def free_app(label: str, *, because: str) -> None:
    """A whole app that knows no clients."""
    _free_apps[label] = because


def declared() -> tuple[Place, ...]:
    return tuple(_places)


def shared_places() -> tuple[Among, ...]:
    return tuple(_among)


def aging() -> dict[str, Aged]:
    return dict(_ages)


def codes() -> frozenset[str]:
    return frozenset(_codes)


def is_free(model: type[models.Model], column: str) -> bool:
    return (model._meta.label, column) in _free or model._meta.app_label in _free_apps
