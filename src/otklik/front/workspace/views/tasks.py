"""One's own tasks in all requests, and what others do in one's own requests."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from otklik.core.journal import clock
from otklik.core.ui.show import show, wants_part
from otklik.desk.tickets.access import can_answer
from otklik.desk.tickets.errors import Refused
from otklik.desk.tickets.models import Task
from otklik.front.workspace import menu
from otklik.front.workspace.door import person
from otklik.front.workspace.queries import tasks


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    """`done` is on or not.  The executor may, also where the request went to a line of others meanwhile."""
    user = person(request)
    task = Task.objects.select_related("ticket").filter(pk=min(pk, 2**63 - 1)).first()
    if task is None or not (task.executor_id == user.pk or can_answer(user, task.ticket)):
        raise Http404
    trouble = ""
    try:
        task.ticket.tick(task, done=request.POST.get("done") == "on", by=user)
    except Refused as error:
        trouble = error.text
    menu.forget()
    return _page(request, trouble) if wants_part(request) or trouble else redirect("workspace:tasks")


def _page(request: HttpRequest, trouble: str = "") -> HttpResponse:
    user, now = person(request), clock.now()
    context = {
        "own": tasks.own(user, now),
        "watched": tasks.watched(user, now),
        "done": tasks.done_lately(user, now),
        "most": tasks.MOST,
        "trouble": trouble,
        "now": now,
    }
    return show(request, "workspace/tasks.html", context, part="list", status=409 if trouble else 200)
