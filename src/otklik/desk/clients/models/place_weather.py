"""The last weather that a provider told of a place."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceWeather(models.Model):
    """One place by its time zone; `wanted_at` when somebody looked at it last."""

    time_zone = models.CharField(_("time zone"), max_length=60, unique=True)
    wanted_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    at = models.DateTimeField(null=True)
    degrees = models.FloatField(null=True)
    code = models.PositiveSmallIntegerField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("weather of a place")
        verbose_name_plural = _("weather of places")

    def __str__(self) -> str:
        return self.time_zone
