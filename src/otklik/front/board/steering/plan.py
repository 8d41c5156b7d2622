"""The plan of a quarter, and one of its tasks: done, carried over, split, cut anew, dropped."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.front.board.steering import tree
from otklik.front.board.steering.door import allowed, found, reader
from otklik.front.board.steering.forms import TaskForm, quarter_said
from otklik.front.board.unknown import unknown
from otklik.team.goals.access import may_plan
from otklik.team.goals.models import PlanTask
from otklik.team.goals.models.task import GOING, TaskState
from otklik.team.goals.quarter import from_key, key_of, moved, this_quarter
from otklik.team.goals.reckoning import is_last_too_full, of_quarter
from otklik.team.metrics.models import Improvement

MOST = 300


@login_required
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """What a quarter holds, what became of it, and what is left over from the one before."""
    user = reader(request)
    quarter = from_key(request.GET.get("quarter", "")) or this_quarter()
    rows = PlanTask.objects.of_quarter(quarter).select_related("owner", "goal", "team")
    tasks = list(rows.order_by("state", "pk"))
    told = of_quarter(quarter, tasks)
    context = {
        "unknown": unknown(request.GET, quarter=from_key),
        "quarter": quarter,
        "name": quarter_said(quarter),
        "before": key_of(moved(quarter, -1)),
        "after": key_of(moved(quarter, 1)),
        "is_over": quarter < this_quarter(),
        "groups": _groups(tasks[:MOST], quarter),
        "added_share": tree.share(told.added_to_done),
        "told": told,
        "done_share": tree.share(told.plan["done_share"]),
        "carried_share": tree.share(told.plan["carried_share"]),
        "late": PlanTask.objects.going().filter(quarter__lt=this_quarter()).select_related("owner")[:50],
        "too_full": is_last_too_full(quarter.year, _sizes(quarter.year)),
        "may_plan": may_plan(user),
    }
    return render(request, "board/steering/plan.html", context)


@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    allowed(user, may_plan(user))
    begun = {"owner": user.pk, "goal": request.GET.get("goal"), "quarter": request.GET.get("quarter")}
    form = TaskForm(user, request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        task: PlanTask = form.save(commit=False)
        try:
            task.put_down(by=user)
        except Refused as error:
            form.add_error(error.field, error.text)
        else:
            return redirect("board:plan_task", task.pk)
    return render(request, "board/steering/new_task.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@never_cache
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Its way through the quarters, and what may be done with it now."""
    return _page(request, reader(request), _one(pk))


def _page(request: HttpRequest, user: User, task: PlanTask, status: int = 200) -> HttpResponse:
    context = {
        "task": task,
        "name": quarter_said(task.quarter),
        "key": key_of(task.quarter),
        "moves": [{"move": move, "into": quarter_said(move.into)} for move in task.moves.select_related("by")],
        "parts": [{"task": part, "quarter": quarter_said(part.quarter)} for part in task.parts.order_by("quarter")],
        "states": [(one.value, one.label) for one in (*GOING, TaskState.DONE) if one != task.state],
        "may": _may(user, task) and task.is_going,
        "improvement": _improvement(user, task),
        "typed": request.POST,
    }
    return render(request, "board/steering/task.html", context, status=status)


@login_required
@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """turn, carry, split, cut, drop: what its owner or whoever plans does with it."""
    user, task, told = reader(request), _one(pk), request.POST
    allowed(user, _may(user, task))
    acts: dict[str, Callable[[], Any]] = {
        "turn": lambda: task.turn(told.get("state", ""), by=user, spent=_days(told.get("spent", ""))),
        "carry": lambda: task.carry(told.get("why", ""), by=user, out_of=from_key(told.get("out_of", ""))),
        "split": lambda: task.split(told.get("parts", "").splitlines(), by=user),
        "cut": lambda: task.cut(
            told.get("title", "") or task.title, _days(told.get("size", "")) or task.size, told.get("why", ""), by=user
        ),
        "drop": lambda: task.drop(told.get("why", ""), by=user),
    }
    if name not in acts:
        raise Http404
    try:
        acts[name]()
    except Refused as error:
        messages.error(request, error.text)
        return _page(request, user, _one(pk), status=422)
    return redirect("board:plan_task", pk)


def _may(user: User, task: PlanTask) -> bool:
    return may_plan(user) or user.pk == task.owner_id


def _one(pk: int) -> PlanTask:
    return found(PlanTask.objects.select_related("owner", "goal", "team", "improvement", "part_of", "made_by"), pk)


def _improvement(user: User, task: PlanTask) -> Improvement | None:
    """What its effect is measured by, where the reader may see that."""
    return Improvement.objects.visible_to(user).filter(pk=task.improvement_id).first() if task.improvement_id else None


def _days(told: str) -> int | None:
    return int(told) if told.isdecimal() and 0 < int(told[:4]) <= 60 and len(told) < 4 else None


def _sizes(year: int) -> dict[Any, int]:
    rows = PlanTask.objects.filter(quarter__year=year).exclude(state__in=(TaskState.DROPPED, TaskState.SPLIT))
    return dict(rows.values_list("quarter").annotate(Sum("size")))


def _groups(tasks: list[PlanTask], quarter: Any) -> list[tuple[str, list[PlanTask]]]:
    """By state in the order of work; what went on in a later quarter stands apart."""
    gone = [task for task in tasks if task.quarter != quarter]
    here = [task for task in tasks if task.quarter == quarter]
    groups = [(str(state.label), [task for task in here if task.state == state]) for state in TaskState]
    return [group for group in (*groups, (gettext("went on in a later quarter"), gone)) if group[1]]
