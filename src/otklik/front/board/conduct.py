"""Abusive contacts: what a lead has to look at, and what holds for whom until when."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.clients.conduct import AbuseReport, Restriction
from otklik.desk.tickets import conducting
from otklik.desk.tickets.access import can_review_conduct
from otklik.desk.tickets.errors import Conflict, Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.board.access import may_watch

MOST = 100
FIELDS = ("decision", "mode", "until", "line", "lead", "words")


@login_required
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """For leads and who stands in for one; each sees what is of the requests they may see."""
    user = request.user
    assert isinstance(user, User)
    return _page(request, user)


@login_required
@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Lift, warn or restrict until a date; 404 for who may not decide on it."""
    user, told = request.user, {name: request.POST.get(name, "") for name in FIELDS}
    assert isinstance(user, User)
    report = get_object_or_404(AbuseReport.objects.select_related("by"), pk=min(pk, 2**63 - 1))
    ticket = get_object_or_404(
        Ticket.objects.select_related("team", "contact", "conversation"), pk=report.ticket_number
    )
    if not can_review_conduct(user, report, ticket.team_id):
        raise Http404
    try:
        ticket.review_abuse(
            report,
            told["decision"],
            by=user,
            words=told["words"][:2000],
            mode=told["mode"],
            until=_end_of(told["until"]),
            team=Team.objects.active().filter(pk=_number(told["line"])).first(),
            lead=User.objects.filter(is_active=True, pk=_number(told["lead"])).first(),
        )
    except Conflict as error:
        messages.error(request, error.text)
        return redirect("board:conduct")
    except Refused as error:
        return _page(request, user, {"error": error, "failed": report.pk, "told": told}, 422)
    messages.success(request, _("Decided: %(decision)s") % {"decision": report.get_decision_display()})
    return redirect("board:conduct")


@login_required
@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Before its time, by whoever may decide on such things there."""
    user = request.user
    assert isinstance(user, User)
    restriction = get_object_or_404(Restriction.objects.select_related("report__by"), pk=min(pk, 2**63 - 1))
    line = Ticket.objects.values_list("team", flat=True).get(pk=restriction.report.ticket_number)
    if not can_review_conduct(user, restriction.report, line):
        raise Http404
    if restriction.lift(by=user):
        messages.success(request, _("Lifted: new requests go their usual way"))
    return redirect("board:conduct")


def _page(request: HttpRequest, user: User, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    reports = list(conducting.reports_to_decide(user).select_related("by", "contact")[:MOST])
    if not (may_watch(user) or reports):
        raise PermissionDenied
    standing = conducting.restrictions_of_seen(user).select_related("contact", "team", "lead", "by")
    lifted = set(conducting.restrictions_to_lift(user).values_list("pk", flat=True))
    others = conducting.reports_of_seen(user).exclude(pk__in=[one.pk for one in reports])
    context = {
        "reports": reports,
        "restrictions": [(one, one.pk in lifted) for one in standing[:MOST]],
        "others": others.select_related("by", "decided_by", "contact")[:MOST],
        "lines": Team.objects.active(),
        "leads": [one for one in User.objects.filter(is_active=True).order_by("name") if one.leads and one.answers],
        "decisions": AbuseReport.Decision.choices,
        "modes": Restriction.Mode.choices,
        "now": clock.now(),
    }
    return render(request, "board/conduct.html", {**context, **(more or {})}, status=status)


def _end_of(text: str) -> datetime | None:
    """The last moment of a day as the reader has it; None for what is no date."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None


def _number(text: str) -> int:
    """Of a row; 0 is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
