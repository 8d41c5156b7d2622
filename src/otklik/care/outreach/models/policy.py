"""How long before an event its client has to know, and whether the desk writes by itself."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

MOST_DAYS = 30


def _days(name: Any, usual: int) -> models.PositiveSmallIntegerField:
    checks = [MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
    return models.PositiveSmallIntegerField(name, default=usual, validators=checks)


class PolicyManager(models.Manager["OutreachPolicy"]):
    def current(self) -> "OutreachPolicy":
        """The one row, or what holds before anybody changed it."""
        return self.filter(pk=1).first() or OutreachPolicy(pk=1)


class OutreachPolicy(models.Model):
    """At most one row.  What is already known keeps the days that held when it became known."""

    writes = models.BooleanField(_("Write to clients by itself"), default=False)
    begin_days = _days(_("Write so many days before"), 7)
    lead_days = _days(_("A notice is in time so many days before"), 3)

    objects: PolicyManager = PolicyManager()

    class Meta:
        verbose_name = _("notices ahead of events")
        verbose_name_plural = _("notices ahead of events")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_outreach_policy")]

    def clean(self) -> None:
        if self.begin_days < self.lead_days:
            raise ValidationError({"begin_days": _now("Write no later than a notice has to be there to be in time.")})
