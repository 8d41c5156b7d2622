"""What a lead decides: swaps that both want, exceptions that were asked for."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.journal.refused import Refused
from otklik.core.recent import RecentBy
from otklik.core.staff.models import User
from otklik.core.ui import nav
from otklik.front.board.roster import sentences
from otklik.front.board.roster.asked import reader_of
from otklik.team.shifts.checking import After, after
from otklik.team.shifts.models import Excepted, Swap
from otklik.team.shifts.telling import hours_of

SHOWN = 100
_counted: RecentBy[int, int] = RecentBy(15.0)
"""So long the menu of a person remembers how many wait."""


def count_of(user: User) -> int:
    return Swap.objects.decided_by(user).count() + Excepted.objects.decided_by(user).waiting().count()


def waiting(request: HttpRequest) -> nav.Count | None:
    """For the menu."""
    user = reader_of(request)
    if not user.leads:
        return None
    number = _counted.get(user.pk, lambda: count_of(user))
    return nav.Count(number, "soon") if number else None


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """What waits for my word, the soonest first."""
    user = reader_of(request)
    if not user.leads:
        raise PermissionDenied
    swaps = list(Swap.objects.decided_by(user).with_shifts().order_by("shift__starts_at")[:SHOWN])
    then = after(swaps)
    asked = Excepted.objects.decided_by(user).waiting().select_related("person").order_by("starts_at")[:SHOWN]
    context = {"swaps": [_swap(one, then[one.pk]) for one in swaps], "exceptions": asked}
    return render(request, "board/roster/requests.html", context)


def _swap(swap: Swap, then: After) -> dict[str, Any]:
    names = {swap.asker_id: swap.asker.name, swap.taker_id: swap.taker.name}
    return {
        "swap": swap,
        "gives": hours_of(swap.shift),
        "gets": hours_of(swap.back) if swap.back else "",
        "cannot": bool(then.works),
        "against": [
            *((names[one.person], sentences.works(one)) for one in then.works),
            *((names[one.person], sentences.away_then(one)) for one in then.away),
            *((names[one.person], sentences.broken(one)) for one in then.broken),
        ],
    }


@login_required
@require_POST
def decide_swap(request: HttpRequest, pk: int) -> HttpResponse:
    user = reader_of(request)
    swap = get_object_or_404(Swap.objects.with_shifts(), pk=min(pk, 2**63 - 1))
    _decide(request, swap, user)
    return redirect("board:roster_requests")


@login_required
@require_POST
def decide_exception(request: HttpRequest, pk: int) -> HttpResponse:
    user = reader_of(request)
    found = get_object_or_404(Excepted.objects.decided_by(user), pk=min(pk, 2**63 - 1))
    _decide(request, found, user)
    return redirect("board:roster_requests")


def _decide(request: HttpRequest, one: Swap | Excepted, user: User) -> None:
    try:
        _counted.forget()
        if request.POST.get("how") == "approve":
            one.approve(by=user)
            messages.success(request, _("Approved: both are told") if isinstance(one, Swap) else _("Approved"))
        else:
            one.refuse(by=user)
            messages.success(request, _("Refused, and told"))
    except Refused as error:
        messages.error(request, error.text)
