"""What is done so that it does not happen again."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User

if TYPE_CHECKING:
    from otklik.care.complaints.models import Complaint


class Measure(models.Model):
    """Corrective: mends what happened.  Preventive: keeps it from others.  Done with a note of what came of it."""

    class Kind(models.TextChoices):
        CORRECTIVE = "corrective", _("corrective")
        PREVENTIVE = "preventive", _("preventive")

    complaint: "models.ForeignKey[Complaint]" = models.ForeignKey(
        "complaints.Complaint", models.CASCADE, related_name="measures"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CORRECTIVE)
    text = models.CharField(_("what is done"), max_length=500)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who does it"), db_index=False)
    due_at = models.DateTimeField(_("until"))
    planned_at = models.DateTimeField(_("planned"), default=clock.now)
    done_at = models.DateTimeField(_("done"), null=True)
    result = models.CharField(_("what came of it"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(done_at=None) | ~Q(result=""), name="measure_is_done_with_a_result")
        ]
        indexes = [models.Index(fields=["owner", "complaint"], name="measure_open_of", condition=Q(done_at=None))]

    def is_late(self, now: datetime) -> bool:
        return self.done_at is None and self.due_at < now
