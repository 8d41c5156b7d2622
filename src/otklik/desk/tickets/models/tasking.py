"""Dividing the work on a ticket."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.deputies import cover_of
from otklik.core.staff.models import Absence, Role, User
from otklik.desk.tickets import events
from otklik.desk.tickets.errors import Changed, Conflict, Invalid
from otklik.desk.tickets.policies import FARTHEST
from otklik.desk.tickets.wording import line_of

if TYPE_CHECKING:
    from otklik.desk.tickets.models import Change, Ticket
    from otklik.desk.tickets.models.task import Task

MOST = 100


class Tasking:
    """Trait of the ticket: its tasks and its checklist.  The owner stays answerable, and no clock stops for a task."""

    def executors(self: "Ticket") -> Iterable[User]:  # type: ignore[misc]
        """Who may be given a task: those who may see the ticket and answer clients."""
        return self.readers().exclude(role=Role.QUALITY)

    @transaction.atomic
    def plan(  # type: ignore[misc]
        self: "Ticket",
        texts: Iterable[str],
        *,
        by: User | None,
        executor: User | None = None,
        due_at: datetime | None = None,
        change: "Change | None" = None,
        after_end: bool = False,
    ) -> "list[Task]":
        """New tasks, one for each text, all with this executor and date, or as steps of a change.

        `after_end` is for what has to be done although the ticket has ended, and does not reopen it.  Raises Invalid
        with the field to mend.
        """
        words = [word for text in texts if (word := _worded(text))]
        if not words:
            raise Invalid(_("Say what is to be done."), "text")
        self.lock()
        if after_end:
            self.must_stand()
        else:
            self.must_be_open()
        self._check_task(executor, due_at)
        tasks = list(self.tasks.all())
        if len(tasks) + len(words) > MOST:
            raise Invalid(_("A request has %(most)s tasks at most.") % {"most": MOST}, "text")
        last = max((task.position for task in tasks), default=-1)
        plan = {"executor": executor, "due_at": due_at, "by": by, "change": change}
        made = [self.tasks.create(text=word, position=last + 1 + step, **plan) for step, word in enumerate(words)]
        for task in made:
            self._tell_task(events.TaskPlanned, task, by)
        return made

    @transaction.atomic
    def replan(  # type: ignore[misc]
        self: "Ticket",
        task: "Task",
        *,
        text: str,
        executor: User | None,
        due_at: datetime | None,
        by: User | None,
        seen: str = "",
    ) -> None:
        """Another text, executor or date of a task that is not done.

        `seen` is its stamp as the person had it on screen.  Raises Invalid, Conflict: it is done, gone, or somebody
        has changed it meanwhile.
        """
        self.lock()
        self._again(task)
        if task.done_at:
            raise Conflict(_("This is done already."))
        if seen and seen != task.stamp:
            raise Changed(_("Somebody has changed this task meanwhile, it is: %(task)s.") % {"task": task.in_words})
        words = _worded(text)
        if not words:
            raise Invalid(_("Say what is to be done."), "text")
        if (executor and executor.pk != task.executor_id) or due_at != task.due_at:
            self._check_task(executor, due_at if due_at != task.due_at else None)
        if (words, executor, due_at) == (task.text, task.executor, task.due_at):
            return
        if executor != task.executor:
            task.absence = None  # whoever is back does not take it from who was asked meanwhile
        task.text, task.executor, task.due_at = words, executor, due_at
        task.save(update_fields=["text", "executor", "due_at", "absence"])
        self._tell_task(events.TaskReplanned, task, by)

    @transaction.atomic
    def leave_task(self: "Ticket", task: "Task") -> bool:  # type: ignore[misc]
        """Its executor is away: who stands in does it if they may see the ticket, else the owner sees to it."""
        self.lock()
        self._again(task)
        cover = cover_of(task.executor_id) if task.executor_id and not task.done_at else None
        if cover is None:
            return False
        deputy = cover.deputy if cover.deputy and self._may_do(cover.deputy) else None
        self._pass_task(task, deputy, task.absence or cover.absence)
        return True

    @transaction.atomic
    def return_task(self: "Ticket", task: "Task") -> bool:  # type: ignore[misc]
        """Whose it is is back.  False where it is done, or somebody else was asked meanwhile."""
        self.lock()
        self._again(task)
        if task.absence is None or task.done_at:
            return False
        whose = task.absence.user
        self._pass_task(task, whose if self._may_do(whose) else task.executor, None)
        return True

    @transaction.atomic
    def free_task(self: "Ticket", task: "Task") -> None:  # type: ignore[misc]
        """Its executor left: the owner does it, if they may; who had lent it gets it back when they are here."""
        self.lock()
        self._again(task)
        if task.done_at is None:
            self._pass_task(task, self.owner if self.owner and self._may_do(self.owner) else None, task.absence)

    def _pass_task(  # type: ignore[misc]
        self: "Ticket", task: "Task", executor: User | None, absence: Absence | None
    ) -> None:
        task.executor, task.absence = executor, absence
        task.save(update_fields=["executor", "absence"])
        self._tell_task(events.TaskReplanned, task, None)

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
        found = self.tasks.select_related("executor", "absence__user").filter(pk=task.pk).first()
        if found is None:
            raise Conflict(_("Somebody has taken this task away."))
        for name in ("text", "executor", "absence", "due_at", "done_at", "done_by_id", "ticket_id"):
            setattr(task, name, getattr(found, name))

    def _check_task(self: "Ticket", executor: User | None, due_at: datetime | None) -> None:  # type: ignore[misc]
        if executor and not self._may_do(executor):
            raise Invalid(_("This person may not see the request."), "executor")
        now = clock.now()
        if due_at and due_at <= now:
            raise Invalid(_("Choose a time in the future."), "due")
        if due_at and due_at > now + FARTHEST:
            raise Invalid(_("Choose a time within a year."), "due")

    def _may_do(self: "Ticket", executor: User) -> bool:  # type: ignore[misc]
        from otklik.desk.tickets.access import can_answer

        return can_answer(executor, self)

    def _tell_task(  # type: ignore[misc]
        self: "Ticket", news: "type[events.TaskNews]", task: "Task", by: User | None
    ) -> None:
        until = task.due_at.isoformat() if task.due_at else ""
        item = news(ticket_id=self.pk, task_id=task.pk, text=task.text, executor_id=task.executor_id, until=until)
        publish(item, by=by)


def _worded(text: str) -> str:
    """One line.  Raises Invalid for what is too long."""
    from otklik.desk.tickets.models.task import LONGEST

    words = line_of(text)
    if len(words) > LONGEST:
        raise Invalid(_("A task has %(most)s characters at most.") % {"most": LONGEST}, "text")
    return words
