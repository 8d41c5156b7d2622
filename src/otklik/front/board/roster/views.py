"""The grid of a week, and what is done in it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.journal import clock
from otklik.core.journal.refused import Refused
from otklik.core.ui.show import show
from otklik.front.board.period import viewed
from otklik.front.board.roster.asked import Asked, asked_of, planner_of
from otklik.front.board.roster.deciding import count_of
from otklik.front.board.roster.grid import Grid, grid
from otklik.front.board.roster.need import came_to, needs
from otklik.front.board.unknown import unknown
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question, figure
from otklik.team.metrics.sureness import FEW
from otklik.team.shifts.models import Rules, Shift, Week

PAGE = "board/roster/index.html"
WEEKS_LOOKED_AT = 4


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """People and days; leads plan here, the others read."""
    return page(request, asked_of(request))


def page(request: HttpRequest, asked: Asked, status: int = 200, error: str = "") -> HttpResponse:
    """The page, or the grid alone for a script."""
    context: dict[str, Any] = {"asked": asked, "error": error, "unknown": unknown(request.GET, week=_is_day)}
    if asked.line:
        found = grid(asked, asked.line)
        context |= {"grid": found, "today": clock.today(), "waiting": count_of(asked.user), **_ahead(found)}
        if asked.may_plan:
            context["needs"] = _needs(asked, found)
    return show(request, PAGE, context, part="roster", status=status)


def _needs(asked: Asked, found: Grid) -> Any:
    assert asked.line is not None
    night = Shift.objects.filter(line=asked.line, day=asked.monday - timedelta(days=1))
    shifts = [*found.shifts, *night.select_related("line__calendar")]
    past = viewed(asked.user, asked.lines, asked.line, WEEKS_LOOKED_AT * 7).scope
    talk = figure(Question(METRICS["aht"], past))
    aht = round(talk.value / 60, 1) if talk.value and talk.n >= FEW else None
    return needs(asked.line, asked.days, shifts, aht, came_to([asked.line]))


def _ahead(found: Grid) -> dict[str, Any]:
    """How many days before its beginning the week would be published, and whether that is too late."""
    days = (found.asked.monday - clock.today()).days
    rules = Rules.objects.current()
    return {"days_ahead": days, "is_late": days < rules.ahead_days, "wanted_days": rules.ahead_days}


def _is_day(text: str) -> bool:
    try:
        return parse_date(text) is not None
    except ValueError:
        return False


@login_required
@require_POST
def copy(request: HttpRequest) -> HttpResponse:
    """The week before, where nothing stands yet."""
    asked, line = planner_of(request)
    put, left = Shift.objects.copy_week(line, asked.monday, by=asked.user)
    told = ngettext("%(n)s shift copied", "%(n)s shifts copied", put) % {"n": put}
    if left:
        told += ". " + _(
            "Not copied, because the person is away, works elsewhere or left, or the day is over: %(n)s"
        ) % {"n": left}
    if put:
        messages.success(request, told)
    else:
        messages.info(request, told)
    return back(asked)


@login_required
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """The people are told; what breaks a rule must be said to be known."""
    asked, line = planner_of(request)
    found = grid(asked, line)
    if found.troubles and not request.POST.get("sure"):
        return page(request, asked, 422, _("Look at what breaks rules first, and say that it is meant."))
    try:
        Week.objects.publish(line, asked.monday, by=asked.user, accepted=len(found.troubles))
    except Refused as error:
        return page(request, asked, 422, error.text)
    messages.success(request, _("Published: the people of the line are told"))
    return back(asked)


def back(asked: Asked) -> HttpResponse:
    return redirect(f"{reverse('board:roster')}?{asked.query}")
