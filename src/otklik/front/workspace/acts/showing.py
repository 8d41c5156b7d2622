"""Dialogs of the acts: a part for htmx, a small page without scripts."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from otklik.core.journal import clock
from otklik.core.ui.show import show, wants_part
from otklik.desk.tickets.models import Ticket


def dialog(
    request: HttpRequest, ticket: Ticket, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """With an error only the form inside is drawn anew; the dialog stays open."""
    told = _told(request, ticket, context)
    return show(request, template, told, part="dialog" if status < 400 else "form", status=status)


def again(request: HttpRequest, ticket: Ticket, template: str, context: dict[str, Any]) -> HttpResponse:
    """The form inside of an open dialog, with more than it said before."""
    return show(request, template, _told(request, ticket, context), part="form")


def _told(request: HttpRequest, ticket: Ticket, context: dict[str, Any]) -> dict[str, Any]:
    view = request.POST.get("view") or request.GET.urlencode()
    return {"ticket": ticket, "now": clock.now(), "view": view, "alone": not wants_part(request), **context}
