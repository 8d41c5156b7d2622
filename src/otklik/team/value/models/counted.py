"""Sums that the job writes anew each time."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tally(models.Model):
    """How many clients came in one month and left in another one, or are still here.

    `side` is "" for all of them, or the segment by which they are told apart, `key` the one they belong to.  `age` is
    in months: of who left rounded up, of who is still here rounded down, so that a curve is neither too high nor too
    low.  `monthly` is what those still here bring in a month.
    """

    currency = models.CharField(max_length=3)
    side = models.CharField(max_length=8, blank=True)
    key = models.CharField(max_length=120, blank=True)
    came_in = models.DateField()
    left_in = models.DateField(null=True)
    age = models.PositiveSmallIntegerField()
    clients = models.PositiveIntegerField()
    monthly = models.DecimalField(max_digits=20, decimal_places=2)

    class Meta:
        verbose_name = _("count of clients")
        verbose_name_plural = _("counts of clients")
        indexes = [models.Index(fields=["currency", "side", "key"], name="tally_of_side")]


class Course(models.Model):
    """What became, in one month, of the clients who were there before it, and of their monthly revenue.

    `started` clients brought `revenue`; `stayed` of them, the others took `lost` with them; those who stayed pay
    `shrunk` less or `grown` more.  `came` are newcomers; `paid` is what all of them paid in the month.
    """

    currency = models.CharField(max_length=3)
    month = models.DateField()
    started = models.PositiveIntegerField()
    stayed = models.PositiveIntegerField()
    came = models.PositiveIntegerField()
    revenue = models.DecimalField(max_digits=20, decimal_places=2)
    lost = models.DecimalField(max_digits=20, decimal_places=2)
    shrunk = models.DecimalField(max_digits=20, decimal_places=2)
    grown = models.DecimalField(max_digits=20, decimal_places=2)
    paid = models.DecimalField(max_digits=20, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("month of clients")
        verbose_name_plural = _("months of clients")
        constraints = [models.UniqueConstraint(fields=["currency", "month"], name="one_course_of_a_month")]


class Cohort(models.Model):
    """What became of the monthly revenue of the clients who came in one month, `later` months after it.

    `revenue` is what `clients` brought at the end of the month in which they came (who left within it: on their first
    day); of it `lost` went with those who left, `shrunk` less and `grown` more is paid by those who are still there.
    """

    currency = models.CharField(max_length=3)
    came_in = models.DateField()
    later = models.PositiveSmallIntegerField()
    clients = models.PositiveIntegerField()
    revenue = models.DecimalField(max_digits=20, decimal_places=2)
    lost = models.DecimalField(max_digits=20, decimal_places=2)
    shrunk = models.DecimalField(max_digits=20, decimal_places=2)
    grown = models.DecimalField(max_digits=20, decimal_places=2)

    class Meta:
        verbose_name = _("revenue of a cohort")
        verbose_name_plural = _("revenue of cohorts")
        constraints = [
            models.UniqueConstraint(fields=["currency", "came_in", "later"], name="one_month_of_a_cohort"),
        ]


class Contrast(models.Model):
    """Clients who wrote to us in half a year, by what befell them in it, and how many stayed half a year more."""

    class Kind(models.TextChoices):
        BROKEN = "broken", _("a broken promise or a bad score")
        NONE = "none", _("neither")

    kind = models.CharField(max_length=8, choices=Kind, unique=True)
    since = models.DateField()
    clients = models.PositiveIntegerField()
    stayed = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("contrast of clients")
        verbose_name_plural = _("contrasts of clients")


class Counted(models.Model):
    """When it was counted last, and who is left out because nobody knows since when they have been clients."""

    at = models.DateTimeField()
    undated = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("counting of clients")
        verbose_name_plural = _("countings of clients")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_counting_of_clients")]
