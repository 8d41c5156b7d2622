"""Rows of the card in their place: shown, added, changed, ended."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from otklik.core.ui.show import wants_part
from otklik.desk.clients.models import PersonalFact
from otklik.desk.clients.sight import Sight
from otklik.front.workspace import card
from otklik.front.workspace.acts.doors import announce
from otklik.front.workspace.card_forms import Holder, RowForm
from otklik.front.workspace.card_kind import Kind, name_of
from otklik.front.workspace.card_rows import kinds_of
from otklik.front.workspace.door import person
from otklik.front.workspace.known import client_of, contact_of

MOST = 100
"""Rows of one kind on a card; of a large organisation the list of clients shows the rest."""


@require_http_methods(["GET", "HEAD", "POST"])
def of_contact(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return _answer(request, contact_of(request, pk), name)


@require_http_methods(["GET", "HEAD", "POST"])
def of_client(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    return _answer(request, client_of(request, pk), name)


def section(request: HttpRequest, holder: Holder, name: str) -> dict[str, Any]:
    """What `workspace/card/rows.html` shows of one kind."""
    user = person(request)
    sight = Sight.of(user)
    kind = _kind(holder, name, sight)
    hidden = card.hidden(holder, kind.hides, sight.right(kind.hides)) if kind.hides else ""
    behind = kind.leads_to(holder)
    stored = list(kind.stored(holder, user)[: MOST + 1])
    return {
        "holder": holder,
        "name": name,
        "home": reverse(f"workspace:{name_of(holder)}", args=[holder.pk]),
        "address": _address(holder, name),
        "kind": kind,
        "rows": [kind.row(one) for one in stored[:MOST]],
        "is_cut": len(stored) > MOST,
        "foot": (hidden if stored else "") or kind.foot(stored),
        "hidden": hidden if kind.hides == PersonalFact.NOTE and holder.notes.all().standing().exists() else "",
        "behind": behind and kind.may(user) and (_address(holder, behind[0]), behind[1]),
        "told": kind.note(holder),
        "can_answer": kind.may(user),
    }


def _address(holder: Holder, name: str) -> str:
    return reverse(f"workspace:{name_of(holder)}_rows", args=[holder.pk, name])


def sections(request: HttpRequest, holder: Holder) -> list[dict[str, Any]]:
    kinds = kinds_of(holder, Sight.of(person(request)))
    return [section(request, holder, name) for name, kind in kinds.items() if not kind.is_aside]


def _answer(request: HttpRequest, holder: Holder, name: str) -> HttpResponse:
    """GET: the rows; `?edit=` a number or `new` with the form.

    POST: the form, `end` for a row that is over, `press` for the button of a row.
    """
    kind = _kind(holder, name, Sight.of(person(request)))
    if not kind.may(person(request)):
        raise PermissionDenied
    if request.method != "POST":
        form = kind.form(_row(kind, holder, request, request.GET["edit"])) if "edit" in request.GET else None
        return _shown(request, holder, name, form=form, back="edit" not in request.GET)
    if "end" in request.POST:
        return _ended(request, holder, name)
    if "press" in request.POST:
        return _pressed(request, holder, name)
    form = kind.form(_row(kind, holder, request, request.POST.get("edit", "")), request.POST)
    if not form.keep(person(request)):
        return _shown(request, holder, name, 422, form=form)
    return _done(request, holder, name)


def _ended(request: HttpRequest, holder: Holder, name: str) -> HttpResponse:
    kind = _kind(holder, name, Sight.of(person(request)))
    row = _row(kind, holder, request, request.POST["end"])
    try:
        kind.finish(row, person(request))
    except ValidationError as error:
        return _shown(request, holder, name, 422, trouble=error.messages[0])
    return _done(request, holder, name)


def _pressed(request: HttpRequest, holder: Holder, name: str) -> HttpResponse:
    kind = _kind(holder, name, Sight.of(person(request)))
    row = _row(kind, holder, request, request.POST["press"])
    if kind.press is None or not row.pk:
        raise Http404
    try:
        kind.press(row, person(request))
    except ValidationError as error:
        return _shown(request, holder, name, 422, trouble=error.messages[0])
    return _done(request, holder, name)


def _done(request: HttpRequest, holder: Holder, name: str) -> HttpResponse:
    if wants_part(request):
        return announce(_shown(request, holder, name, back=True), {"card:kept": {}})
    return redirect(f"workspace:{name_of(holder)}", holder.pk)


def _shown(
    request: HttpRequest, holder: Holder, name: str, status: int = 200, *, form: RowForm | None = None, **more: Any
) -> HttpResponse:
    if form is not None:
        form.focus()
    template = "workspace/card/rows.html#section" if wants_part(request) else "workspace/card/rows.html"
    return render(request, template, section(request, holder, name) | {"form": form, **more}, status=status)


def _kind(holder: Holder, name: str, sight: Sight) -> Kind:
    kind = kinds_of(holder, sight).get(name)
    if kind is None:
        raise Http404
    return kind


def _row(kind: Kind, holder: Holder, request: HttpRequest, number: str) -> Any:
    """The row of this number, a new one for `new`."""
    if number == "new" and kind.can_add:
        return kind.new(holder)
    pk = int(number) if number.isdecimal() and len(number) < 18 else 0
    return get_object_or_404(kind.stored(holder, person(request)), pk=pk)
