"""Files brought in by programs: uploaded, matched, tried dry, run, stopped; what a page of the settings does."""

import hashlib
from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from ninja import File, Form, Query, Router, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile

from otklik.desk.imports import preparing
from otklik.desk.imports.kinds import fields_of
from otklik.desk.imports.models import Import
from otklik.desk.imports.models import Problem as Row
from otklik.desk.imports.reading import Unreadable
from otklik.desk.imports.running import TROUBLE
from otklik.desk.imports.tasks import work
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.front.api.auth import bringing, following, person
from otklik.front.api.doors import answers
from otklik.front.api.keeping import administrator
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key, once
from otklik.front.api.schemas import imports as shapes

router = Router(tags=["imports"])
LARGEST = 2**63 - 1
PLAIN = ("id", "kind", "source", "name", "state", "trouble", "position", "can_go_on")
MOMENTS = ("created_at", "started_at", "ended_at")


@router.get("", auth=following, response=answers(list[shapes.ImportOut]), operation_id="list_imports")
def list_imports(
    request: HttpRequest,
    state: Literal["", "draft", "checking", "checked", "running", "stopped", "done", "failed"] = "",
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Any:
    """The last one first."""
    rows = _imports(request)
    if state:
        rows = rows.filter(state=state)
    return [_row(of) for of in page(request, rows, ("-id",), cursor, limit)[0]]


@router.get("/fields", auth=following, response=answers(list[shapes.ImportFieldOut]), operation_id="list_import_fields")
def list_import_fields(request: HttpRequest, kind: Annotated[shapes.Kind, Query()]) -> Any:
    """What the columns of a file of this kind may be taken for; the fields of the company come last."""
    administrator(request)
    return [{"name": one.name, "label": str(one.label), "names": [*one.names]} for one in fields_of(kind)]


@router.post("", auth=bringing, response=answers(shapes.ImportFull, 201), operation_id="upload_import")
def upload_import(
    request: HttpRequest,
    file: Annotated[UploadedFile, File(description="CSV, XLSX or JSON; the first row names the columns")],
    kind: Annotated[shapes.Kind, Form()],
    source: Annotated[
        str, Form(max_length=40, pattern=r"^[-a-zA-Z0-9_]+$", description="the system it is of")
    ] = "file",
    channel: Annotated[str, Form(max_length=320, pattern=r"^[^\x00]*$", description="of requests: their mailbox")] = "",
    key: Key = "",
) -> Any:
    """As `multipart/form-data`: the file is kept and its columns are guessed; nothing is brought in yet."""
    administrator(request)
    name = (file.name or "file").replace("\x00", "")
    print_ = hashlib.sha256()
    for chunk in file.chunks():
        print_.update(chunk)
    file.seek(0)
    told = {"import": kind, "source": source, "channel": channel, "name": name, "file": print_.hexdigest()}

    def act() -> Any:
        try:
            of = preparing.prepared(kind, file, name, source, channel=channel, by=person(request))
        except Unreadable as trouble:
            raise Invalid(str(trouble), "file") from trouble
        except preparing.NoChannel as trouble:
            raise Invalid("there is no such mailbox", "channel") from trouble
        return _full(of)

    return Status(201, once(request, key, told, act))


@router.get("/{int:pk}", auth=following, response=answers(shapes.ImportFull), operation_id="read_import")
def read_import(request: HttpRequest, pk: int) -> Any:
    """How it goes, and which column is what."""
    return _full(_import(request, pk))


@router.get(
    "/{int:pk}/preview", auth=following, response=answers(list[shapes.PreviewRow]), operation_id="preview_import"
)
def preview_import(request: HttpRequest, pk: int) -> Any:
    """The first twenty rows as they would become."""
    of = _import(request, pk)
    names = [field.name for field in fields_of(of.kind)]
    try:
        shown = preparing.preview(of)
    except (Unreadable, OSError) as trouble:
        raise Conflict(str(trouble)) from trouble
    return [
        {
            "line": row.line,
            "values": {name: value for name, value in zip(names, row.values, strict=False) if value},
            "wrong": row.wrong,
        }
        for row in shown
    ]


@router.get(
    "/{int:pk}/problems",
    auth=following,
    response=answers(list[shapes.ImportProblemOut]),
    operation_id="list_import_problems",
)
def list_import_problems(request: HttpRequest, pk: int, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Rows that were left out, in the order of the file, with all of their cells."""
    of = _import(request, pk)
    rows: list[Row] = page(request, of.problems.all(), ("line", "id"), cursor, limit)[0]
    return [
        {
            **{name: getattr(row, name) for name in ("id", "line", "column", "words", "kept")},
            "cells": {name: str(value) for name, value in row.cells.items() if name != TROUBLE},
        }
        for row in rows
    ]


@router.patch("/{int:pk}", auth=bringing, response=answers(shapes.ImportFull), operation_id="map_import")
def map_import(request: HttpRequest, pk: int, body: shapes.MappingIn, key: Key = "") -> Any:
    """Which column is what; 409 while it is checked or run."""

    def change(of: Import) -> None:
        try:
            of.mapping = preparing.mapped(of, body.mapping)
        except ValueError as trouble:
            raise Invalid(str(trouble), "mapping") from trouble
        of.save(update_fields=["mapping"])

    return _changed(request, pk, key, {"mapping of": pk, **body.dict()}, change)


@router.post("/{int:pk}/check", auth=bringing, response=answers(shapes.ImportFull), operation_id="check_import")
def check_import(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Begin a dry run over all rows; nothing is brought in."""
    return _changed(request, pk, key, {"check": pk}, lambda of: _begin(of, dry=True))


@router.post("/{int:pk}/start", auth=bringing, response=answers(shapes.ImportFull), operation_id="start_import")
def start_import(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """Bring it in, from the first row, or on from where it was stopped."""
    return _changed(request, pk, key, {"start": pk}, lambda of: _begin(of, dry=False))


@router.post("/{int:pk}/stop", auth=bringing, response=answers(shapes.ImportFull), operation_id="stop_import")
def stop_import(request: HttpRequest, pk: int, key: Key = "") -> Any:
    """What is brought in stays; what does not run is left as it is."""

    def act() -> Any:
        of = _import(request, pk)
        of.stop()
        return _full(of)

    return once(request, key, {"stop": pk}, act)


def _changed(request: HttpRequest, pk: int, key: str, told: object, change: Callable[[Import], object]) -> Any:
    """A change of what does not run at this moment."""

    @transaction.atomic
    def act() -> Any:
        held = Import.objects.select_for_update(of=("self",)).get(pk=_import(request, pk).pk)
        if held.is_going:
            raise Conflict("it is going: stop it first")
        change(held)
        return _full(held)

    return once(request, key, told, act)


def _begin(of: Import, *, dry: bool) -> None:
    of.begin(dry=dry)
    work.defer(import_id=of.pk)


def _imports(request: HttpRequest) -> QuerySet[Import]:
    """Of one file each; the parts of a move from another desk stand on its page."""
    administrator(request)
    return Import.objects.filter(takeover=None).select_related("by").annotate(wrong=Count("problems"))


def _import(request: HttpRequest, pk: int) -> Import:
    found = _imports(request).filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _row(of: Import) -> dict[str, Any]:
    wrong = getattr(of, "wrong", None)
    return {
        **{name: getattr(of, name) for name in (*PLAIN, *MOMENTS)},
        "counts": of.told,
        "problems": of.problems.count() if wrong is None else wrong,
        "by": of.by.login if of.by else None,
    }


def _full(of: Import) -> dict[str, Any]:
    try:
        columns = preparing.columns(of)
    except (Unreadable, OSError):
        columns = []
    told = [{"name": one.name, "samples": one.samples, "field": one.field} for one in columns]
    return {**_row(of), "columns": told}
