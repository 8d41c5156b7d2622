"""How long each step of a review may take."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

LONGEST_DISPUTE = 10
"""Business days from the review to the decision: figures of disputes wait for two weeks (METRICS Q5)."""


def _days(label: Any, default: int, most: int) -> models.PositiveSmallIntegerField:
    bounds = [MinValueValidator(1), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(label, default=default, validators=bounds)


class ReviewPolicyManager(models.Manager["ReviewPolicy"]):
    def current(self) -> "ReviewPolicy":
        """The one row, or what holds before anybody changed it."""
        return self.filter(pk=1).first() or ReviewPolicy(pk=1)


class ReviewPolicy(models.Model):
    """Terms of the department in business days; at most one row.  They hold for what begins after a change."""

    review_days = _days(_("reviewed within, business days"), 3, 30)
    dispute_days = _days(_("accepted or disputed within, business days"), 5, LONGEST_DISPUTE - 1)
    decide_days = _days(_("a dispute decided within, business days"), 5, LONGEST_DISPUTE - 1)
    step_days = _days(_("a critical error talked about within, business days"), 5, 30)

    objects = ReviewPolicyManager()

    class Meta:
        verbose_name = _("terms of reviews")
        verbose_name_plural = _("terms of reviews")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_review_policy"),
            models.CheckConstraint(
                condition=Q(dispute_days__lte=LONGEST_DISPUTE - F("decide_days")),
                name="dispute_is_over_in_time",
                violation_error_message=_(
                    "To dispute and to decide take ten business days together at most: figures of disputes wait for"
                    " two weeks."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(_("terms of reviews"))
