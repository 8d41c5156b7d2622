"""Who comes in, and to which problem."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from otklik.care.problems.access import may_begin, may_lead, may_see
from otklik.care.problems.models import Candidate, Problem
from otklik.core.staff.models import User
from otklik.front.workspace.door import person
from otklik.front.workspace.known import LARGEST


def reader(request: HttpRequest) -> User:
    user = person(request)
    if not may_see(user):
        raise PermissionDenied
    return user


def writer(request: HttpRequest) -> User:
    """Who begins and links."""
    user = person(request)
    if not may_begin(user):
        raise PermissionDenied
    return user


def problem_of(request: HttpRequest, number: int) -> Problem:
    """The one of an address; 404 for one that is not there."""
    reader(request)
    found = Problem.objects.select_related("owner", "topic", "product", "decided_by")
    return get_object_or_404(found, pk=min(number, LARGEST))


def led_by(request: HttpRequest, number: int) -> Problem:
    """The same, for its owner and leads alone; who merely reads gets 403."""
    problem = problem_of(request, number)
    if not may_lead(person(request), problem):
        raise PermissionDenied
    return problem


def candidate_of(request: HttpRequest, pk: int) -> Candidate:
    """One that nobody has said anything of."""
    writer(request)
    found = Candidate.objects.waiting().select_related("topic", "product")
    return get_object_or_404(found, pk=min(pk, LARGEST))


def back(problem: Problem, said: str = "", request: HttpRequest | None = None) -> HttpResponse:
    """To its page, with a word of what was done."""
    if said and request is not None:
        messages.success(request, said)
    return redirect("workspace:problem", problem.number)
