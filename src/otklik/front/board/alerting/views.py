"""The list of alerts, one of them with its past, and the form."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from otklik.front.board.alerting import telling
from otklik.front.board.alerting.forms import WATCHED, AlertForm
from otklik.front.board.alerting.found import own, seen, watcher
from otklik.front.board.places import Place, place_of
from otklik.front.board.timing import timed
from otklik.front.board.unknown import unknown
from otklik.team.alerts import sentences
from otklik.team.alerts.access import may_change
from otklik.team.alerts.models import Alert, Ringing
from otklik.team.alerts.models.alert import MOST
from otklik.team.alerts.trying import tried

PAGE = 20


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """The newest first, each with its state."""
    user = watcher(request)
    alerts = Alert.objects.visible_to(user).in_use().select_related("team", "owner")[:MOST]
    return render(request, "board/alerting/index.html", {"rows": telling.rows(alerts)})


@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Watch a figure; an address may name the metric and the line to begin with."""
    user, asked = watcher(request), request.GET
    metric = asked.get("metric", "") if asked.get("metric", "") in WATCHED else ""
    begun = {"metric": metric, "name": WATCHED[metric].name if metric else "", "team": asked.get("team", "")}
    return _form(request, Alert(owner=user), AlertForm(user, request.POST or None, initial=begun))


@login_required
@never_cache
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """It begins anew by what it says then."""
    user = watcher(request)
    alert = own(user, pk)
    return _form(request, alert, AlertForm(user, request.POST or None, initial=AlertForm.begun(alert)))


@login_required
@never_cache
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What it watches, when it would have rung, when it did."""
    user = watcher(request)
    alert = seen(user, pk)
    place = place_of(request.GET.get("before", ""))
    rows, timing = alert.ringings.newest(), timed(request.GET)
    some = list((rows.before(*place) if place else rows)[: PAGE + 1])
    context = {
        "alert": alert,
        "metric": alert.measured,
        "where": telling.where(alert, telling.parts([alert])),
        "condition": sentences.condition(alert),
        "state": sentences.state(alert, Ringing.objects.open().filter(alert=alert).first()),
        "people": list(alert.people.order_by("name", "pk")) if alert.whom == Alert.Whom.CHOSEN else [],
        "trial": telling.trial(user, alert, tried(alert), events=timing.events),
        "timing": timing,
        "rows": telling.history(alert, some[:PAGE]),
        "next": str(Place(some[PAGE - 1].began, some[PAGE - 1].pk)) if len(some) > PAGE else "",
        "may_change": may_change(user, alert),
        "unknown": unknown(request.GET, before=place_of, events=("off",)),
    }
    return render(request, "board/alerting/one.html", context)


def _form(request: HttpRequest, alert: Alert, form: AlertForm) -> HttpResponse:
    """The form; tried on the past it comes back with what would have been, and nothing is saved."""
    context: dict[str, Any] = {"form": form, "alert": alert}
    if request.method == "POST" and form.is_valid():
        if "try" in request.POST:
            asked = form.alert(Alert(owner=alert.owner))
            context |= {"trial": telling.trial(form.user, asked, tried(asked)), "condition": sentences.condition(asked)}
        elif form.save(alert):
            return redirect("board:alert", alert.pk)
    return render(request, "board/alerting/form.html", context, status=422 if form.errors else 200)
