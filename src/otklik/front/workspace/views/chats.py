"""The strip of one's own live talks in chats."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from otklik.front.workspace.door import person
from otklik.front.workspace.queries import chats


@require_safe
def strip(request: HttpRequest) -> HttpResponse:
    """Who waits longest stands first."""
    return render(
        request, "workspace/chats.html", {"chats": chats.mine(person(request)), "open": request.GET.get("open", "")}
    )
