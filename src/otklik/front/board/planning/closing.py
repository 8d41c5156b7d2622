"""The months: closing one, what was frozen beside what it is today, opening one again with a reason."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.front.board.measured import telling
from otklik.front.board.planning.counted import PAGE, counted, news
from otklik.front.board.planning.forms import ReopenForm
from otklik.front.board.planning.months import key_of, month_of
from otklik.front.board.planning.rows import metric_address, owner, row, today_of, whose
from otklik.front.board.planning.views import decider, place, watcher
from otklik.front.board.unknown import unknown
from otklik.team.indicators.access import may_decide
from otklik.team.indicators.measuring import measured
from otklik.team.indicators.models import Close, Frozen, Plan, Statement
from otklik.team.indicators.period import Period, Span, today
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.metric import Metric

MONTHS = 12
MOST = 300


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """The last twelve months since something was planned, closed or to be closed."""
    user = watcher(request)
    now, begun = Period.now(Span.MONTH), Plan.objects.order_by("starts_on").values_list("starts_on", flat=True).first()
    back = [now.move(-months) for months in range(1, MONTHS + 1)]
    shown = [one for one in back if begun and begun < one.ends]
    closes = list(Close.objects.filter(month__gte=back[-1].first).select_related("by", "reopened_by")[:MOST])
    holding = {close.month: close for close in closes if not close.reopened_at}
    rows = [{"month": one.first, "key": key_of(one), "close": holding.get(one.first)} for one in shown]
    context = {
        "rows": rows,
        "reopened": [close for close in closes if close.reopened_at],
        "may_decide": may_decide(user),
        "young": _young(back[0]) if shown else [],
    }
    return render(request, "board/planning/closes.html", context)


@login_required
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Freeze a month, and draft the statements that follow from it."""
    user, month = decider(request), month_of(request.POST.get("month", ""))
    if month is None:
        messages.error(request, _("Say which month."))
        return redirect("board:closes")
    try:
        made = Close.objects.close(month.first, by=user)
    except Refused as error:
        messages.error(request, error.text)
        return redirect("board:closes")
    drafted = Statement.objects.draft(made)
    if drafted.made:
        told = ngettext(
            "%(count)s bonus statement is drafted.", "%(count)s bonus statements are drafted.", len(drafted.made)
        )
        messages.success(request, told % {"count": len(drafted.made)})
    return redirect("board:close", made.pk)


@login_required
@never_cache
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What was frozen, and what late corrections would make of it today."""
    return _page(request, close_of(request, pk), ReopenForm())


@login_required
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    user, closed, form = decider(request), close_of(request, pk), ReopenForm(request.POST)
    if not form.is_valid():
        return _page(request, closed, form, status=422)
    try:
        closed.reopen(form.cleaned_data["why"], by=user)
    except Refused as error:
        messages.error(request, error.text)
    return redirect("board:closes")


@login_required
@never_cache
def frozen(request: HttpRequest, pk: int) -> HttpResponse:
    """The requests that were counted when the month was closed, and what has changed since."""
    assert isinstance(request.user, User)
    rows = Frozen.objects.visible_to(request.user).told()
    kept = get_object_or_404(rows, pk=min(pk, 2**63 - 1))
    start, plan = place(request.GET.get("after", "")), kept.plan
    known: Any = {"after": place}
    figure = measured([plan], kept.close.month)[plan.pk]
    context = {
        "unknown": unknown(request.GET, **known),
        "frozen": kept,
        "close": kept.close,
        "plan": plan,
        "metric": plan.indicator.measured,
        "owner": owner(plan),
        "whose": whose(plan),
        "period": kept.period,
        "value": telling.value(figure.metric, kept.value),
        "sure": telling.sure(kept.figure),
        "floor": telling.value(figure.metric, plan.floor),
        "target": telling.value(figure.metric, plan.target),
        "stretch": telling.value(figure.metric, plan.stretch) if plan.stretch is not None else "",
        "made_of": telling.of_how_many(kept.figure),
        "today": today_of(kept, figure),
        "address": metric_address(plan, kept.period),
        "rows": counted(request.user, kept, start),
        "next": start + PAGE if len(kept.tickets) > start + PAGE else None,
        "news": news(request.user, kept) if not start else [],
    }
    return render(request, "board/planning/frozen.html", context)


def close_of(request: HttpRequest, pk: int) -> Close:
    watcher(request)
    return get_object_or_404(Close.objects.select_related("by", "reopened_by"), pk=min(pk, 2**63 - 1))


def _page(request: HttpRequest, closed: Close, form: ReopenForm, status: int = 200) -> HttpResponse:
    user = watcher(request)
    rows, more = rows_of(user, closed)
    context = {
        "close": closed,
        "rows": rows,
        "more": more,
        "moved": sum(bool(one["today"]) for one in rows),
        "form": form if may_decide(user) and not closed.reopened_at else None,
    }
    return render(request, "board/planning/close.html", context, status=status)


def rows_of(user: User, closed: Close, most: int = MOST) -> tuple[list[dict[str, Any]], bool]:
    """What was frozen of what this person may see, and whether there is more."""
    rows = list(closed.frozen.visible_to(user).told().order_by("pk")[: most + 1])
    figures = measured([one.plan for one in rows], closed.month)
    told = [
        {**row(one.plan, figures[one.plan_id], closed.month, frozen=one), "owner": owner(one.plan)}
        for one in rows[:most]
    ]
    return told, len(rows) > most


def _young(last: Period) -> list[Metric]:
    """Metrics whose last days of the month are not counted yet: closing now would leave them out."""
    return [one for one in METRICS.values() if today() - last.ends < one.matures]
