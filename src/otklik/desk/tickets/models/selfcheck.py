"""The nightly proof that nothing can hang: what was looked at, and what was found."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock

MOST_KEPT = 200
"""Findings of one run that are kept with their tickets; `found` counts all."""


class Fault(models.TextChoices):
    """A rule that an open or ended ticket breaks: none of these can happen by a verb."""

    NO_STEP = "no_step", _("open without a next step, or without its moment")
    NOT_OVER = "not_over", _("ended, and something is still to be done")
    GONE = "gone", _("its owner does not work here or does not answer clients")
    NO_LINE = "no_line", _("in the queue of a line that takes no requests")
    PROMISES = "promises", _("two dates are promised at once")
    FORGOTTEN = "forgotten", _("ended, and a promise stands open")
    OVERSLEPT = "overslept", _("its next moment is later than the promised date")
    ASLEEP = "asleep", _("it did not wake up when it should have")


class SelfCheckQuerySet(models.QuerySet["SelfCheck"]):
    def latest_run(self) -> "SelfCheck | None":
        return self.exclude(ended_at=None).order_by("-id").first()


class SelfCheck(models.Model):
    """One walk through all tickets; `faults` are pairs of a ticket's number and what is wrong with it."""

    Fault = Fault

    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    tickets = models.PositiveIntegerField(_("tickets looked at"), default=0)
    open = models.PositiveIntegerField(_("of them open"), default=0)
    hanging = models.PositiveIntegerField(_("hanging"), default=0)
    found = models.PositiveIntegerField(_("faults"), default=0)
    faults = models.JSONField(default=list)

    objects = SelfCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("self-check")
        verbose_name_plural = _("self-checks")

    def is_older_than(self, age: timedelta, at: datetime) -> bool:
        return self.started_at + age < at

    def note(self, ticket_id: int, fault: str) -> None:
        self.found += 1
        if len(self.faults) < MOST_KEPT:
            self.faults.append([ticket_id, fault])
