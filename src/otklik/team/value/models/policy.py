"""By which margin and discount money is told: one row for the whole company."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class PolicyManager(models.Manager["Policy"]):
    def current(self) -> "Policy":
        """The one row, or what holds before anybody changed it."""
        return self.filter(pk=1).first() or Policy(pk=1)


class Policy(models.Model):
    """Both in per cent; a margin that nobody named is not known, and money is told by revenue."""

    margin = models.DecimalField(
        _("margin, % of revenue"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("What is left of a rouble of revenue after the costs of serving the client."),
    )
    discount = models.DecimalField(
        _("discount, % a year"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(12),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("By how much less the money of the next year is worth today."),
    )

    hour_cost = models.DecimalField(
        _("cost of an hour of work, with all that is paid on it"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Salary with taxes, place of work and licences over the hours that are paid."),
    )
    occupancy = models.DecimalField(
        _("of the time at work people talk and write, %"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(80),
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    shrinkage = models.DecimalField(
        _("of the paid time people are not at work, %"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(25),
        validators=[MinValueValidator(0), MaxValueValidator(99)],
    )

    objects: PolicyManager = PolicyManager()

    class Meta:
        verbose_name = _("margin and discount")
        verbose_name_plural = _("margin and discount")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_value_policy")]

    def __str__(self) -> str:
        return str(_("margin and discount"))

    @property
    def share(self) -> float | None:
        """The margin as a share of revenue; None while it is not known."""
        return None if self.margin is None else float(self.margin) / 100

    @property
    def monthly_discount(self) -> float:
        """Of one month, such that twelve of them make the one of a year."""
        return float((1 + self.discount / 100) ** (Decimal(1) / 12)) - 1
