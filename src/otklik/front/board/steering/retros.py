"""Looks back: which are owed, what was found, and whether something came of it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.journal.refused import Refused
from otklik.front.board.lately import of_layer
from otklik.front.board.steering import tree
from otklik.front.board.steering.door import allowed, done, found, reader
from otklik.front.board.steering.forms import RetroForm, quarter_said
from otklik.team.goals.access import may_plan
from otklik.team.goals.models import Retro, RetroAction
from otklik.team.goals.reckoning import retros

MOST = 100


def about(retro: Retro) -> str:
    """What it looks back at, in words."""
    return str(retro.incident) if retro.incident else quarter_said(retro.quarter) if retro.quarter else ""


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """The newest first; what was decided and is not done stands above."""
    user = reader(request)
    told = retros()
    rows = Retro.objects.select_related("incident", "facilitator")[:MOST]
    context = {
        "rows": [{"retro": one, "about": about(one)} for one in rows],
        "open": RetroAction.objects.filter(ended_on=None).select_related("owner", "retro")[:MOST],
        "told": told,
        "held": tree.share(of_layer(user, "retro").value),
        "actions": tree.share(told.actions.value),
        "may_plan": may_plan(user),
    }
    return render(request, "board/steering/retros.html", context)


@login_required
@never_cache
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found; before it was held, the form, which begins with the actions of the last one."""
    user = reader(request)
    retro = found(Retro.objects.select_related("incident", "facilitator"), pk)
    may = may_plan(user) and retro.held_on is None
    form = RetroForm(request.POST or None, instance=retro) if may else None
    if request.method == "POST":
        allowed(user, form is not None)
        if form and form.is_valid():
            try:
                retro.hold(by=user, facts=form.cleaned_data["facts"], actions=form.actions(), **form.found())
            except Refused as error:
                form.add_error(error.field if error.field in form.fields else None, error.text)
            else:
                return redirect("board:retro", pk)
    last = Retro.objects.filter(held_on__isnull=False).exclude(pk=pk).order_by("-held_on", "-pk").first()
    context = {
        "retro": retro,
        "about": about(retro),
        "actions": retro.actions.select_related("owner"),
        "last": last,
        "last_actions": last.actions.select_related("owner") if last else [],
        "form": form,
        "user_id": user.pk,
        "may_plan": may_plan(user),
    }
    return render(request, "board/steering/retro.html", context, status=422 if form and form.errors else 200)


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """An action is done, or was not done and says why."""
    user = reader(request)
    action = found(RetroAction.objects.select_related("retro"), pk)
    allowed(user, may_plan(user) or user.pk == action.owner_id)
    is_done, result = request.POST.get("fate") == "done", request.POST.get("result", "")
    return done(request, lambda: action.end(is_done, result, by=user), "board:retro", action.retro_id)
