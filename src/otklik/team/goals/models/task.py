"""A task of a quarter's plan: done, carried over with a count and a reason, split, or dropped (METRICS G4)."""

from collections.abc import Sequence
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team, User
from otklik.team.goals import events
from otklik.team.goals.quarter import moved, quarter_of, this_quarter
from otklik.team.metrics.days import today
from otklik.team.metrics.models import Improvement

MOST_CARRIES = 2
"""Carried so often, a task is split, cut anew or dropped, and goes no further as it is."""


class TaskState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("a task", "planned")
    DOING = "doing", pgettext_lazy("a task", "being done")
    TESTING = "testing", pgettext_lazy("a task", "in test")
    DONE = "done", pgettext_lazy("a task", "done")
    DROPPED = "dropped", pgettext_lazy("a task", "dropped")
    SPLIT = "split", pgettext_lazy("a task", "split")


GOING = (TaskState.PLANNED, TaskState.DOING, TaskState.TESTING)
OVER = (TaskState.DONE, TaskState.DROPPED, TaskState.SPLIT)
MOST_PARTS = 12
TITLE = 200


class PlanTaskQuerySet(models.QuerySet["PlanTask"]):
    def of_quarter(self, quarter: date) -> "PlanTaskQuerySet":
        """What stands in its plan, and what was carried out of it."""
        left = models.Exists(Carry.objects.filter(task=models.OuterRef("pk"), out_of=quarter))
        return self.filter(models.Q(quarter=quarter) | left).prefetch_related("moves")

    def going(self) -> "PlanTaskQuerySet":
        return self.filter(state__in=GOING)


class PlanTask(models.Model):
    """What is to change in a quarter (named by its first day); `size` and `spent` are days of work.

    `first_quarter` is the one it was put into; `unplanned` came when that had begun already.  `ended_on` is the day on
    which it was done, dropped or split.  `improvement` is what it was judged by.
    """

    title = models.CharField(_("what changes"), max_length=TITLE)
    goal = models.ForeignKey(
        "goals.Goal", models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("serves")
    )
    owner = models.ForeignKey(User, models.PROTECT, related_name="plan_tasks", verbose_name=_("owner"))
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line"))
    quarter = models.DateField(_("quarter"))
    first_quarter = models.DateField(_("first quarter"), editable=False)
    size = models.PositiveSmallIntegerField(
        _("days of work"), default=5, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    spent = models.PositiveSmallIntegerField(_("days it took"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=TaskState, default=TaskState.PLANNED, editable=False)
    unplanned = models.BooleanField(_("came within the quarter"), default=False, editable=False)
    carries = models.PositiveSmallIntegerField(_("carried"), default=0, editable=False)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", editable=False)
    improvement = models.ForeignKey(
        Improvement, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("judged by")
    )
    ended_on = models.DateField(_("ended on"), null=True, editable=False)
    why = models.CharField(_("why it was dropped"), max_length=500, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    objects = PlanTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task of a quarter")
        verbose_name_plural = _("tasks of quarters")
        indexes = [models.Index(fields=["quarter", "state"], name="plan_task_of_quarter")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=OVER, ended_on__isnull=False)
                | (~models.Q(state__in=OVER) & models.Q(ended_on=None)),
                name="plan_task_over_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_going(self) -> bool:
        return self.state in GOING

    @property
    def is_late(self) -> bool:
        """Its quarter is over, and nobody has said what becomes of it."""
        return self.is_going and self.quarter < this_quarter()

    @property
    def may_be_carried(self) -> bool:
        return self.is_going and self.carries < MOST_CARRIES

    def put_down(self, *, by: User) -> None:
        """Into the plan of a quarter that is not over."""
        self.quarter = quarter_of(self.quarter)
        if self.quarter < this_quarter():
            raise Refused(_("This quarter is over: plan for the running one or a later one."), "quarter")
        self.first_quarter = self.quarter
        self.unplanned = self.quarter == this_quarter() and today() > self.quarter
        self.made_by = by
        self.save()

    @transaction.atomic
    def turn(self, state: str, *, by: User, spent: int | None = None) -> None:
        """Begun, in test, done.  Raises Refused for what is over."""
        self._hold()
        if state not in (*GOING, TaskState.DONE):
            raise Refused(_("A task is planned, being done, in test or done."), "state")
        self.state = state
        if state == TaskState.DONE:
            self.ended_on, self.spent = today(), spent
        self.save(update_fields=["state", "ended_on", "spent"])

    @transaction.atomic
    def carry(self, why: str, *, by: User, out_of: date | None = None) -> None:
        """Into the next quarter that is not over, with a reason; not more than twice as it is.

        `out_of` is the quarter in which whoever asks saw it: a second press does not carry it once more.
        """
        self._hold()
        if out_of is not None and out_of != self.quarter:
            raise Refused(_("Somebody has carried it on already."))
        if not why.strip():
            raise Refused(_("Say why it was not done."), "why")
        if self.carries >= MOST_CARRIES:
            raise Refused(_("It was carried twice: split it, cut it anew or drop it."), "why")
        into = max(moved(self.quarter, 1), this_quarter())
        Carry.objects.create(task=self, out_of=self.quarter, into=into, why=why.strip()[:300], by=by)
        self.quarter, self.carries = into, self.carries + 1
        self.save(update_fields=["quarter", "carries"])
        publish(events.TaskCarried(task_id=self.pk, owner_id=self.owner_id, quarter=into.isoformat()), by=by)

    @transaction.atomic
    def split(self, titles: Sequence[str], *, by: User) -> list["PlanTask"]:
        """Into milestones, the first of the next open quarter and each of one more; the whole is over with that."""
        self._hold()
        parts = [title.strip() for title in titles if title.strip()]
        if not 2 <= len(parts) <= MOST_PARTS:
            raise Refused(_("Write two to twelve milestones, each on a line of its own."), "parts")
        if any(len(title) > TITLE for title in parts):
            raise Refused(_("A milestone is longer than 200 letters: say it in fewer words."), "parts")
        first = max(self.quarter, this_quarter())
        size = max(1, round(self.size / len(parts)))
        self.state, self.ended_on = TaskState.SPLIT, today()
        self.save(update_fields=["state", "ended_on"])
        alike = {"goal": self.goal, "owner": self.owner, "team": self.team, "part_of": self, "made_by": by}
        quarters = [moved(first, place) for place in range(len(parts))]
        rows = [
            PlanTask(
                title=title,
                quarter=quarter,
                first_quarter=quarter,
                size=size,
                unplanned=self.unplanned and quarter == self.first_quarter,
                **alike,
            )
            for title, quarter in zip(parts, quarters, strict=True)
        ]
        return PlanTask.objects.bulk_create(rows)

    @transaction.atomic
    def cut(self, title: str, size: int, why: str, *, by: User) -> None:
        """Made smaller or other: it may be carried again, and what it was stands with the reason."""
        self._hold()
        if not why.strip():
            raise Refused(_("Say what is left out, and why."), "why")
        if not 0 < len(title.strip()) <= TITLE:
            raise Refused(_("Say what is done instead, in at most 200 letters."), "title")
        Carry.objects.create(
            task=self, out_of=self.quarter, into=self.quarter, why=why.strip()[:300], by=by, was=self.title
        )
        self.title, self.size, self.carries = title.strip(), size, 0
        self.save(update_fields=["title", "size", "carries"])

    @transaction.atomic
    def drop(self, why: str, *, by: User) -> None:
        self._hold()
        if not why.strip():
            raise Refused(_("Say why it is given up."), "why")
        self.state, self.why, self.ended_on = TaskState.DROPPED, why.strip()[:500], today()
        self.save(update_fields=["state", "why", "ended_on"])

    def _hold(self) -> None:
        row = PlanTask.objects.select_for_update().get(pk=self.pk)
        if not row.is_going:
            raise Refused(_("This task is over already."))
        self.state, self.quarter, self.carries = row.state, row.quarter, row.carries


class Carry(models.Model):
    """A task left the plan of a quarter for a later one, or was cut anew within it; rows are only ever added."""

    task = models.ForeignKey(PlanTask, models.CASCADE, related_name="moves", verbose_name=_("task"))
    out_of = models.DateField(_("from the quarter"))
    into = models.DateField(_("into the quarter"))
    why = models.CharField(_("why"), max_length=300)
    was = models.CharField(_("before"), max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=clock.now)

    class Meta:
        verbose_name = _("carry of a task")
        verbose_name_plural = _("carries of tasks")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["out_of"], name="carry_out_of")]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.out_of} → {self.into}"
