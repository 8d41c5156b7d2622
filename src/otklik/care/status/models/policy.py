"""By what the status page counts, and whether anybody may read it; at most one row."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.care.status.states import plain_number

LONGEST = 1000


def usual_tiers() -> list[list[float]]:
    """From METRICS I6: availability at least, share of the monthly fee; per cent, falling."""
    return [[99.9, 0], [99, 5], [95, 10], [0, 25]]


def _share(name: Any, usual: str, **more: Any) -> Any:
    bounds = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]
    return models.DecimalField(name, max_digits=5, decimal_places=2, default=Decimal(usual), validators=bounds, **more)


class StatusPolicyManager(models.Manager["StatusPolicy"]):
    def current(self) -> "StatusPolicy":
        """The one row, or what holds before anybody changed it."""
        return self.filter(pk=1).first() or StatusPolicy(pk=1)


class StatusPolicy(models.Model):
    """`slow` and `partial` are how much of a moment is lost then, per cent; what does not work is lost whole.

    Works do not count as lost when they were announced `notice_hours` before, up to `works_hours` in a year for each
    component.  `cap` is the most that one client gets back of a month's fee.
    """

    is_open = models.BooleanField(_("anybody may read the page"), default=False)
    speaks_itself = models.BooleanField(_("what checks find is told at once, in general words"), default=True)
    about_ru = models.TextField(_("What stands above, in Russian"), max_length=LONGEST, blank=True)
    about_en = models.TextField(_("What stands above, in English"), max_length=LONGEST, blank=True)
    slow = _share(_("Lost while it works slowly, %"), "0")
    partial = _share(_("Lost while it works in part, %"), "50")
    notice_hours = models.PositiveSmallIntegerField(
        _("Works do not count when announced so many hours before"), default=72, validators=[MaxValueValidator(720)]
    )
    works_hours = models.PositiveSmallIntegerField(
        _("and up to so many hours in a year, for each component"), default=24, validators=[MaxValueValidator(8760)]
    )
    tiers = models.JSONField(_("What a breach gives back"), default=usual_tiers)
    cap = _share(_("At most of a month's fee, %"), "25")

    objects = StatusPolicyManager()

    class Meta:
        verbose_name = _("rules of the status page")
        verbose_name_plural = _("rules of the status page")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_status_policy")]

    def __str__(self) -> str:
        return str(_("rules of the status page"))

    @property
    def tiers_said(self) -> list[tuple[str, str]]:
        """Per cent as they are read; the lowest has no bound to tell."""
        return [(plain_number(least) if least else "", plain_number(share)) for least, share in self.tiers]

    @property
    def said(self) -> dict[str, str]:
        return {name: plain_number(getattr(self, name)) for name in ("slow", "partial", "cap")}

    @property
    def shares(self) -> list[tuple[float, float]]:
        """Tiers as the kernel takes them: shares from 0 to 1."""
        return [(float(least) / 100, float(share) / 100) for least, share in self.tiers]

    def clean(self) -> None:
        rows = self.tiers
        known = all(0 <= least <= 100 and 0 <= share <= 100 for least, share in rows)
        falls = all(before[0] > after[0] for before, after in pairwise(rows))
        if not rows or not known or not falls:
            raise ValidationError(
                {"tiers": _("Write each on a line of its own, the highest availability first, as in “99.9 = 0”.")}
            )
