"""What was noted of days: the list, a new one, and taking one away."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.front.board.access import may_watch
from otklik.front.board.noting.forms import AnnotationForm
from otklik.front.board.unknown import unknown
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.models import Annotation

PAGE = 50


@login_required
@never_cache
def notes(request: HttpRequest) -> HttpResponse:
    """The latest day first; a new note leads back to the metric from which it was written."""
    user, told = _watcher(request), request.POST or None
    form = AnnotationForm(user, told, initial={"on": timezone.localtime(clock.now()).date()})
    if told is not None and form.is_valid():
        form.save()
        metric = request.POST.get("metric", "")
        return redirect("board:metric", metric) if metric in METRICS else redirect("board:notes")
    place = _place(request.GET.get("before", ""))
    rows = Annotation.objects.visible_to(user).select_related("team", "by")
    if place:
        rows = rows.before(*place)
    some = list(rows[: PAGE + 1])
    context = {
        "form": form,
        "metric": request.POST.get("metric", request.GET.get("metric", "")),
        "unknown": unknown(request.GET, before=_place, metric=METRICS),
        "rows": [(row, row.may_be_removed_by(user)) for row in some[:PAGE]],
        "next": f"{some[PAGE - 1].on.isoformat()}.{some[PAGE - 1].pk}" if len(some) > PAGE else "",
    }
    return render(request, "board/noting/notes.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a note away: one's own, or any for who leads the department."""
    user = _watcher(request)
    note = get_object_or_404(Annotation.objects.visible_to(user), pk=min(pk, 2**63 - 1))
    if not note.may_be_removed_by(user):
        raise PermissionDenied
    note.delete()
    return redirect("board:notes")


def _watcher(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    if not may_watch(request.user):
        raise PermissionDenied
    return request.user


def _place(text: str) -> tuple[date, int] | None:
    """Where the page before ended: day and number of its last row."""
    day, _dot, number = text.partition(".")
    if not (number.isdecimal() and len(number) < 19):
        return None
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None
