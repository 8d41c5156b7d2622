"""By which rules a roster is checked: one row for the company, with the law's figures until it is changed."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RulesManager(models.Manager["Rules"]):
    def current(self) -> "Rules":
        """The one row, or what holds before anybody changed it."""
        return self.filter(pk=1).first() or Rules(pk=1)


class Rules(models.Model):
    """Of METRICS W10 what an employer may set; 42 hours of weekly rest and the length of breaks are the law's."""

    class Accounting(models.IntegerChoices):
        MONTH = 1, pgettext_lazy("accounting period", "a month")
        QUARTER = 3, pgettext_lazy("accounting period", "a quarter")
        YEAR = 12, pgettext_lazy("accounting period", "a year")

    week_hours = models.DecimalField(
        _("hours of a week"),
        max_digits=4,
        decimal_places=1,
        default=40,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("The norm of hours is counted from it (art. 91)."),
    )
    accounting = models.PositiveSmallIntegerField(
        _("accounting period"),
        choices=Accounting,
        default=Accounting.MONTH,
        help_text=_("In which hours must come to the norm (art. 104)."),
    )
    rest_hours = models.PositiveSmallIntegerField(
        _("rest between shifts, hours"),
        default=12,
        validators=[MinValueValidator(2), MaxValueValidator(48)],
        help_text=_("The Code names no general figure; twelve is usual."),
    )
    ahead_days = models.PositiveSmallIntegerField(
        _("published so many days before"),
        default=30,
        validators=[MaxValueValidator(120)],
        help_text=_("A month by art. 103; who publishes later is told so."),
    )

    objects: RulesManager = RulesManager()

    class Meta:
        verbose_name = _("rules of rosters")
        verbose_name_plural = _("rules of rosters")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_set_of_roster_rules")]

    def __str__(self) -> str:
        return str(_("rules of rosters"))
