"""A line of a statement: what one indicator brought."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.team.indicators.models.close import Frozen

if TYPE_CHECKING:
    from otklik.team.indicators.models.statement import Statement


class Part(models.Model):
    """What one indicator brought: its frozen figure, its score (1 is the target), money.  Never changed."""

    statement: models.ForeignKey["Statement"] = models.ForeignKey(
        "indicators.Statement", models.CASCADE, related_name="parts", verbose_name=_("bonus statement")
    )
    frozen = models.ForeignKey(Frozen, models.PROTECT, related_name="+", verbose_name=_("frozen figure"))
    score = models.FloatField(_("score"))
    neutral = models.BooleanField(_("too few cases: counts as reached"))
    brought = models.DecimalField(_("brought"), max_digits=12, decimal_places=2)
    moved = models.DecimalField(_("more or less than at the target"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("line of a bonus statement")
        verbose_name_plural = _("lines of bonus statements")
        ordering = ["pk"]
