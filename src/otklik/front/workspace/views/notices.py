"""What the desk has told one: by rules, and of rules and webhooks that gave up."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from otklik.core.journal import clock
from otklik.core.journal.models import Notice
from otklik.core.ui.show import show
from otklik.front.workspace import menu
from otklik.front.workspace.door import person

SHOWN = 100
PLACES = {
    "ticket": "/tickets/{}/",
    "absences": "/absences/",
    "conduct": "/board/conduct/#report-{}",
    "refusals": "/board/refusals/#refusal-{}",
    "rule": "/settings/rules/{}/",
    "webhook": "/settings/webhooks/{}/",
}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The newest; what was not looked at stands out."""
    rows = Notice.objects.of(person(request).pk)[:SHOWN]
    context = {"rows": rows, "fresh": any(row.seen_at is None for row in rows), "now": clock.now()}
    return show(request, "workspace/notices.html", context)


@require_POST
def see(request: HttpRequest, pk: int) -> HttpResponse:
    """Looked at, and on to what it is about."""
    notice = get_object_or_404(Notice, pk=min(pk, 2**63 - 1), person=person(request))
    Notice.objects.filter(pk=notice.pk).see()
    menu.forget()
    place = PLACES.get(notice.about, "")
    known = place and (notice.about_id or "{}" not in place)
    return redirect(place.format(notice.about_id) if known else "workspace:notices")


@require_POST
def see_all(request: HttpRequest) -> HttpResponse:
    Notice.objects.filter(person=person(request)).see()
    menu.forget()
    return redirect("workspace:notices")
