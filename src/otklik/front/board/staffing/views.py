"""The page: what is assumed on one side, whom it needs on the other."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.front.board.access import lines_of, may_watch
from otklik.front.board.period import viewed
from otklik.front.board.staffing.forms import StaffingForm
from otklik.front.board.staffing.reckoning import USED, Ahead, Plan, Written, ahead, plan_of
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.question import Question, figure
from otklik.team.metrics.patience import patience
from otklik.team.metrics.sureness import FEW

WEEKS_LOOKED_AT = 4


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Whom today or tomorrow needs, of a line or of all that the reader sees."""
    user = request.user
    assert isinstance(user, User)
    if not may_watch(user):
        raise PermissionDenied
    lines = lines_of(user)
    team = next((one for one in lines if str(one.pk) == request.GET.get("team")), None)
    past = viewed(user, lines, team, WEEKS_LOOKED_AT * 7).scope
    talk = figure(Question(METRICS["aht"], past))
    form = StaffingForm(request.GET, lines, aht=round(talk.value / 60, 1) if talk.value and talk.n >= FEW else None)
    context: dict[str, Any] = {"form": form, "calls_measured": talk.n}
    if form.is_valid():
        asked = form.cleaned_data
        comes = ahead([team] if team else lines, clock.now(), int(asked["day"]))
        context |= _told(plan_of(comes, asked, patience(past)), comes, asked)
    return render(request, "board/staffing.html", context, status=200 if form.is_valid() else 422)


def _told(plan: Plan, comes: Ahead, asked: dict[str, Any]) -> dict[str, Any]:
    return {
        "plan": plan,
        "rows": [one for one in plan.hours if one.calls or one.chats],
        "knows_calls": comes.calls is not None or asked["calls"] is not None,
        "knows_chats": comes.chats is not None,
        "is_special": comes.is_special,
        "says": _says(plan),
        "window": _window(plan.written),
        "used": USED,
    }


def _says(plan: Plan) -> str:
    """The headline."""
    if plan.busiest is None:
        return _("Nobody is needed on live channels")
    people = plan.busiest.people
    if plan.busiest.hour is None:
        return ngettext("%(count)s person for such an hour", "%(count)s people for such an hour", people) % {
            "count": words.number(people)
        }
    return ngettext(
        "%(count)s person at %(hour)s:00, the busiest hour",
        "%(count)s people at %(hour)s:00, the busiest hour",
        people,
    ) % {"count": words.number(people), "hour": plan.busiest.hour}


def _window(written: Written | None) -> str:
    """Which hours decide: from the first of them to the end of the last."""
    if written is None or written.window is None:
        return ""
    first, last = written.window
    return _("the hours from %(first)s:00 to %(last)s:00 decide") % {"first": first, "last": last}
