"""Bringing in files: choose, match the columns, look at what would become of them, run, see what is wrong."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from otklik.desk.imports import preparing, sheets
from otklik.desk.imports.desks import DESKS
from otklik.desk.imports.kinds import Field, fields_of
from otklik.desk.imports.models import Import, Takeover
from otklik.desk.imports.reading import Unreadable
from otklik.desk.imports.running import TROUBLE
from otklik.desk.imports.tasks import work
from otklik.front.setup import access
from otklik.front.setup.forms import ImportForm, MappingForm
from otklik.front.setup.views.page import settings_page

SHOWN = 50


@access.readers
def imports(request: HttpRequest) -> HttpResponse:
    """What was brought in, and the form for one more file."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if form.is_valid() and (of := _kept(request, form)):
        return redirect("setup:import", of.pk)
    found = Import.objects.filter(takeover=None).select_related("by").order_by("-id")[:SHOWN]
    moves = Takeover.objects.select_related("by").order_by("-id")[:SHOWN]
    context = {"form": form, "rows": found, "moves": moves, "desks": [(name, of.title) for name, of in DESKS.items()]}
    return settings_page(request, "setup/imports.html", "imports", context, 422 if form.is_bound else 200)


def _kept(request: HttpRequest, form: ImportForm) -> Import | None:
    said, file = form.cleaned_data, form.cleaned_data["file"]
    address, by = said["channel"].address if said["channel"] else "", access.acting(request)
    try:
        return preparing.prepared(said["kind"], file, file.name, said["source"], channel=address, by=by)
    except Unreadable as trouble:
        form.add_error("file", str(trouble))
    except preparing.NoChannel:
        form.add_error("channel", _("There is no mailbox yet: add one first."))
    return None


@access.administrators
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The columns, the first rows, and how it goes."""
    of = get_object_or_404(Import, pk=pk)
    if of.takeover_id:
        return redirect("setup:desk", of.takeover_id)
    try:
        form = MappingForm(request.POST or None, of, preparing.columns(of))
        if request.method == "POST" and form.is_valid():
            return _act(request, of, form)
        fields, shown = _filled(of, preparing.preview(of))
    except (Unreadable, OSError) as trouble:
        messages.error(request, str(trouble))
        return redirect("setup:imports")
    context = _standing(of) | {"form": form, "preview": shown, "fields": fields}
    return settings_page(request, "setup/import.html", "imports", context)


def _filled(of: Import, shown: list[preparing.Shown]) -> tuple[list[Field], list[preparing.Shown]]:
    """Only the fields in which any of these rows says something."""
    fields = fields_of(of.kind)
    kept = [number for number in range(len(fields)) if any(row.values and row.values[number] for row in shown)]
    rows = [replace(row, values=[row.values[number] for number in kept] if row.values else []) for row in shown]
    return [fields[number] for number in kept], rows


def _act(request: HttpRequest, of: Import, form: MappingForm) -> HttpResponse:
    do = request.POST.get("do", "")
    if do == "stop":
        of.stop()
    elif not of.is_going:
        of.mapping = form.mapping()
        of.save(update_fields=["mapping"])
        if do in ("check", "run"):
            _begin(of, dry=do == "check")
    return redirect("setup:import", of.pk)


@transaction.atomic
def _begin(of: Import, *, dry: bool) -> None:
    of.begin(dry=dry)
    work.defer(import_id=of.pk)


@access.administrators
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The present counts, asked for while it runs; at the end the whole page is new."""
    of = get_object_or_404(Import, pk=pk)
    answer = render(request, "setup/import.html#standing", _standing(of))
    if not of.is_going:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _standing(of: Import) -> dict[str, Any]:
    labels = {
        "new": pgettext("rows of a file", "new"),
        "changed": pgettext("rows of a file", "changed"),
        "same": pgettext("rows of a file", "the same"),
        "wrong": pgettext("rows of a file", "wrong"),
    }
    counts = [(labels[name], count) for name, count in of.told.items()]
    wrong = list(of.problems.order_by("line", "pk")[:SHOWN])
    return {"of": of, "counts": counts, "problems": wrong}


@access.administrators
def problems(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """All of them as a table, each with the cells of its row: corrected, it is a file to bring in."""
    of = get_object_or_404(Import, pk=pk)
    names = _columns(of)
    header = [_("line of the file"), _("column"), _("what is wrong"), *names]
    content = sheets.as_csv(header, _problem_rows(of, names))
    response = StreamingHttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="import-{of.pk}-problems.csv"'
    return response


def _columns(of: Import) -> list[str]:
    """As they stand in the file; of one that cannot be read any more, as its problems remember them."""
    try:
        names = [column.name for column in preparing.columns(of)]
    except (Unreadable, OSError):
        first = of.problems.order_by("line", "pk").first()
        names = list(first.cells) if first else []
    return [name for name in names if name != TROUBLE]


def _problem_rows(of: Import, names: list[str]) -> Iterator[list[object]]:
    for row in of.problems.order_by("line", "pk").iterator():
        yield [row.line, row.column, row.words, *(row.cells.get(name, "") for name in names)]
