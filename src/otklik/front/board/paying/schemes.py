"""Schemes: made, ended, and what each would have paid."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.front.board.paying import telling
from otklik.front.board.paying.forms import SchemeForm
from otklik.front.board.planning.rows import whose
from otklik.front.board.planning.views import decider
from otklik.team.indicators.models import Scheme
from otklik.team.indicators.simulating import Simulation, Would, simulated


@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    form = SchemeForm(decider(request), request.POST or None)
    if request.method == "POST" and form.is_valid() and (made := form.save()):
        return redirect("board:scheme", made.pk)
    return render(request, "board/paying/new.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@never_cache
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Its terms, and person by month what it would have paid by the plans of now."""
    user = decider(request)
    scheme = _found(user, pk)
    told = simulated(scheme)
    context = {
        "scheme": scheme,
        "base": telling.money(scheme.base, scheme.currency),
        "periods": [period.first for period in told.periods],
        "rows": [_row(would, scheme, told) for would in told.people],
        "totals": [telling.money(told.total(place), scheme.currency) for place in range(len(told.periods))],
        "spread": _spread(told, scheme),
    }
    return render(request, "board/paying/scheme.html", context)


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    user = decider(request)
    scheme = _found(user, pk)
    try:
        scheme.end(by=user)
    except Refused as error:
        messages.error(request, error.text)
    return redirect("board:scheme", scheme.pk)


def _found(user: User, pk: int) -> Scheme:
    return get_object_or_404(Scheme.objects.select_related("team", "approver", "made_by"), pk=min(pk, 2**63 - 1))


def _row(would: Would, scheme: Scheme, told: Simulation) -> dict[str, Any]:
    return {
        "person": would.person,
        "paid": [
            (period.first, telling.money(one.payout, scheme.currency), one.says_nothing)
            for period, one in zip(told.periods, would.paid, strict=False)
        ],
        "why": would.why,
        "moved": [
            {
                "metric": plan.indicator.measured,
                "whose": whose(plan),
                "money": telling.money(amount, scheme.currency, signed=True),
                "state": "ok" if amount > 0 else "breach" if amount < 0 else "",
            }
            for plan, amount in would.moved
        ],
        "neutral": sum(share.neutral for one in would.paid for share in one.shares),
        "mixes": [(plan.indicator.measured, *telling.mix_says(mix)) for plan, mix in would.mixes],
    }


def _spread(told: Simulation, scheme: Scheme) -> dict[str, str] | None:
    """The least, the middle and the most of all that would have been paid."""
    amounts = told.amounts
    if not amounts or told.middle is None:
        return None
    sign = scheme.currency
    return {
        "least": telling.money(amounts[0], sign),
        "middle": telling.money(told.middle, sign),
        "most": telling.money(amounts[-1], sign),
    }
