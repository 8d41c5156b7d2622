"""A person who does not agree with a statement, and what came of it."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User

if TYPE_CHECKING:
    from otklik.team.indicators.models.statement import Statement


class Outcome(models.TextChoices):
    CORRECTED = "corrected", _("corrected")
    KEPT = "kept", _("stays as it is")


class Dispute(models.Model):
    """The person's words, and the answer: another amount, or a reason."""

    statement: models.OneToOneField["Statement"] = models.OneToOneField(
        "indicators.Statement", models.PROTECT, related_name="dispute", verbose_name=_("bonus statement")
    )
    words = models.CharField(_("with what I disagree"), max_length=1000)
    at = models.DateTimeField(_("when"), default=clock.now, editable=False)
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome, blank=True)
    amount = models.DecimalField(_("corrected amount"), max_digits=12, decimal_places=2, null=True)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")

    def end(self, answer: str, amount: Decimal | None, by: User) -> None:
        self.outcome = Outcome.KEPT if amount is None else Outcome.CORRECTED
        self.answer, self.amount, self.answered_by, self.answered_at = answer, amount, by, clock.now()
        self.save()
