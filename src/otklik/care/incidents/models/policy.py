"""How often the clients of an incident hear from us, until when it is closed, and with a post-mortem or without."""

from datetime import datetime, timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.care.incidents.severity import Severity
from otklik.core.calendar.models import BusinessCalendar

WEEK = 7 * 24 * 60
MOST_DAYS = 60
LOOKED_AT = timedelta(days=1)
"""What no client notices is looked at so often by who leads it."""


def _minutes(name: Any, usual: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        name, default=usual, validators=[MinValueValidator(5), MaxValueValidator(WEEK)]
    )


def _days(name: Any, usual: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        name, default=usual, db_default=usual, validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
    )


class IncidentPolicyManager(models.Manager["IncidentPolicy"]):
    def current(self) -> "IncidentPolicy":
        """The one row, or what holds before anybody changed it."""
        return self.filter(pk=1).first() or IncidentPolicy(pk=1)


class IncidentPolicy(models.Model):
    """Minutes by the clock, the first notice of S3 in working time; at most one row.

    From the severity `post_mortem_from` on, the worst it was, an incident closes with a post-mortem.
    """

    s1_first = _minutes(_("S1: first notice, minutes"), 15)
    s1_every = _minutes(_("S1: an update every, minutes"), 30)
    s2_first = _minutes(_("S2: first notice, minutes"), 30)
    s2_every = _minutes(_("S2: an update every, minutes"), 60)
    s3_first = _minutes(_("S3: first notice, working minutes"), 120)
    s3_every = _minutes(_("S3: an update every, minutes"), 24 * 60)
    post_mortem_from = models.PositiveSmallIntegerField(
        _("A post-mortem is written from"), choices=Severity, default=Severity.S2, db_default=Severity.S2.value
    )
    s1_closed_within = _days(_("S1: closed within, business days"), 5)
    closed_within = _days(_("S2 to S4: closed within, business days"), 10)

    objects = IncidentPolicyManager()

    class Meta:
        verbose_name = _("rhythm of incidents")
        verbose_name_plural = _("rhythm of incidents")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_incident_policy")]

    def __str__(self) -> str:
        return str(_("rhythm of incidents"))

    def every(self, severity: int) -> timedelta:
        """The longest time between two updates."""
        minutes = {Severity.S1: self.s1_every, Severity.S2: self.s2_every, Severity.S3: self.s3_every}
        return timedelta(minutes=minutes[Severity(severity)]) if severity in minutes else LOOKED_AT

    def first_due(self, severity: int, since: datetime) -> datetime:
        """By when the clients hear of it for the first time."""
        if severity == Severity.S3:
            return BusinessCalendar.objects.default().working_time().due(since, self.s3_first * 60)
        minutes = {Severity.S1: self.s1_first, Severity.S2: self.s2_first}
        return since + (timedelta(minutes=minutes[Severity(severity)]) if severity in minutes else LOOKED_AT)

    def needs_post_mortem(self, worst: int) -> bool:
        return worst <= self.post_mortem_from

    def closing_due(self, severity: int, since: datetime) -> datetime:
        """By when an incident that is over is closed with what was learned of it, and its post-mortem."""
        days = self.s1_closed_within if severity == Severity.S1 else self.closed_within
        return BusinessCalendar.objects.default().working_time().add_business_days(since, days)
