"""What a reviewer thinks of one criterion, and from which words."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.care.quality.models.scorecard import Criterion
from otklik.care.quality.scoring import SKIP
from otklik.desk.conversations.models import Message

if TYPE_CHECKING:
    from otklik.care.quality.models import Review

LONGEST_QUOTE = 1000


class Mark(models.Model):
    """`mark` is a digit, `scoring.SKIP`, or "" while it is not given; `ruled` is what a dispute put in its place.

    `message` is the letter in which the quote stands, None where it was heard and not written.
    """

    review: "models.ForeignKey[Review]" = models.ForeignKey("quality.Review", models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", db_index=False)
    mark = models.CharField(_("mark"), max_length=1, blank=True)
    ruled = models.CharField(_("mark after the dispute"), max_length=1, blank=True)
    quote = models.CharField(_("quote"), max_length=LONGEST_QUOTE, blank=True)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+", verbose_name=_("message"))
    comment = models.CharField(_("comment"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("mark of a review")
        verbose_name_plural = _("marks of reviews")
        constraints = [models.UniqueConstraint(fields=["review", "criterion"], name="one_mark_of_a_criterion")]

    @property
    def counts(self) -> str:
        """What holds in the end."""
        return self.ruled or self.mark

    @property
    def skipped(self) -> bool:
        return self.counts == SKIP
