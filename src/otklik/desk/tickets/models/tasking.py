"""Dividing the work on a ticket."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import Role, User
from otklik.desk.tickets import events
from otklik.desk.tickets.errors import Conflict, Invalid
from otklik.desk.tickets.policies import FARTHEST

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Ticket
    from otklik.desk.tickets.models.task import Task

MOST = 100
LOOKS_ON = (Role.HEAD, Role.ADMIN)


class Tasking:
    """Trait of the ticket: its tasks and its checklist.  The owner stays answerable, and no clock stops for a task."""

    def executors(self: "Ticket") -> Iterable[User]:  # type: ignore[misc]
        """Who may be given a task: those who may see the ticket and answer clients."""
        near = Q(memberships__team=self.team_id) | Q(pk=self.owner_id) | Q(role__in=LOOKS_ON)
        people = User.objects.filter(near, is_active=True).exclude(role=Role.QUALITY)
        return people.distinct().order_by("name")

    @transaction.atomic
    def plan(  # type: ignore[misc]
        self: "Ticket",
        texts: Iterable[str],
        *,
        by: User | None,
        executor: User | None = None,
        due_at: datetime | None = None,
    ) -> "list[Task]":
        """New tasks, one for each text, all with this executor and date.  Raises Invalid with the field to mend."""
        words = [word for text in texts if (word := _worded(text))]
        if not words:
            raise Invalid(_("Say what is to be done."), "text")
        self.lock()
        self.must_be_open()
        self._check_task(executor, due_at)
        tasks = list(self.tasks.all())
        if len(tasks) + len(words) > MOST:
            raise Invalid(_("A request has %(most)s tasks at most.") % {"most": MOST}, "text")
        last = max((task.position for task in tasks), default=-1)
        plan = {"executor": executor, "due_at": due_at, "by": by}
        made = [self.tasks.create(text=word, position=last + 1 + step, **plan) for step, word in enumerate(words)]
        for task in made:
            self._tell_task(events.TaskPlanned, task, by)
        return made

    @transaction.atomic
    def replan(  # type: ignore[misc]
        self: "Ticket", task: "Task", *, text: str, executor: User | None, due_at: datetime | None, by: User | None
    ) -> None:
        """Another text, executor or date of a task that is not done.  Raises Invalid, Conflict."""
        self.lock()
        self._again(task)
        if task.done_at:
            raise Conflict(_("This is done already."))
        words = _worded(text)
        if not words:
            raise Invalid(_("Say what is to be done."), "text")
        if (executor and executor.pk != task.executor_id) or due_at != task.due_at:
            self._check_task(executor, due_at if due_at != task.due_at else None)
        if (words, executor, due_at) == (task.text, task.executor, task.due_at):
            return
        task.text, task.executor, task.due_at = words, executor, due_at
        task.save(update_fields=["text", "executor", "due_at"])
        self._tell_task(events.TaskReplanned, task, by)

    @transaction.atomic
    def tick(self: "Ticket", task: "Task", *, done: bool, by: User) -> None:  # type: ignore[misc]
        """Done, or not done after all; the same twice is no news.  Raises Conflict when somebody took it away."""
        self.lock()
        self._again(task)
        if done == (task.done_at is not None):
            return
        task.done_at, task.done_by = (clock.now(), by) if done else (None, None)
        task.save(update_fields=["done_at", "done_by"])
        self._tell_task(events.TaskDone if done else events.TaskReopened, task, by)

    @transaction.atomic
    def drop(self: "Ticket", task: "Task", *, by: User) -> None:  # type: ignore[misc]
        """Take a task away; the story keeps its words."""
        self.lock()
        self._again(task)
        self._tell_task(events.TaskDropped, task, by)
        task.delete()

    def _again(self: "Ticket", task: "Task") -> None:  # type: ignore[misc]
        """Its present values, read under the lock of the ticket."""
        self.must_stand()
        found = self.tasks.select_related("executor").filter(pk=task.pk).first()
        if found is None:
            raise Conflict(_("Somebody has taken this task away."))
        for name in ("text", "executor", "due_at", "done_at", "done_by_id", "ticket_id"):
            setattr(task, name, getattr(found, name))

    def _check_task(self: "Ticket", executor: User | None, due_at: datetime | None) -> None:  # type: ignore[misc]
        from otklik.desk.tickets.access import can_answer

        if executor and not can_answer(executor, self):
            raise Invalid(_("This person may not see the request."), "executor")
        now = clock.now()
        if due_at and due_at <= now:
            raise Invalid(_("Choose a time in the future."), "due")
        if due_at and due_at > now + FARTHEST:
            raise Invalid(_("Choose a time within a year."), "due")

    def _tell_task(  # type: ignore[misc]
        self: "Ticket", news: "type[events.TaskNews]", task: "Task", by: User | None
    ) -> None:
        until = task.due_at.isoformat() if task.due_at else ""
        item = news(ticket_id=self.pk, task_id=task.pk, text=task.text, executor_id=task.executor_id, until=until)
        publish(item, by=by)


def _worded(text: str) -> str:
    """One line.  Raises Invalid for what is too long."""
    from otklik.desk.tickets.models.task import LONGEST

    words = " ".join(text.replace("\x00", " ").split())
    if len(words) > LONGEST:
        raise Invalid(_("A task has %(most)s characters at most.") % {"most": LONGEST}, "text")
    return words
