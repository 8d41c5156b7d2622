"""What has to be done for a ticket beside answering: sub-tasks with executor and date, items of a checklist."""

from datetime import datetime

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import Absence, User
from otklik.desk.tickets.models.change import Change
from otklik.desk.tickets.models.ticket import Ticket
from otklik.desk.tickets.seen import stamp_of

LONGEST = 300


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> "TaskQuerySet":
        return self.filter(done_at=None)

    def of(self, executor: User) -> "TaskQuerySet":
        return self.filter(executor=executor)

    def of_who_is_away(self, absence: Absence) -> "TaskQuerySet":
        """What they would have to do before they are back."""
        due = models.Q(due_at=None) | models.Q(due_at__lt=absence.until)
        return self.open().filter(due, executor=absence.user_id, ticket__merged_into=None)

    def lent(self) -> "TaskQuerySet":
        """What somebody does for who is away, or was."""
        return self.filter(absence__isnull=False, ticket__merged_into=None)

    def answered_by(self, owner: User) -> "TaskQuerySet":
        """In tickets of this person, what somebody else does, or nobody by a date; a checklist is looked at there."""
        item = models.Q(executor=None, due_at=None)
        return self.filter(ticket__owner=owner).exclude(item).exclude(executor=owner)

    def soonest_first(self) -> "TaskQuerySet":
        return self.order_by(F("due_at").asc(nulls_last=True), "position", "id")


class Task(models.Model):
    """One thing to do.  Without an executor and a date it is an item of the checklist, and the owner's to see to.

    Whoever does it, the owner of the ticket stays answerable to the client.  `absence` is that of whom the executor
    stands in for, `change` the one of which it is a step.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="tasks")
    text = models.CharField(_("what is to be done"), max_length=LONGEST)
    executor = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who does it"), db_index=False
    )
    absence = models.ForeignKey(Absence, models.PROTECT, null=True, related_name="+", db_index=False)
    change = models.ForeignKey(
        Change, models.PROTECT, null=True, related_name="steps", verbose_name=_("change"), db_index=False
    )
    due_at = models.DateTimeField(_("until"), null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("by"), db_index=False)
    at = models.DateTimeField(_("when"), default=clock.now)
    done_at = models.DateTimeField(_("done"), null=True)
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("done by"), db_index=False
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at=None, done_by=None) | models.Q(done_at__isnull=False, done_by__isnull=False),
                name="what_is_done_was_done_by_somebody",
            )
        ]
        indexes = [
            models.Index(fields=["ticket", "due_at"], name="task_open", condition=models.Q(done_at=None)),
            models.Index(
                fields=["executor", "due_at"],
                name="task_of_executor",
                condition=models.Q(done_at=None, executor__isnull=False),
            ),
            models.Index(fields=["absence"], name="task_lent", condition=models.Q(absence__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def stamp(self) -> str:
        """What it says, who does it and until when."""
        return stamp_of(self.text, self.executor_id, self.due_at)

    @property
    def is_item(self) -> bool:
        """Of the checklist."""
        return self.executor_id is None and self.due_at is None

    @property
    def in_words(self) -> str:
        """Проверить роутер, Илья Соколов, 3 декабря, 18:00."""
        until = date_format(timezone.localtime(self.due_at), "j E, G:i") if self.due_at else ""
        return ", ".join(filter(None, [self.text, str(self.executor or ""), until]))

    def is_late(self, now: datetime) -> bool:
        return self.done_at is None and self.due_at is not None and self.due_at < now
