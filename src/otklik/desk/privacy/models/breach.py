"""A leak of personal data: what, of how many, and the two clocks of the law."""

from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User
from otklik.desk.privacy.events import BreachChanged

REPORT, RESULTS = timedelta(hours=24), timedelta(hours=72)
"""152-FZ, article 21: the authority is told within 24 h, and what the inquiry found within 72 h; GDPR: within 72 h."""
WARNED = timedelta(hours=4)
"""So long before a clock ends people are reminded."""


class BreachQuerySet(models.QuerySet["Breach"]):
    def open(self) -> "BreachQuerySet":
        return self.filter(closed_at=None)


class Breach(models.Model):
    """Counted from the moment in which we learned of it; `told` are the reminders that went out."""

    class Step(models.TextChoices):
        REPORTED = "reported", _("the authority is told")
        RESULTS = "results", _("the results of the inquiry are sent")
        CLOSED = "closed", _("done")

    what = models.TextField(_("what happened"), max_length=4000)
    data = models.CharField(_("which data"), max_length=300)
    people = models.PositiveIntegerField(_("how many people"), help_text=_("as far as is known; 0 is not known yet"))
    learned_at = models.DateTimeField(_("when we learned of it"))
    reported_at = models.DateTimeField(null=True, editable=False)
    results_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    told = ArrayField(models.CharField(max_length=20), default=list, editable=False)

    objects = BreachQuerySet.as_manager()

    class Meta:
        verbose_name = _("leak of personal data")
        verbose_name_plural = _("leaks of personal data")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"№ {self.pk}"

    @property
    def report_until(self) -> datetime:
        return self.learned_at + REPORT

    @property
    def results_until(self) -> datetime:
        return self.learned_at + RESULTS

    @property
    def clocks(self) -> list[tuple[str, datetime, datetime | None]]:
        """(step, until, done) of both."""
        return [
            (self.Step.REPORTED, self.report_until, self.reported_at),
            (self.Step.RESULTS, self.results_until, self.results_at),
        ]

    def due_reminders(self, now: datetime) -> list[tuple[str, str, datetime]]:
        """(mark, step, until) of what people must be told now and were not."""
        found = []
        for step, until, done in self.clocks:
            if done:
                continue
            stage = "late" if now >= until else "near" if now >= until - WARNED else ""
            if stage and f"{step}-{stage}" not in self.told:
                found.append((f"{step}-{stage}", step, until))
        return found

    @transaction.atomic
    def put(self, *, by: User) -> None:
        """Record it, or correct what is known.  Raises ValidationError."""
        is_new = self.pk is None
        if is_new:
            self.by = by
        self.full_clean()
        if self.learned_at > clock.now():
            raise ValidationError({"learned_at": gettext("It is a moment to come.")})
        self.save()
        publish(BreachChanged(breach_id=self.pk, what="recorded" if is_new else "corrected"), by=by)

    @transaction.atomic
    def step(self, step: str, *, by: User) -> None:
        """One of the steps is done now.  Raises ValidationError for a step that was done, and for closing too early."""
        column = {self.Step.REPORTED: "reported_at", self.Step.RESULTS: "results_at", self.Step.CLOSED: "closed_at"}[
            self.Step(step)
        ]
        row = Breach.objects.select_for_update().get(pk=self.pk)
        if getattr(row, column) or row.closed_at:
            raise ValidationError(gettext("It is done already."))
        if step == self.Step.CLOSED and not (row.reported_at and row.results_at):
            raise ValidationError(gettext("First tell the authority and send the results of the inquiry."))
        setattr(self, column, clock.now())
        self.save(update_fields=[column])
        publish(BreachChanged(breach_id=self.pk, what=step), by=by)


class BreachNote(models.Model):
    """What was found out or done, in the order of time; never changed."""

    breach = models.ForeignKey(Breach, models.CASCADE, related_name="notes")
    text = models.TextField(max_length=4000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("note on a leak")
        verbose_name_plural = _("notes on a leak")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]
