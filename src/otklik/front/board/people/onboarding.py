"""Newcomers, their curators and checkpoints."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.staff.models import User
from otklik.front.board.lately import of_layer
from otklik.front.board.people.door import allowed, done, found, reader, said, written
from otklik.front.board.people.forms import CheckpointForm, OnboardingForm, StandardForm
from otklik.team.metrics.days import today
from otklik.team.people.access import answers_for, may_manage, runs_people
from otklik.team.people.models import Checkpoint, Onboarding, StandardStep
from otklik.team.people.proficiency import FEWEST, half_by, levels

MOST = 100


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Who is new here, what comes next, and what the last year has shown."""
    user = reader(request)
    rows = list(Onboarding.objects.visible_to(user).select_related("person", "curator")[:MOST])
    next_: dict[int, Checkpoint] = {}
    for one in Checkpoint.objects.filter(onboarding__in=rows).exclude(passed=True).order_by("-day"):
        next_[one.onboarding_id] = one
    share = of_layer(user, "onboard.passed")
    told = levels(rows)
    context = {
        "rows": [{"plan": one, "next": next_.get(one.pk) if not one.ended_on else None} for one in rows],
        "share": share,
        "share_said": said(share),
        "levels": told,
        "half": half_by(told),
        "fewest": FEWEST,
        "may_manage": may_manage(user),
        "runs": runs_people(user),
    }
    return render(request, "board/people/onboardings.html", context)


@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    allowed(user, may_manage(user))
    form = OnboardingForm(user, request.POST or None, initial={"begins_on": today().isoformat()})

    def act() -> HttpResponse:
        return redirect("board:onboarding", Onboarding.objects.begin(**form.cleaned_data, by=user).pk)

    return written(request, form, act, {"page": "onboarding", "back": "board:onboardings"})


@login_required
@never_cache
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """All checkpoints of a newcomer; they read them too."""
    user = reader(request)
    plan = found(Onboarding.objects.visible_to(user).select_related("person", "curator", "made_by"), pk)
    may = _may(user, plan)
    rows = list(plan.checkpoints.select_related("judged_by"))
    context = {
        "plan": plan,
        "rows": rows,
        "may": may and plan.ended_on is None,
        "may_end": answers_for(user, plan.person) and plan.ended_on is None,
    }
    return render(request, "board/people/onboarding.html", context)


@login_required
@never_cache
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    user = reader(request)
    point = found(Checkpoint.objects.select_related("onboarding__person"), pk)
    plan = found(Onboarding.objects.visible_to(user), point.onboarding_id)
    allowed(user, _may(user, plan), plan.ended_on is None, not point.passed)
    form = CheckpointForm(request.POST or None)

    def act() -> HttpResponse:
        point.judge(**form.cleaned_data, by=user)
        return redirect("board:onboarding", plan.pk)

    return written(request, form, act, {"point": point, "plan": plan}, "board/people/judge.html")


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    user = reader(request)
    plan = found(Onboarding.objects.visible_to(user).select_related("person"), pk)
    allowed(user, answers_for(user, plan.person))
    return done(request, lambda: plan.end(by=user), "board:onboarding", pk)


@login_required
@never_cache
def standard(request: HttpRequest) -> HttpResponse:
    """The house's plan, with which every new one begins."""
    user = reader(request)
    allowed(user, runs_people(user))
    form = StandardForm(request.POST or None, initial={"steps": StandardForm.of(StandardStep.objects.now())})

    def act() -> HttpResponse:
        StandardStep.objects.rewrite(form.cleaned_data["steps"])
        return redirect("board:onboardings")

    return written(request, form, act, {"page": "standard", "back": "board:onboardings"})


def _may(user: User, plan: Onboarding) -> bool:
    return user.pk == plan.curator_id or answers_for(user, plan.person)
