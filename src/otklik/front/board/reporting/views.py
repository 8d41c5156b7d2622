"""The list of reports, one of them with its history, and its form."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.staff.models import User
from otklik.front.board.reporting import telling
from otklik.front.board.reporting.forms import ReportForm
from otklik.front.board.unknown import unknown
from otklik.team.reports.access import may_change, may_look_as, may_make
from otklik.team.reports.models import Reader, Report, Sending
from otklik.team.reports.tasks import send

MOST = 200
PAGE = 50
BIGGEST = 2**63 - 1


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Mine, those I get, and all of them for who leads the department; the last letter of what is only got is mine."""
    user = person(request)
    found = Report.objects.visible_to(user).select_related("owner", "board")
    shown = list(found.prefetch_related("read_by__person")[: MOST + 1])
    reports = shown[:MOST]
    own = [report.pk for report in reports if may_change(user, report)]
    letters = Sending.objects.filter(Q(report__in=own) | Q(report__in=reports, person=user))
    latest = letters.order_by("report_id", "-moment", "-pk").distinct("report_id")
    last = {one.report_id: one for one in latest}
    context = {
        "rows": [telling.line(report, user, last.get(report.pk)) for report in reports],
        "more": len(shown) > MOST,
        "may_make": may_make(user),
    }
    return render(request, "board/reporting/index.html", context)


@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if not may_make(user):
        raise PermissionDenied
    return _form(request, ReportForm(user, None, request.POST or None))


@login_required
@never_cache
def change(request: HttpRequest, pk: int) -> HttpResponse:
    report = changed(request, pk)
    return _form(request, ReportForm(person(request), report, request.POST or None))


@login_required
@never_cache
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What is sent when to whom, and every letter that left or did not, the newest first."""
    user, report = person(request), seen(request, pk)
    own, before = may_change(user, report), request.GET.get("before", "")
    letters = report.sendings.select_related("person") if own else report.sendings.filter(person=user)
    if place(before):
        letters = letters.filter(pk__lt=int(before))
    rows = list(letters.select_related("person").order_by("-pk")[: PAGE + 1])
    known: Any = {"before": place}
    context = {
        "report": report,
        "what": telling.what(report),
        "when": telling.when(report),
        "readers": report.read_by.select_related("person").order_by("person__name"),
        "looks": [each.pk for each in report.readers.all() if may_look_as(user, each)],
        "mine": Reader.objects.filter(report=report, person=user).first(),
        "may_change": own,
        "rows": [telling.letter(sending) for sending in rows[:PAGE]],
        "next": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "unknown": unknown(request.GET, **known),
    }
    return render(request, "board/reporting/one.html", context)


@login_required
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it for all, or go on from the next moment."""
    report = changed(request, pk)
    report.switch(on="on" in request.POST)
    messages.success(request, _("It is sent again.") if report.is_on else _("It is not sent any more."))
    return redirect("board:report", pk)


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    changed(request, pk).delete()
    messages.success(request, _("The report was removed."))
    return redirect("board:reports")


@login_required
@require_POST
def send_now(request: HttpRequest, pk: int) -> HttpResponse:
    """To myself alone, as I may see it."""
    user, report = person(request), seen(request, pk)
    if not user.email:
        messages.error(request, _("You have no e-mail address in the product: ask an administrator to enter it."))
        return redirect("board:report", pk)
    send.defer(sending_pk=Sending.objects.now(report, user).pk)
    messages.success(request, _("It is on its way to %(address)s.") % {"address": user.email})
    return redirect("board:report", pk)


@login_required
@never_cache
def mine(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether I want it: the page behind the link of each letter."""
    user = person(request)
    rows = Reader.objects.select_related("report__owner", "report__board")
    reader = get_object_or_404(rows, report=min(pk, BIGGEST), person=user)
    if request.method == "POST":
        reader.want(it="want" in request.POST)
        messages.success(request, _("You get it.") if not reader.stopped_at else _("You do not get it any more."))
        return redirect("board:my_report", pk)
    context = {"reader": reader, "report": reader.report, "when": telling.when(reader.report)}
    return render(request, "board/reporting/mine.html", context)


def person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def seen(request: HttpRequest, pk: int) -> Report:
    """Raises Http404 for one that this person has nothing to do with."""
    rows = Report.objects.visible_to(person(request)).select_related("owner", "board")
    return get_object_or_404(rows, pk=min(pk, BIGGEST))


def changed(request: HttpRequest, pk: int) -> Report:
    """Raises PermissionDenied for one that is only received."""
    report = seen(request, pk)
    if not may_change(person(request), report):
        raise PermissionDenied
    return report


def place(told: str) -> int | None:
    return int(told) if told.isdecimal() and len(told) < 19 else None


def _form(request: HttpRequest, form: ReportForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and (report := form.save()):
        return redirect("board:report", report.pk)
    context = {"form": form, "report": form.report}
    return render(request, "board/reporting/form.html", context, status=422 if form.errors else 200)
