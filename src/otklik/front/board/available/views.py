"""What stands behind the status page: how each component is, the figures of a month, what they are made of, money."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from otklik.care.status import clients, figures
from otklik.care.status.access import may_see, may_set, may_write
from otklik.care.status.models import Check, Component, Outage, Report, StatusPolicy, Subscriber, Works
from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.front.board.available import definitions, telling
from otklik.front.board.available.telling import Row
from otklik.front.board.unknown import unknown
from otklik.front.board.value.telling import money
from otklik.team.value import access as value
from otklik.team.value import credits

MOST = 200
MOST_REPORTS = 30


@login_required
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`?month=2026-06`, else this one."""
    user, components = seer(request), list(Component.objects.in_order()[:MOST])
    months, month = _months(request, components)
    known = figures.record(components, *figures.month_of(month))
    rows = _rows(components, known)
    context: dict[str, Any] = {
        "now": words.here(),
        "rows": rows,
        "months": months,
        "month": month,
        "stats": telling.stats(rows, user, figures.month_of(month)) if rows else [],
        "products": telling.by_product(rows),
        "definitions": definitions.OF_TIME,
        "going": Report.objects.filter(ended_at=None).order_by("-began_at")[:MOST_REPORTS],
        "reports": Report.objects.exclude(ended_at=None).filter(continued_by=None).order_by("-began_at")[:10],
        "works": list(Works.objects.standing().filter(ended_at=None).order_by("begins_at")[:MOST_REPORTS]),
        "subscribers": Subscriber.objects.active().count(),
        "policy": StatusPolicy.objects.current(),
        "may_write": may_write(user),
        "may_set": may_set(user),
        "sees_money": value.may_see(user),
        "unknown": unknown(request.GET, month=lambda told: _month(told) in months),
    }
    return render(request, "board/available/index.html", context)


@login_required
@never_cache
@require_safe
def component(request: HttpRequest, pk: int) -> HttpResponse:
    """What the figures of one component in a month are made of."""
    user, one = seer(request), get_object_or_404(Component.objects.in_order(), pk=min(pk, 2**63 - 1))
    months, month = _months(request, [one])
    known = figures.record([one], *figures.month_of(month))
    (row,) = _rows([one], known)
    start, end = figures.month_of(month)
    withdrawn = Outage.objects.filter(component=one, began_at__lt=end, began_at__gte=start)
    targets = one.targets.select_related("service_class").order_by("service_class__rank")
    context = {
        "now": words.here(),
        "row": row,
        "months": months,
        "month": month,
        "faults": [
            (each, known.weight(each), words.span(((each.ended_at or clock.now()) - each.began_at).total_seconds()))
            for each in known.faults([one])
        ],
        "withdrawn": withdrawn.exclude(withdrawn_at=None).order_by("-began_at"),
        "works": known.drawn.get(one.pk, []),
        "policy": known.policy,
        "budgets": [
            (each, budget, telling.minutes(budget.remaining_s))
            for each in targets
            if (budget := known.budget(one, float(each.target) / 100))
        ],
        "definitions": definitions.OF_TIME,
        "may_write": may_write(user),
        "may_set": may_set(user),
        "unknown": unknown(request.GET, month=lambda told: _month(told) in months),
    }
    return render(request, "board/available/component.html", context)


@login_required
@never_cache
@require_safe
def credit(request: HttpRequest) -> HttpResponse:
    """`?month=` and `?product=`: what a breach gives back, and to whom."""
    user = seer(request)
    if not value.may_see(user):
        raise PermissionDenied
    components = list(Component.objects.in_order()[:MOST])
    months, month = _months(request, components)
    known = figures.record(components, *figures.month_of(month))
    rows = credits.by_product(components, known, month)
    chosen = next((one for one in rows if str(one.product) == request.GET.get("product", "")), None)
    context = {
        "months": months,
        "month": month,
        "is_running": month == clock.house_today().replace(day=1),
        "rows": [_credit(one) for one in rows],
        "chosen": chosen,
        "clients": [_client(one) for one in credits.of_clients(chosen, month)] if chosen else [],
        "most": credits.MOST,
        "definition": definitions.CREDIT,
        "policy": known.policy,
        "unknown": unknown(
            request.GET,
            month=lambda told: _month(told) in months,
            product=[str(one.product) for one in rows],
        ),
    }
    return render(request, "board/available/credit.html", context)


def seer(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)
    if not may_see(user):
        raise PermissionDenied
    return user


def writer(request: HttpRequest) -> User:
    user = seer(request)
    if not may_write(user):
        raise Http404
    return user


def _rows(components: list[Component], known: figures.Record) -> list[Row]:
    """A fixed number of statements."""
    states = figures.states_now(components)
    products = [one.product_id for one in components if one.product_id]
    until = min(known.end, clock.now())
    held = clients.holders(products, known.start, max(known.start, until)) if products else {}
    checks: dict[int, list[Check]] = defaultdict(list)
    for check in Check.objects.filter(component__in=[one.pk for one in components]).order_by("pk"):
        checks[check.component_id].append(check)
    return [telling.row_of(one, known, states, held, checks) for one in components]


def _months(request: HttpRequest, components: list[Component]) -> tuple[list[date], date]:
    first = min((clock.house_day(one.since) for one in components), default=clock.house_today()).replace(day=1)
    months = telling.months(clock.house_today(), first)
    chosen = _month(request.GET.get("month", ""))
    return months, chosen if chosen in months else months[0]


def _month(told: str) -> date | None:
    try:
        return date.fromisoformat(f"{told}-01")
    except ValueError:
        return None


def _credit(one: credits.Credit) -> dict[str, Any]:
    sums = " + ".join(money(float(amount), currency) for currency, amount in sorted(one.sums.items()))
    return {
        "credit": one,
        "share": telling.percent(one.availability),
        "back": "" if one.back is None else words.percent(one.back, 1),
        "sums": sums,
    }


def _client(one: credits.Of) -> dict[str, Any]:
    return {
        "of": one,
        "fee": money(float(one.fee), one.currency) if one.fee is not None else "",
        "money": money(float(one.money), one.currency) if one.money is not None else "",
    }
