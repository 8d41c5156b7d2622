"""Files that were brought in hold many people: a finished one is a copy, and goes as soon as one of them is erased."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.datamap import Aged, Fate, Place, ages, declare, free
from otklik.desk.conversations.models import Message
from otklik.desk.imports.models import ExternalId, Import, Problem, Takeover

ENDED = (Import.State.DONE, Import.State.CHECKED, Import.State.FAILED, Import.State.STOPPED, Import.State.DRAFT)

GOING = (Takeover.State.READING, Takeover.State.CHECKING, Takeover.State.RUNNING)


def _named(kind: str) -> Any:
    return lambda numbers: Q(kind=kind, object_id__in=numbers)


def _messages(conversations: Collection[int]) -> Q:
    said = Message.objects.filter(conversation__in=conversations)
    return Q(kind="messages", object_id__in=said.values("pk"))


def _with_files(_person: Collection[int]) -> Q:
    return Q(state__in=ENDED) & ~Q(file="")


def _not_going(_person: Collection[int]) -> Q:
    """Moves whose folder nobody works in now; where everything was brought in, there is none."""
    return ~Q(state__in=GOING)


def _forgotten(of: Takeover) -> dict[str, str]:
    """What a move that was not read to the end says instead of its trouble."""
    if of.is_read:
        return {"trouble": ""}
    return {"trouble": _now("The files are removed: they held data of people. Hand over the export anew.")}


def _wrong(addresses: Collection[str]) -> Q:
    """Rows that could not be brought in; there are few."""
    said = Q(pk__in=[])
    for address in addresses:
        rows = Problem.objects.annotate(said=Cast("cells", models.TextField())).filter(said__icontains=address)
        said |= Q(pk__in=rows.values("pk"))
    return said


def _on_disk(found: "models.QuerySet[Takeover]") -> list[int]:
    """There are few moves."""
    return [of.pk for of in found.exclude(state__in=GOING) if of.folder.exists()]


FOLDERS = Place(
    Takeover,
    {"person": _not_going},
    words=("trouble",),
    wash=_forgotten,
    folder="folder",
    exported=False,
    called=_("files of moves from another desk that were not brought in"),
    why=_("each holds many people, and goes as a whole"),
)
FILES = Place(
    Import,
    {"person": _with_files},
    words=("file", "looked"),
    replaced={"looked": {}},
    file="file",
    exported=False,
    called=_("files of imports that are not running"),
    why=_("each holds many people, and goes as a whole; what was brought in stays"),
)
declare(
    Place(ExternalId, {"contact": _named("contacts")}, words=("external_id",), fate=Fate.REMOVED),
    Place(ExternalId, {"ticket": _named("tickets")}, words=("external_id",), fate=Fate.REMOVED),
    Place(ExternalId, {"conversation": _messages}, words=("external_id",), fate=Fate.REMOVED),
    FILES,
    FOLDERS,
    Place(Problem, {"address": _wrong}, words=("words", "cells"), replaced={"cells": {}}),
)
free(ExternalId, "source", "kind", because="the name of a system; a code")
free(Import, "source", "name", "mapping", "trouble", "counts", "checked", because="names of columns and figures")
free(Takeover, "system", "source", "address", "token", because="another desk of ours, not a person")
free(Problem, "column", because="the name of a column")


def _ended(since: datetime | None, before: datetime) -> "models.QuerySet[Any]":
    found = Import.objects.exclude(file="").filter(state__in=ENDED, created_at__lt=before)
    return found.filter(created_at__gte=since) if since else found


def _left(since: datetime | None, before: datetime) -> "models.QuerySet[Any]":
    found = Takeover.objects.filter(created_at__lt=before)
    found = found.filter(created_at__gte=since) if since else found
    return found.filter(pk__in=_on_disk(found))


ages(
    Aged(
        code="moves",
        label=_("Files of moves from another desk"),
        about=_("exports that were handed over and not brought in"),
        rows=_left,
        erase=lambda numbers: FOLDERS.erase(Takeover.objects.filter(pk__in=numbers)),
        moment="created_at",
        usual_days=30,
    )
)
ages(
    Aged(
        code="imports",
        label=_("Files of imports"),
        about=_("files that were brought in; what came of them stays"),
        rows=_ended,
        erase=lambda numbers: FILES.erase(Import.objects.filter(pk__in=numbers)),
        moment="created_at",
        usual_days=30,
    )
)
