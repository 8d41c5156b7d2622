"""One problem: how far it is, what helps, its requests, what it costs, what came of its removal, its story."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from otklik.care.problems import figures
from otklik.care.problems.access import may_begin, may_decide, may_lead
from otklik.care.problems.models import Linked, Problem
from otklik.care.problems.states import STEPS, State
from otklik.core.staff.models import User
from otklik.core.ui import words
from otklik.desk.tickets.models import Ticket, Topic
from otklik.front.workspace.door import person
from otklik.front.workspace.problems import telling
from otklik.front.workspace.problems.door import problem_of
from otklik.front.workspace.problems.economy import economy

PAGE = 20


@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    """`before` is the number of the last request that was shown."""
    problem, user = problem_of(request, number), person(request)
    weight, effect = figures.weight(problem), figures.effect(problem)
    context: dict[str, Any] = {
        "problem": problem,
        "now": words.here(),
        "topic": Topic.objects.tree().said(problem.topic_id) if problem.topic_id else "",
        "may_lead": may_lead(user, problem),
        "may_decide": may_decide(user),
        "may_begin": may_begin(user),
        "steps": _steps(problem),
        "weight": weight,
        "effect": telling.effect(effect) if effect else None,
        "story": telling.story(problem),
        "most": telling.MOST,
        **_money(problem, user, weight),
        **_requests(problem, user, request.GET.get("before", "")),
    }
    return render(request, "workspace/problems/one.html", context)


def _steps(problem: Problem) -> list[tuple[State, str]]:
    """Each state of a removal with "done", "now" or ""; none of what is lived with."""
    if problem.state == State.LIVED:
        return []
    at = STEPS.index(problem.stage)
    return [(state, "now" if place == at else "done" if place < at else "") for place, state in enumerate(STEPS)]


def _money(problem: Problem, user: User, weight: figures.Weight) -> dict[str, Any]:
    """What the requests of a month cost, and when a removal pays back; for who may know it."""
    known = economy(user)
    if known is None:
        return {"money": None}
    told = figures.payback(problem, known.each, weight.month)
    price = None if problem.fix_cost is None else float(problem.fix_cost)
    return {
        "money": known,
        "each": known.said(known.each),
        "monthly": known.of(weight.month),
        "price": known.said(price),
        "payback": told,
        "net": known.said(told["net"]) if told else "",
        "horizon": figures.HORIZON,
    }


def _requests(problem: Problem, user: User, before: str) -> dict[str, Any]:
    """Those that the reader may see, the newest first; a joined one stands as the one in which it goes on."""
    mine = Linked.objects.filter(problem=problem, ticket__merged_into=None)
    seen = Ticket.objects.visible_to(user).filter(pk__in=mine.values("ticket"))
    rows = seen.order_by("-pk").select_related("team", "owner")
    rows = rows.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 18 else rows
    found = list(rows[: PAGE + 1])
    return {
        "requests": found[:PAGE],
        "hidden": mine.count() - seen.count(),
        "more": found[PAGE - 1].pk if len(found) > PAGE else None,
    }
