"""The problems: what stands, the most requests of the last month first; what is over by portions."""

from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from otklik.care.problems.access import may_begin
from otklik.care.problems.figures import MONTH
from otklik.care.problems.models import Candidate, Linked, Problem
from otklik.core.journal import clock
from otklik.core.ui import words
from otklik.front.workspace.problems.door import reader
from otklik.front.workspace.problems.economy import economy

MOST = 100
PAGE = 20


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`before` is where the portion of those that are over goes on."""
    user = reader(request)
    found = _counted(Problem.objects.standing()).order_by("-month", "wake_on", "pk")
    standing = list(found[:MOST])
    over = list(_counted(_over(request.GET.get("before", "")))[: PAGE + 1])
    last = over[PAGE - 1] if len(over) > PAGE else None
    money = economy(user)
    context = {
        "standing": [(one, money.of(one.month) if money else "") for one in standing],
        "most": MOST,
        "money": money,
        "over": over[:PAGE],
        "more": f"{last.checked_at.isoformat()}~{last.pk}" if last and last.checked_at else "",
        "candidates": Candidate.objects.waiting().count(),
        "may_begin": may_begin(user),
        "now": words.here(),
    }
    return render(request, "workspace/problems/index.html", context)


def _counted(rows: QuerySet[Problem]) -> "QuerySet[Any]":
    """With the number of requests of each row, and of those of the last month; joined ones are one."""
    since = clock.now() - MONTH
    part = Linked.objects.filter(problem=OuterRef("pk"), ticket__merged_into=None).order_by().values("problem")
    count = Subquery(part.annotate(count=Count("pk")).values("count"))
    month = Subquery(part.annotate(count=Count("pk", filter=Q(ticket__opened_at__gt=since))).values("count"))
    return rows.select_related("owner").annotate(requests=Coalesce(count, 0), month=Coalesce(month, 0))


def _over(before: str) -> QuerySet[Problem]:
    """The newest first."""
    rows = Problem.objects.filter(wake_on=None).order_by("-checked_at", "-pk")
    if not before:
        return rows
    moment, _sign, number = before.partition("~")
    try:
        at = parse_datetime(moment)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not number.isdecimal() or len(number) > 18:
        raise BadRequest
    return rows.filter(Q(checked_at__lt=at) | Q(checked_at=at, pk__lt=int(number)))
