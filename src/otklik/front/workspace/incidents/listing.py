"""The incidents: what goes on first, what is closed by portions."""

from django.core.exceptions import BadRequest
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from otklik.care.incidents.access import may_declare
from otklik.care.incidents.models import Action, Affected, Incident
from otklik.care.incidents.states import State
from otklik.core.ui import words
from otklik.front.workspace.door import person
from otklik.front.workspace.incidents.door import reader

MOST_OPEN = 100
PAGE = 20
MOST_ACTIONS = 20


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`before` is where the portion of closed ones goes on: the moment and the number of the last that was shown."""
    reader(request)
    going = list(_counted(Incident.objects.most_pressing_first())[:MOST_OPEN])
    closed = list(_counted(_closed(request.GET.get("before", "")))[: PAGE + 1])
    last = closed[PAGE - 1] if len(closed) > PAGE else None
    context = {
        "going": going,
        "actions": list(
            Action.objects.open().select_related("incident", "owner").order_by("due_on", "pk")[:MOST_ACTIONS]
        ),
        "most": MOST_OPEN,
        "closed": closed[:PAGE],
        "more": f"{last.closed_at.isoformat()}~{last.pk}" if last and last.closed_at else "",
        "may_declare": may_declare(person(request)),
        "now": words.here(),
    }
    return render(request, "workspace/incidents/index.html", context)


def _counted(rows: QuerySet[Incident]) -> QuerySet[Incident]:
    """With the number of requests of each row that is shown, and of no other."""
    part = Affected.objects.filter(incident=OuterRef("pk")).order_by().values("incident")
    requests = Subquery(part.annotate(count=Count("pk")).values("count"))
    return rows.select_related("leader").annotate(requests=Coalesce(requests, 0))


def _closed(before: str) -> QuerySet[Incident]:
    """The newest first."""
    rows = Incident.objects.filter(state=State.CLOSED, next_at=None).order_by("-closed_at", "-pk")
    if not before:
        return rows
    moment, _sign, number = before.partition("~")
    try:
        at = parse_datetime(moment)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not number.isdecimal() or len(number) > 18:
        raise BadRequest
    return rows.filter(Q(closed_at__lt=at) | Q(closed_at=at, pk__lt=int(number)))
