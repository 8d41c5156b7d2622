"""Lines: who answers, in which hours, how fast, and what that means for a request of Friday evening."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.staff.models import Team
from otklik.desk.routing.models import Handover
from otklik.desk.tickets.models import Ticket
from otklik.desk.tickets.models.turns import longest_passing
from otklik.desk.tickets.terms import current
from otklik.front.setup import access
from otklik.front.setup.forms import LineForm
from otklik.front.setup.forms.work import WorkForm
from otklik.front.setup.views.page import settings_page, told

FIGURES_OF = timedelta(days=30)


@dataclass(frozen=True)
class Example:
    """When a request of some moment would be answered and solved."""

    when: str
    answered: datetime
    solved: datetime


@access.readers
def lines(request: HttpRequest) -> HttpResponse:
    found = Team.objects.select_related("calendar").annotate(
        people=Count("memberships", filter=Q(memberships__user__is_active=True), distinct=True),
        doors=Count("channels", filter=Q(channels__is_active=True), distinct=True),
    )
    return settings_page(request, "setup/lines.html", "lines", {"lines": found.order_by("-is_active", "level", "name")})


@access.readers
def line(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One line, or a new one."""
    found = get_object_or_404(Team, pk=pk) if pk else None
    if found is None and not access.can_change(request.user):
        return redirect("setup:lines")
    form = LineForm(request.POST or None, instance=found)
    if form.is_valid():
        saved = form.save()
        told(request, "line", saved, form.changed_data)
        messages.success(request, _("Saved. It holds for requests that come from now on."))
        return redirect("setup:line", saved.pk)
    team = found or _usual()
    context = {
        "form": form,
        "line": found,
        "examples": examples(team) if team else [],
        "open_tickets": _open(found),
    }
    return settings_page(request, "setup/line.html", "lines", context, 422 if form.is_bound else 200)


@access.readers
def consequences(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """What the typed times mean, before they are saved; nothing is changed."""
    form = LineForm(request.GET, instance=get_object_or_404(Team, pk=pk) if pk else None)
    form.is_valid()
    typed = form.cleaned_data
    if not all(typed.get(name) for name in ("calendar", "first_answer", "resolution")):
        return HttpResponse(status=204)
    team = Team(calendar=typed["calendar"], first_answer=typed["first_answer"], resolution=typed["resolution"])
    return render(request, "setup/line.html#consequences", {"examples": examples(team)})


@access.readers
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """How the line gives out its work, in which order, and how hand-overs to it went."""
    found = get_object_or_404(Team, pk=pk)
    form = WorkForm(request.POST or None, line=found)
    if form.is_valid():
        form.save()
        told(request, "distribution", found, form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("setup:work", pk)
    context = {
        "form": form,
        "line": found,
        "figures": Handover.objects.figures(found, clock.now() - FIGURES_OF),
        "ranks": len(current().ranks()),
        "longest": longest_passing(),
    }
    return settings_page(request, "setup/work.html", "lines", context, 422 if form.is_bound else 200)


def examples(team: Team) -> list[Example]:
    """A request now, of Friday evening and of Sunday noon."""
    zone = ZoneInfo(team.calendar.time_zone)
    now = clock.now().astimezone(zone)
    friday = (now + timedelta(days=(4 - now.weekday()) % 7)).replace(hour=17, minute=30, second=0, microsecond=0)
    sunday = (friday + timedelta(days=2)).replace(hour=12, minute=0)
    moments = ((_("now"), now), (_("Friday, 17:30"), friday), (_("Sunday noon"), sunday))
    return [Example(said, team.first_answer_due(moment), team.resolution_due(moment)) for said, moment in moments]


def _usual() -> Team | None:
    calendar = BusinessCalendar.objects.order_by("-is_default", "id").first()
    return Team(calendar=calendar) if calendar else None


def _open(team: Team | None) -> Any:
    return Ticket.objects.open().filter(team=team).count() if team else 0
