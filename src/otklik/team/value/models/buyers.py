"""What is foretold of clients without a contract, and how the past bears it out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Buyers(models.Model):
    """Clients of a currency who buy when they like (METRICS L8): sums alone, no row is about one client.

    `clients` have bought at all.  Of the `held` who had bought by `half`, `predicted` purchases were foretold from what
    was known then, and `actual` came; `groups` tell the same by how often they had bought again, the last of four times
    and more: [clients, predicted, actual].  `alive` is how many of all are likely to come again, `expected` the
    purchases of the next year.  All of it is None where there are too few, or where nothing could be fitted.
    """

    currency = models.CharField(max_length=3, unique=True)
    clients = models.PositiveIntegerField()
    held = models.PositiveIntegerField(default=0)
    half = models.DateField()
    predicted = models.FloatField(null=True)
    actual = models.PositiveIntegerField(null=True)
    groups = models.JSONField(default=list)
    alive = models.FloatField(null=True)
    expected = models.FloatField(null=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("forecast of purchases")
        verbose_name_plural = _("forecasts of purchases")
