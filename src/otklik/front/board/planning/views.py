"""Plan and fact, one indicator with its versions, and the requests behind a figure."""

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

from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team, User
from otklik.front.board.access import lines_of, may_watch
from otklik.front.board.measured import telling
from otklik.front.board.planning.counted import PAGE, page_of
from otklik.front.board.planning.forms import IndicatorForm, PlanForm
from otklik.front.board.planning.months import chosen_month, key_of, month_of
from otklik.front.board.planning.rows import groups, owner, row, whose
from otklik.front.board.unknown import unknown
from otklik.team.indicators.access import may_decide
from otklik.team.indicators.measuring import measured
from otklik.team.indicators.models import Close, Indicator, Plan
from otklik.team.indicators.period import Period, Span

MOST = 200
"""Indicators on one page; with more of them one chooses a line."""


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Everybody's plan with the fact of a month; of a closed one as it was frozen."""
    user = watcher(request)
    month, teams = chosen_month(request), lines_of(user)
    team = next((one for one in teams if str(one.pk) == request.GET.get("team")), None)
    known: Any = {"month": month_of, "team": [str(one.pk) for one in teams]}
    plans = plans_of(user, month, team)
    close = Close.objects.of_month(month.first)
    frozen = {one.plan_id: one for one in close.frozen.told()} if close else None
    context = {
        "unknown": unknown(request.GET, **known),
        "groups": groups(plans[:MOST], month, frozen),
        "more": len(plans) > MOST,
        "close": close,
        "view": {"team": team, "teams": teams},
        "may_decide": may_decide(user),
        **months(month),
    }
    return render(request, "board/planning/index.html", context)


@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Plan something for a person, a line or the department."""
    user = decider(request)
    form = IndicatorForm(user, request.POST or None, initial={"owner": request.GET.get("owner", "")})
    if request.method == "POST" and form.is_valid() and (made := form.save()):
        return redirect("board:indicator", made.pk)
    return render(request, "board/planning/new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@never_cache
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Its versions, and the form for what holds from the next period on."""
    user = watcher(request)
    indicator = _found(user, pk)
    last = indicator.plans.order_by("-number").first()
    form = PlanForm(request.POST or None, initial=PlanForm.begun(last) if last else None, planned=indicator.metric)
    if request.method == "POST":
        decider(request)
        if form.is_valid():
            try:
                indicator.plan(by=user, **form.figures(indicator.metric))
            except Refused as error:
                form.refuse(error)
            else:
                messages.success(request, _("Planned from the next period on."))
                return redirect("board:indicator", indicator.pk)
    return _page(request, indicator, form, 422 if form.errors else 200)


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """It counts to the end of the running period."""
    user = decider(request)
    indicator = _found(user, pk)
    try:
        indicator.end(by=user)
    except Refused as error:
        messages.error(request, error.text)
    return redirect("board:indicator", indicator.pk)


@login_required
@never_cache
def behind(request: HttpRequest, pk: int) -> HttpResponse:
    """The requests that the figure of a plan is made of in a month, newest first; as many as it says."""
    assert isinstance(request.user, User)
    user = request.user
    seen = Indicator.objects.visible_to(user)
    plan = get_object_or_404(
        Plan.objects.filter(indicator__in=seen).select_related("indicator__person", "indicator__team"),
        pk=min(pk, 2**63 - 1),
    )
    month, start = chosen_month(request), place(request.GET.get("after", ""))
    known: Any = {"month": month_of, "after": place}
    period = Period.of(plan.indicator.span, month.first)
    figure = measured([plan], month.first)[plan.pk]
    rows, more = page_of(plan, period, user, start)
    context = {
        "unknown": unknown(request.GET, **known),
        "plan": plan,
        "metric": plan.indicator.measured,
        "figure": figure,
        "shown": telling.value(figure.metric, figure.value),
        "owner": owner(plan),
        "whose": whose(plan),
        "period": period,
        "rows": rows,
        "next": start + PAGE if more else None,
    }
    return render(request, "board/planning/behind.html", context)


def plans_of(user: User, month: Period, team: Team | None = None) -> list[Plan]:
    """What the reader may see of what holds in this month and in its quarter; of one line with its people."""
    seen = Indicator.objects.visible_to(user)
    if team:
        seen = seen.filter(Q(person__memberships__team=team) | Q(person=None, team=team)).distinct()
    return [plan for span in Span for plan in Plan.objects.in_force(seen, Period.of(span, month.first))]


def months(month: Period) -> dict[str, Any]:
    """The shown month and the ways to its neighbours."""
    after = month.move(1)
    return {
        "month": month.first,
        "month_key": key_of(month),
        "before": key_of(month.move(-1)),
        "after": key_of(after) if after.first <= Period.now(Span.MONTH).first else "",
        "is_over": month.is_over,
    }


def watcher(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    if not may_watch(request.user):
        raise PermissionDenied
    return request.user


def decider(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    if not may_decide(request.user):
        raise PermissionDenied
    return request.user


def _found(user: User, pk: int) -> Indicator:
    rows = Indicator.objects.visible_to(user).select_related("person", "team", "made_by")
    return get_object_or_404(rows, pk=min(pk, 2**63 - 1))


def _page(request: HttpRequest, indicator: Indicator, form: PlanForm, status: int) -> HttpResponse:
    user = watcher(request)
    plans = list(indicator.plans.select_related("by").order_by("-number")[:PAGE])
    for plan in plans:
        plan.indicator = indicator
    current = next((plan for plan in plans if plan.starts_on <= Period.now(indicator.span).first), None)
    now = Period.now(indicator.span).first
    told = row(current, measured([current], now)[current.pk], now) if current else None
    context = {
        "indicator": indicator,
        "metric": indicator.measured,
        "owner": owner(plans[0]),
        "whose": whose(plans[0]),
        "unit": telling.UNITS[indicator.measured.unit],
        "better": telling.BETTER[indicator.measured.better],
        "row": told,
        "plans": [{"plan": plan, **_planned(plan)} for plan in plans],
        "next": Period.now(indicator.span).move(1).first,
        "form": form if may_decide(user) and indicator.ends_on is None else None,
    }
    return render(request, "board/planning/one.html", context, status=status)


def _planned(plan: Plan) -> dict[str, str]:
    metric = plan.indicator.measured
    told = {name: getattr(plan, name) for name in ("floor", "target", "stretch")}
    return {name: telling.value(metric, value) for name, value in told.items()}


def place(text: str) -> int:
    """Where the page before ended."""
    return int(text) if text.isdecimal() and len(text) < 8 else 0
