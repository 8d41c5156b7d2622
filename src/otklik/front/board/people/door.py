"""Acts of these pages: done and back, a refusal is said where it belongs."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from otklik.core.journal.refused import Refused
from otklik.core.ui import words
from otklik.front.board.steering.door import allowed, found, reader
from otklik.team.metrics.share import Share

__all__ = ["allowed", "done", "found", "reader", "said", "written"]


def done(request: HttpRequest, act: Callable[[], Any], back: str, pk: int | None = None) -> HttpResponse:
    try:
        act()
    except Refused as error:
        messages.error(request, error.text)
    return redirect(back, *([pk] if pk is not None else []))


def written(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[], HttpResponse],
    page: dict[str, Any],
    template: str = "",
) -> HttpResponse:
    """The page of a form; what is valid is done, and a refusal stands at its field with nothing typed lost."""
    if request.method == "POST" and form.is_valid():
        try:
            return act()
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, error.text)
    status = 422 if form.errors else 200
    return render(request, template or "board/people/form.html", {"form": form, **page}, status=status)


def said(share: Share) -> str:
    return "—" if share.value is None else words.percent(share.value)
