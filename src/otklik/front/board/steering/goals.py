"""The tree of goals, and one of them: agreed, followed, changed with a reason, judged by somebody else."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.front.board.lately import of_layer
from otklik.front.board.measured import telling
from otklik.front.board.steering import tree
from otklik.front.board.steering.door import allowed, done, found, reader
from otklik.front.board.steering.forms import ChangeForm, GoalForm
from otklik.team.goals.access import may_aim, may_plan
from otklik.team.goals.judging import course_of, verdict_of
from otklik.team.goals.models import Goal, Kind, Level, State
from otklik.team.metrics.days import today

MOST = 300


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """What stands, each under what it serves; and whether everything has a "why"."""
    user = reader(request)
    year = today().replace(month=1, day=1)
    goals = list(_seen(user).followed(year).select_related("owner", "team")[: MOST + 1])
    told = of_layer(user, "goal.coverage")
    context = {
        "rows": tree.rows(goals[:MOST]),
        "more": len(goals) > MOST,
        "coverage": told,
        "covered": tree.share(told.value),
        "orphans": _seen(user).orphans()[:20],
        "childless": _seen(user).childless()[:20],
        "may_plan": may_plan(user),
    }
    return render(request, "board/steering/goals.html", context)


@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """A draft; it is followed once it is agreed."""
    user = reader(request)
    allowed(user, may_plan(user))
    form = GoalForm(user, request.POST or None, initial={"owner": user.pk, "parent": request.GET.get("parent")})
    if request.method == "POST" and form.is_valid():
        allowed(user, may(user, form.instance))
        return redirect("board:goal", form.put_down().pk)
    return render(request, "board/steering/new_goal.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@never_cache
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft is written anew."""
    user = reader(request)
    goal = _one(user, pk)
    allowed(user, may(user, goal), goal.state == State.DRAFT)
    form = GoalForm(user, request.POST or None, instance=goal)
    if request.method == "POST" and form.is_valid():
        allowed(user, may(user, form.instance))
        return done(request, form.put_down, "board:goal", pk)
    context = {"form": form, "goal": goal}
    return render(request, "board/steering/new_goal.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What was agreed, how far it is, what is done for it."""
    user = reader(request)
    return _page(request, user, _one(user, pk))


@login_required
@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    user = reader(request)
    goal = _one(user, pk)
    allowed(user, may(user, goal))
    return done(request, lambda: goal.agree(by=user), "board:goal", pk)


@login_required
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """What was agreed before stays to be read."""
    user = reader(request)
    goal = _one(user, pk)
    allowed(user, may(user, goal))
    form = ChangeForm(goal, request.POST)
    if form.is_valid():
        try:
            goal.change(form.cleaned_data["why"], by=user, **form.wanted())
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, error.text)
        else:
            return redirect("board:goal", pk)
    return _page(request, user, _one(user, pk), form, status=422)


@login_required
@require_POST
def look(request: HttpRequest, pk: int, criterion: int) -> HttpResponse:
    """Who judges it says of a criterion whether it is there, and by what that is seen."""
    user = reader(request)
    goal = _one(user, pk)
    allowed(user, goal.state == State.ACTIVE, user.pk == goal.judge_id)
    row = found(goal.criteria.all(), criterion)
    met, evidence = request.POST.get("met") == "yes", request.POST.get("evidence", "")
    return done(request, lambda: row.look(met, evidence, by=user), "board:goal", pk)


@login_required
@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """The verdict is reckoned; who presses says what was learnt."""
    user = reader(request)
    goal = _one(user, pk)
    allowed(user, may_judge(user, goal))

    try:
        goal.judge_it(verdict_of, by=user, lesson=request.POST.get("lesson", ""))
    except Refused as error:
        messages.error(request, error.text)
        return _page(request, user, _one(user, pk), status=422)
    return redirect("board:goal", pk)


@login_required
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    user = reader(request)
    goal = _one(user, pk)
    allowed(user, may(user, goal))
    try:
        goal.drop(request.POST.get("why", ""), by=user)
    except Refused as error:
        messages.error(request, error.text)
        return _page(request, user, _one(user, pk), status=422)
    return redirect("board:goal", pk)


def may(user: User, goal: Goal) -> bool:
    """Write, agree, change and drop it."""
    return may_aim(user, high=Level(goal.level).is_high, team=goal.team, owner=goal.owner)


def may_judge(user: User, goal: Goal) -> bool:
    """Its judge; of a measured goal, whose verdict is reckoned, also who may agree on it; its owner never."""
    return user.pk != goal.owner_id and (user.pk == goal.judge_id or (goal.kind == Kind.MEASURED and may(user, goal)))


def _seen(user: User) -> Any:
    return Goal.objects.visible_to(user)


def _one(user: User, pk: int) -> Goal:
    goal = found(_seen(user).select_related("owner", "judge", "team", "parent", "judged_by", "made_by"), pk)
    if goal.parent and not _seen(user).filter(pk=goal.parent_id).exists():
        raise Http404
    return goal


def _page(
    request: HttpRequest, user: User, goal: Goal, form: ChangeForm | None = None, status: int = 200
) -> HttpResponse:
    mine = may(user, goal)
    followed = goal.state == State.ACTIVE
    course = course_of(goal) if goal.measured and followed else None
    criteria = list(goal.criteria.select_related("seen_by"))
    context = {
        "goal": goal,
        "row": tree.row_of(goal),
        "is_judged": Level(goal.level).is_judged,
        "base": tree.value(goal, goal.base),
        "target": tree.value(goal, goal.target),
        "at_verdict": tree.value(goal, goal.figure),
        "course": course,
        "typed": request.POST,
        "now": telling.shown(course.figure) if course else "",
        "of": telling.of_how_many(course.figure) if course else "",
        "gone": tree.share(course.progress) if course else "",
        "expected": tree.share(course.expected) if course else "",
        "criteria": criteria,
        "seen": sum(one.met is True for one in criteria),
        "children": tree.rows(_seen(user).standing().filter(parent=goal).select_related("owner", "team")[:MOST]),
        "tasks": goal.tasks.select_related("owner").order_by("-quarter", "pk")[:50],
        "changes": [_change(goal, one) for one in goal.changes.select_related("by")[:50]],
        "may": mine,
        "may_agree": mine and goal.state == State.DRAFT,
        "may_look": followed and user.pk == goal.judge_id,
        "may_judge": may_judge(user, goal) and goal.is_due,
        "form": (form or ChangeForm(goal)) if mine and followed else None,
    }
    return render(request, "board/steering/goal.html", context, status=status)


def _change(goal: Goal, change: Any) -> dict[str, Any]:
    was = change.was
    due_on = was["due_on"] and date.fromisoformat(was["due_on"])
    target = tree.value(goal, was["target"])
    return {"change": change, "statement": was["statement"], "due_on": due_on, "target": target}
