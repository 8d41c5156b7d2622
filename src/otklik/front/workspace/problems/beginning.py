"""A new problem: from nothing, from requests, or of what the night found."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from otklik.care.problems.models import Problem
from otklik.care.problems.models.linking import MOST_AT_ONCE
from otklik.core.ui.show import show
from otklik.desk.tickets.errors import Invalid, Refused
from otklik.desk.tickets.models import Ticket
from otklik.front.workspace.problems.door import back, candidate_of, writer
from otklik.front.workspace.problems.forms import ProblemForm
from otklik.front.workspace.problems.linking import picked

FORM = ["GET", "HEAD", "POST"]
TEMPLATE = "workspace/problems/new.html"


@require_http_methods(FORM)
def new(request: HttpRequest) -> HttpResponse:
    """`topic` and `ids` of the address fill the form in: what the problem is about, and its first requests."""
    user = writer(request)
    try:
        tickets = picked(request, user)
    except Invalid:
        tickets = []
    topic = request.GET.get("topic", "") or _common_topic(tickets)
    form = ProblemForm(request.POST or None, initial={"owner": user.pk, "topic": topic, "title": ""})
    if request.method == "POST" and form.is_valid():
        try:
            problem = Problem.objects.begin(by=user, tickets=tickets, **form.cleaned_data)
        except Refused as error:
            form.refuse(error.text, error.field)
        else:
            return back(problem, _("Begun. Link its requests from the queue or from a request."), request)
    return _shown(request, form, tickets=tickets)


@require_http_methods(FORM)
def of_candidate(request: HttpRequest, pk: int) -> HttpResponse:
    user, candidate = writer(request), candidate_of(request, pk)
    begun = {"owner": user.pk, "topic": candidate.topic_id, "product": candidate.product_id}
    title = " · ".join(filter(None, [str(candidate.topic), str(candidate.product or ""), candidate.article_name]))
    form = ProblemForm(request.POST or None, initial={**begun, "title": title})
    if request.method == "POST" and form.is_valid():
        try:
            problem = candidate.become(by=user, **form.cleaned_data)
        except Refused as error:
            form.refuse(error.text, error.field)
        else:
            count = problem.linked.count()
            said = ngettext("Begun with %(count)s request.", "Begun with %(count)s requests.", count) % {"count": count}
            if candidate.count > MOST_AT_ONCE:
                said = f"{said} {_('The others are linked at night.')}"
            return back(problem, said, request)
    return _shown(request, form, candidate=candidate)


def _common_topic(tickets: list[Ticket]) -> int | None:
    topics = {one.topic_id for one in tickets}
    return topics.pop() if len(topics) == 1 else None


def _shown(request: HttpRequest, form: ProblemForm, **more: Any) -> HttpResponse:
    return show(request, TEMPLATE, {"form": form, **more}, status=422 if form.errors else 200)
