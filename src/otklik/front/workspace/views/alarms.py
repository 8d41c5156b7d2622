"""What an alarm says: lines for the page that has heard of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from otklik.front.workspace.alarms import MOST, alarms_of
from otklik.front.workspace.door import person


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Of `entries=12,15`; empty when none of them concerns the reader any more."""
    told = request.GET.get("entries", "").split(",")[:MOST]
    entries = [int(one) for one in told if one.isascii() and one.isdecimal() and len(one) < 18]
    return render(request, "workspace/alarms.html", {"alarms": alarms_of(entries, person(request)) if entries else []})
