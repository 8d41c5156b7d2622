"""The work on a request, divided: tasks with an executor and a date, items of a checklist."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.desk.tickets.errors import Changed, Invalid, Refused
from otklik.desk.tickets.models import Task, Ticket
from otklik.front.workspace.acts.doors import act, done, failed
from otklik.front.workspace.acts.showing import dialog
from otklik.front.workspace.door import person

TEMPLATE = "workspace/dialogs/task.html"


@act("GET", "POST")
def plan(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """One task, or one for each line."""
    people = list(ticket.executors())
    if request.method == "GET":
        return _ask(request, ticket, people, {})
    try:
        texts, executor, due_at = request.POST.get("text", "").splitlines(), _executor(request, people), _due(request)
        made = ticket.plan(texts, executor=executor, due_at=due_at, by=person(request))
    except Refused as error:
        return _ask(request, ticket, people, _typed(request), error)
    return done(request, ticket, _("Planned: %(text)s") % {"text": made[0].text}, about=True)


@act("GET", "POST")
def replan(request: HttpRequest, ticket: Ticket, pk: int) -> HttpResponse:
    """Another text, executor or date."""
    task, people = _task(ticket, pk), list(ticket.executors())
    if task.executor and task.executor not in people:
        people.append(task.executor)
    if request.method == "GET":
        due = f"{timezone.localtime(task.due_at):%Y-%m-%dT%H:%M}" if task.due_at else ""
        return _ask(
            request,
            ticket,
            people,
            {
                "text": task.text,
                "executor": str(task.executor_id or ""),
                "due": due,
                "task": task,
                "seen": task.stamp,
            },
        )
    seen = request.POST.get("seen", "")
    try:
        text, executor, due_at = request.POST.get("text", ""), _executor(request, people), _due(request, task)
        ticket.replan(task, text=text, executor=executor, due_at=due_at, by=person(request), seen=seen)
    except Changed as error:  # whoever reads what it is now and saves once more means it
        return _ask(
            request, ticket, people, {**_typed(request), "task": task, "seen": task.stamp, "again": True}, error
        )
    except Refused as error:
        return _ask(request, ticket, people, {**_typed(request), "task": task, "seen": seen}, error)
    return done(request, ticket, _("Saved"), about=True)


@act("POST")
def tick(request: HttpRequest, ticket: Ticket, pk: int) -> HttpResponse:
    """`done` is on, or anything else for not done."""
    ready = request.POST.get("done") == "on"
    try:
        ticket.tick(_task(ticket, pk), done=ready, by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    return done(request, ticket, _("Done") if ready else _("Not done yet"), about=True)


@act("POST")
def drop(request: HttpRequest, ticket: Ticket, pk: int) -> HttpResponse:
    """Away with it."""
    try:
        ticket.drop(_task(ticket, pk), by=person(request))
    except Refused as error:
        return failed(request, ticket, error)
    return done(request, ticket, _("The task is taken away"), about=True)


def _task(ticket: Ticket, pk: int) -> Task:
    found = ticket.tasks.select_related("executor").filter(pk=min(pk, 2**63 - 1)).first()
    if found is None:
        raise Http404
    return found


def _executor(request: HttpRequest, people: list[User]) -> User | None:
    if not (number := request.POST.get("executor", "")):
        return None
    found = next((one for one in people if str(one.pk) == number), None)
    if found is None:
        raise Invalid(_("Choose somebody of the list."), "executor")
    return found


def _due(request: HttpRequest, task: Task | None = None) -> datetime | None:
    """A moment of the agent's own clock; one that was not touched stays to the second."""
    if not (text := request.POST.get("due", "").strip()):
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise Invalid(_("Choose a date."), "due")
    moment = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
    if task and task.due_at and task.due_at.replace(second=0, microsecond=0) == moment:
        return task.due_at
    return moment


def _typed(request: HttpRequest) -> dict[str, Any]:
    return {name: request.POST.get(name, "") for name in ("text", "executor", "due")}


def _ask(
    request: HttpRequest, ticket: Ticket, people: list[User], told: dict[str, Any], error: Refused | None = None
) -> HttpResponse:
    earliest = f"{timezone.localtime(clock.now()):%Y-%m-%dT%H:%M}"
    context = {"people": people, "earliest": earliest, **told, "error": error}
    return dialog(request, ticket, TEMPLATE, context, 422 if error else 200)
