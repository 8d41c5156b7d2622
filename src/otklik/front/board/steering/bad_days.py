"""Plans for bad days: what to do in the first quarter of an hour, and whether it was tried."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.journal.refused import Refused
from otklik.front.board.lately import of_layer
from otklik.front.board.steering import tree
from otklik.front.board.steering.door import allowed, done, found, reader
from otklik.front.board.steering.forms import DrillForm, ScenarioForm
from otklik.team.continuity.access import may_approve, may_write
from otklik.team.continuity.models import Drill, Scenario, ScenarioState
from otklik.team.continuity.models.scenario import TEXTS
from otklik.team.continuity.reckoning import continuity

MOST = 100
SHARES = ("passed", "in_target", "stood_in", "fresh")


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Each plan with its next drill, and what the year has shown."""
    user = reader(request)
    plans = list(Scenario.objects.exclude(state=ScenarioState.RETIRED).select_related("owner")[:MOST])
    owed = {one.scenario_id: one for one in Drill.objects.filter(held_on=None, scenario__in=plans)}
    told = continuity()
    context = {
        "rows": [{"plan": plan, "drill": owed.get(plan.pk)} for plan in plans],
        "told": told,
        "shares": {name: tree.share(getattr(told, name).value) for name in SHARES}
        | {"passed": tree.share(of_layer(user, "continuity").value)},
        "may_write": may_write(user),
    }
    return render(request, "board/steering/bad_days.html", context)


@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    allowed(user, may_write(user))
    form = ScenarioForm(request.POST or None, initial={"owner": user.pk, "target_minutes": 30})
    if request.method == "POST" and form.is_valid():
        scenario: Scenario = form.save(commit=False)
        scenario.made_by = user
        scenario.save()
        return redirect("board:bad_day", scenario.pk)
    return render(request, "board/steering/write_bad_day.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@never_cache
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """To be read on the day itself: trigger, first minutes, who does what; below it the drills."""
    user = reader(request)
    plan = _one(pk)
    context = {
        "plan": plan,
        "texts": [(_label(name), getattr(plan, name)) for name in TEXTS],
        "drills": plan.drills.filter(held_on__isnull=False).select_related("observer"),
        "owed": plan.drills.filter(held_on=None).first(),
        "may_write": may_write(user) and plan.state != ScenarioState.RETIRED,
        "may_approve": may_approve(user) and plan.state == ScenarioState.DRAFT,
        "may_retire": may_approve(user) and plan.state != ScenarioState.RETIRED,
        "is_approved": plan.state == ScenarioState.APPROVED,
        "may_judge": may_write(user) and user.pk != plan.owner_id,
    }
    return render(request, "board/steering/bad_day.html", context)


@login_required
@never_cache
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Written anew it is a draft again."""
    user = reader(request)
    plan = _one(pk)
    allowed(user, may_write(user), plan.state != ScenarioState.RETIRED)
    form = ScenarioForm(request.POST or None, instance=plan, initial={"version": plan.version})
    if request.method == "POST" and form.is_valid():
        try:
            plan.write(by=user, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, error.text)
        else:
            return redirect("board:bad_day", pk)
    context = {"form": form, "plan": plan}
    return render(request, "board/steering/write_bad_day.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """approve, confirm, retire."""
    user, plan = reader(request), _one(pk)
    allowed(user, may_write(user) if name == "confirm" else may_approve(user))
    seen = request.POST.get("version", "")
    acts: dict[str, Callable[[], Any]] = {
        "approve": lambda: plan.approve(by=user, version=int(seen) if seen.isdecimal() and len(seen) < 9 else 0),
        "confirm": lambda: plan.confirm(by=user),
        "retire": lambda: plan.retire(by=user),
    }
    if name not in acts:
        raise Http404
    return done(request, acts[name], "board:bad_day", pk)


@login_required
@never_cache
def drill(request: HttpRequest, pk: int) -> HttpResponse:
    """What a drill has shown, written down by somebody else than the owner of the plan."""
    user = reader(request)
    plan = _one(pk)
    allowed(user, may_write(user), user.pk != plan.owner_id)
    row = plan.drills.filter(held_on=None).first()
    if row is None:
        raise Http404
    form = DrillForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row.hold(by=user, **form.cleaned_data)
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, error.text)
        else:
            return redirect("board:bad_day", pk)
    context = {"form": form, "plan": plan, "drill": row}
    return render(request, "board/steering/drill.html", context, status=422 if form.errors else 200)


def _label(name: str) -> Any:
    return Scenario._meta.get_field(name).verbose_name  # type: ignore[union-attr]


def _one(pk: int) -> Scenario:
    return found(Scenario.objects.select_related("owner", "approved_by", "made_by"), pk)
