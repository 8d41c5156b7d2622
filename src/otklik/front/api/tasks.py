"""What is left to do, for one person."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from otklik.desk.tickets.models import Task
from otklik.front.api import present
from otklik.front.api.auth import person, reading
from otklik.front.api.schemas import TaskOut
from otklik.front.api.tickets import answers

router = Router(tags=["tasks"])
MOST = 200


@router.get("", auth=reading, response=answers(list[TaskOut]), operation_id="list_tasks")
def list_tasks(request: HttpRequest) -> Any:
    """The open tasks that the person is to do, the soonest first."""
    found = Task.objects.open().of(person(request)).soonest_first().select_related("executor", "done_by")
    return [present.task_row(task) for task in found[:MOST]]
