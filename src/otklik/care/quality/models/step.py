"""What two people agreed to train after a review."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.care.quality.events import StepDone
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.staff.models import User

if TYPE_CHECKING:
    from otklik.care.quality.models import Review


class Step(models.Model):
    """It has an owner and a date until it is done."""

    review: "models.ForeignKey[Review]" = models.ForeignKey("quality.Review", models.CASCADE, related_name="steps")
    text = models.CharField(_("what is trained"), max_length=500)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who does it"), db_index=False)
    until = models.DateTimeField(_("until"))
    agreed_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    agreed_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(_("done"), null=True)
    late_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("step of coaching")
        verbose_name_plural = _("steps of coaching")
        ordering = ["until", "pk"]
        indexes = [
            models.Index(fields=["owner", "until"], name="coaching_open", condition=models.Q(done_at=None)),
            models.Index(fields=["until"], name="coaching_late", condition=models.Q(done_at=None, late_at=None)),
        ]

    def __str__(self) -> str:
        return self.text

    def is_late(self, now: datetime) -> bool:
        return self.done_at is None and self.until < now

    @transaction.atomic
    def finish(self, *, by: User) -> None:
        """It is done; a second time changes nothing."""
        if type(self).objects.filter(pk=self.pk, done_at=None).update(done_at=clock.now()):
            self.refresh_from_db()
            publish(StepDone(ticket_id=self.review.ticket_id, review_id=self.review_id), by=by)
