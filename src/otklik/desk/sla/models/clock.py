"""One commitment of one ticket, and what became of it."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.desk.sla.models.version import Version
from otklik.desk.tickets.models import Priority, Ticket


class Kind(models.TextChoices):
    FIRST = "first_answer", _("first answer")
    NEXT = "next_answer", _("next answer")
    UPDATE = "update", _("word on how it goes")
    RESOLUTION = "resolution", _("solution")


LIVE = models.Q(stopped_at=None, dropped_at=None)


class ClockQuerySet(models.QuerySet["Clock"]):
    def live(self) -> "ClockQuerySet":
        return self.filter(LIVE)

    def counted(self) -> "ClockQuerySet":
        """Commitments that were kept or broken or may yet be: what nobody waited for is none."""
        return self.filter(dropped_at=None)


class Clock(models.Model):
    """Runs from `started_at`; `stopped_at` when it was done, `dropped_at` when there was nothing to do any more.

    `within` is the target, `paused` what waiting for the client has added so far, `over` what passed while the ticket
    was over before it came back; seconds of business time.  A clock that pauses is due when all that it may pause is
    used up.  `next_at` is the moment at which something is to be said of it: a warning, then the breach.
    """

    Kind = Kind

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="clocks", db_index=False)
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="clocks", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.NORMAL)
    kind = models.CharField(_("commitment"), max_length=12, choices=Kind)
    started_at = models.DateTimeField(_("begun"))
    within = models.FloatField(_("target"), default=0)
    paused = models.FloatField(_("paused"), default=0)
    paused_from = models.DateTimeField(null=True)
    over = models.FloatField(default=0)
    due_at = models.DateTimeField(_("due"))
    next_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(_("warned"), null=True)
    breached_at = models.DateTimeField(_("breached"), null=True)
    stopped_at = models.DateTimeField(_("done"), null=True)
    dropped_at = models.DateTimeField(_("dropped"), null=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            models.UniqueConstraint(fields=["ticket", "kind", "started_at"], name="one_clock_per_start"),
            models.UniqueConstraint(fields=["ticket", "kind"], condition=LIVE, name="one_clock_runs"),
            models.CheckConstraint(condition=models.Q(next_at=None) | LIVE, name="nothing_falls_due_of_what_is_over"),
        ]
        indexes = [
            # What falls due is walked by this one: it holds live clocks of which something is still to be said.
            models.Index(fields=["next_at"], name="clock_next", condition=models.Q(next_at__isnull=False)),
            # Figures of attainment take the commitments due in a period.
            models.Index(fields=["due_at"], include=["version", "team"], name="clock_due"),
            # Whether a version can be kept is asked of the newest commitments of each kind.
            models.Index(fields=["kind", "-started_at"], name="clock_newest", condition=models.Q(dropped_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ticket_id}"

    @property
    def is_live(self) -> bool:
        return self.stopped_at is None and self.dropped_at is None

    def is_broken(self, now: datetime) -> bool:
        return self.dropped_at is None and (self.stopped_at or now) > self.due_at


class Recount(models.Model):
    """A due moment that moved for a reason other than a pause: history of a clock."""

    of = models.ForeignKey(Clock, models.PROTECT, related_name="recounts")
    at = models.DateTimeField(default=clock.now)
    was_due = models.DateTimeField()
    due = models.DateTimeField()
    why = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("recount")
        verbose_name_plural = _("recounts")
        ordering = ["id"]
        indexes = [models.Index(fields=["at"], name="recount_at")]


class Hours(models.Model):
    """The version of a calendar by which the clocks that run were counted."""

    calendar = models.OneToOneField(BusinessCalendar, models.CASCADE, related_name="+", primary_key=True)
    version = models.BigIntegerField()
