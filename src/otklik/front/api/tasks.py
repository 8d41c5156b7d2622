"""What is left to do: for one person, and in a ticket."""

from datetime import UTC, datetime
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

from otklik.core.staff.models import User
from otklik.desk.tickets.models import Task, Ticket
from otklik.front.api import present
from otklik.front.api.auth import person, reading, writing
from otklik.front.api.doors import answers, changed
from otklik.front.api.paging import Cursor, Limit, page
from otklik.front.api.repeating import Key
from otklik.front.api.schemas.shown import TaskOut, TicketFull
from otklik.front.api.schemas.told import DoneIn, TaskIn

router = Router(tags=["tasks"])
of_ticket = Router(tags=["tickets"])
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


@router.get("", auth=reading, response=answers(list[TaskOut]), operation_id="list_tasks")
def list_tasks(request: HttpRequest, cursor: Cursor = "", limit: Limit = 200) -> Any:
    """The open tasks that the person is to do, the soonest first."""
    found = Task.objects.open().of(person(request)).select_related("executor", "done_by")
    due = found.annotate(due_or_never=Coalesce("due_at", Value(NEVER)))
    shown, _next = page(request, due, ("due_or_never", "position", "id"), cursor, limit)
    return [present.task_row(task) for task in shown]


@of_ticket.post("/{int:number}/tasks", auth=writing, response=answers(TicketFull), operation_id="plan_task")
def plan_task(request: HttpRequest, number: int, body: TaskIn, key: Key = "") -> Any:
    """A new task of an open ticket."""

    def change(ticket: Ticket) -> object:
        executor = _colleague(body.executor)
        return ticket.plan([body.text], executor=executor, due_at=body.due_at, by=person(request))

    return changed(request, number, key, {"task": number, **body.dict()}, change)


@of_ticket.post("/{int:number}/tasks/{int:pk}", auth=writing, response=answers(TicketFull), operation_id="change_task")
def change_task(request: HttpRequest, number: int, pk: int, body: TaskIn, key: Key = "") -> Any:
    """Text, executor and date of a task that is not done: all three are set."""

    def change(ticket: Ticket) -> object:
        task, executor = _task(ticket, pk), _colleague(body.executor)
        return ticket.replan(task, text=body.text, executor=executor, due_at=body.due_at, by=person(request))

    return changed(request, number, key, {"task": pk, **body.dict()}, change)


@of_ticket.post(
    "/{int:number}/tasks/{int:pk}/done", auth=writing, response=answers(TicketFull), operation_id="tick_task"
)
def tick_task(request: HttpRequest, number: int, pk: int, body: DoneIn, key: Key = "") -> Any:
    """Done, or not done after all."""

    def change(ticket: Ticket) -> object:
        return ticket.tick(_task(ticket, pk), done=body.done, by=person(request))

    return changed(request, number, key, {"tick": pk, **body.dict()}, change)


@of_ticket.post(
    "/{int:number}/tasks/{int:pk}/remove", auth=writing, response=answers(TicketFull), operation_id="remove_task"
)
def remove_task(request: HttpRequest, number: int, pk: int, key: Key = "") -> Any:
    """Take a task away."""
    told = {"drop": pk, "of": number}
    return changed(request, number, key, told, lambda ticket: ticket.drop(_task(ticket, pk), by=person(request)))


def _task(ticket: Ticket, pk: int) -> Task:
    found = ticket.tasks.select_related("executor").filter(pk=pk).first()
    if found is None:
        raise HttpError(404, "not found")
    return found


def _colleague(login: str) -> User | None:
    if not login:
        return None
    found = User.objects.filter(login=login).first()
    if found is None:
        raise HttpError(422, "executor: there is nobody with this login")
    return found
