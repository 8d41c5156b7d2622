"""Problems and incidents as a program reads them, so that it knows to which of them tickets belong."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.care.incidents import access as of_incidents
from otklik.care.incidents.models import Affected, Incident
from otklik.care.problems import access as of_problems
from otklik.care.problems.models import Linked, Problem
from otklik.front.api import present
from otklik.front.api.auth import person, reading
from otklik.front.api.doors import answers
from otklik.front.api.holders import LARGEST
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.schemas.matters import IncidentRow, ProblemRow

problems, incidents = Router(tags=["problems"]), Router(tags=["incidents"])
OF_PROBLEM = ("id", "title", "notices", "workaround", "state", "wake_on", "begun_at", "removed_at")
OF_INCIDENT = ("id", "title", "affects", "agreed", "severity", "state", "started_at", "ended_at", "next_at")


@problems.get("", auth=reading, response=answers(list[ProblemRow]), operation_id="list_problems")
def list_problems(request: HttpRequest, over: bool = False, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Those to which tickets may belong, the newest first; with `over` the others."""
    _must(of_problems.may_see(person(request)))
    rows = Problem.objects.exclude(checked_at=None) if over else Problem.objects.linkable()
    return [_problem(one) for one in page(request, _of_problems(rows), ("-id",), cursor, limit)[0]]


@problems.get("/{int:pk}", auth=reading, response=answers(ProblemRow), operation_id="read_problem")
def read_problem(request: HttpRequest, pk: int) -> Any:
    """One of them."""
    _must(of_problems.may_see(person(request)))
    found = _of_problems(Problem.objects.filter(pk=min(pk, LARGEST))).first()
    _must(found is not None, 404)
    return _problem(found)


@incidents.get("", auth=reading, response=answers(list[IncidentRow]), operation_id="list_incidents")
def list_incidents(request: HttpRequest, closed: bool = False, cursor: Cursor = "", limit: Limit = 50) -> Any:
    """Those of which tickets may be a part, the newest first; with `closed` the others."""
    _must(of_incidents.may_see(person(request)))
    rows = Incident.objects.filter(state="closed") if closed else Incident.objects.not_closed()
    return [_incident(one) for one in page(request, _of_incidents(rows), ("-id",), cursor, limit)[0]]


@incidents.get("/{int:pk}", auth=reading, response=answers(IncidentRow), operation_id="read_incident")
def read_incident(request: HttpRequest, pk: int) -> Any:
    """One of them."""
    _must(of_incidents.may_see(person(request)))
    found = _of_incidents(Incident.objects.filter(pk=min(pk, LARGEST))).first()
    _must(found is not None, 404)
    return _incident(found)


def incident_row(pk: int) -> dict[str, Any]:
    """As `GET /incidents/{pk}` tells it."""
    return _incident(_of_incidents(Incident.objects.filter(pk=pk)).get())


def problem_row(pk: int) -> dict[str, Any]:
    """As `GET /problems/{pk}` tells it."""
    return _problem(_of_problems(Problem.objects.filter(pk=pk)).get())


def _must(holds: bool, status: int = 403) -> None:
    if not holds:
        raise HttpError(status, "not found" if status == 404 else "not for this person to see")


def _of_problems(rows: QuerySet[Problem]) -> QuerySet[Problem]:
    linked = Linked.objects.filter(problem=OuterRef("pk"), ticket__merged_into=None).order_by().values("problem")
    count = Subquery(linked.annotate(count=Count("pk")).values("count"))
    return rows.select_related("owner").annotate(tickets=Coalesce(count, 0))


def _of_incidents(rows: QuerySet[Incident]) -> QuerySet[Incident]:
    affected = Affected.objects.filter(incident=OuterRef("pk"), stands=True).order_by().values("incident")
    count = Subquery(affected.annotate(count=Count("pk")).values("count"))
    return rows.select_related("leader").annotate(tickets=Coalesce(count, 0))


def _problem(one: Any) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in (*OF_PROBLEM, "tickets")}
    return told | {"owner": present.person_row(one.owner)}


def _incident(one: Any) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in (*OF_INCIDENT, "tickets")}
    return told | {"leader": present.person_row(one.leader)}
