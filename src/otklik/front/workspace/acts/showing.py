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
    view = request.POST.get("view") or request.GET.urlencode()
    told = {"ticket": ticket, "now": clock.now(), "view": view, "alone": not wants_part(request), **context}
    return show(request, template, told, part="dialog" if status < 400 else "form", status=status)
