"""The cost of repeated contacts, and of what hour it is counted: for the head and the administrator alone."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from otklik.core.staff.models import User
from otklik.desk.channels.models.channel import VOICE
from otklik.front.board.period import PERIODS, View, chosen
from otklik.front.board.value import telling
from otklik.front.board.value.forms import CostForm
from otklik.team.metrics.layer.naming import names
from otklik.team.metrics.layer.telling import of_how_many, shown, sure
from otklik.team.value.access import may_set
from otklik.team.value.figures import currency_of_the_house
from otklik.team.value.models import Policy
from otklik.team.value.repeats import Cost, cost

MOST = 50
"""Topics on the page, the dearest first."""


@login_required
@never_cache
def repeats(request: HttpRequest) -> HttpResponse:
    """The figure of a period by topic, and the form that says what an hour costs."""
    user, policy = request.user, Policy.objects.current()
    if not isinstance(user, User) or not may_set(user):
        raise PermissionDenied
    form = CostForm(request.POST or None, instance=policy)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect(request.get_full_path())
    view = chosen(request, user, lined=False)
    kept = Policy.objects.current()
    found = cost(view.scope, kept)
    context = {
        "form": form,
        "view": view,
        "periods": PERIODS,
        "unknown": view.unknown,
        "policy": kept,
        **_figures(found, view),
    }
    return render(request, "board/value/repeats.html", context, status=422 if form.errors else 200)


def _figures(found: Cost, view: View) -> dict[str, Any]:
    currency = currency_of_the_house()
    called = names("topic", [key for key in found.topics if key])
    ordered = sorted(found.topics.items(), key=lambda pair: (-pair[1], called.get(pair[0], "")))
    return {
        "found": found,
        "hour": telling.money(found.hour, currency),
        "each": telling.money(found.each, currency),
        "whole": telling.money(found.of(found.repeats), currency),
        "aht": shown(found.aht),
        "aht_sure": sure(found.aht),
        "aht_of": of_how_many(found.aht),
        "behind": view.behind("repeat.rate", channel=VOICE),
        "behind_aht": view.behind("aht", channel=VOICE),
        "topics": [_topic(found, view, called, currency, key, n) for key, n in ordered[:MOST]],
        "more": max(0, len(ordered) - MOST),
    }


def _topic(found: Cost, view: View, called: dict[str, str], currency: str, key: str, n: int) -> dict[str, Any]:
    return {
        "name": called.get(key, ""),
        "topic": key,
        "n": n,
        "money": telling.money(found.of(n), currency),
        "behind": view.behind("repeat.rate", channel=VOICE, topic=key) if key else "",
    }
