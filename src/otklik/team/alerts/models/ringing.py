"""One stretch in which the condition of an alert held."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from otklik.team.alerts.models.alert import Alert


class RingingQuerySet(models.QuerySet["Ringing"]):
    def open(self) -> "RingingQuerySet":
        return self.filter(ended=None)

    def newest(self) -> "RingingQuerySet":
        return self.order_by("-began", "-pk")

    def before(self, began: datetime, pk: int) -> "RingingQuerySet":
        """Those that stand further down than this one, in the order of the list."""
        return self.filter(Q(began__lt=began) | Q(began=began, pk__lt=pk))


class Ringing(models.Model):
    """`value` is the figure that rang, of `n` readings, in the unit of the metric; `lo` and `hi` the limits it left.

    `first` and `last` are the days it is of, None for what stood at the moment; `definition` is the fingerprint of the
    metric by which it was counted.
    """

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="ringings")
    began = models.DateTimeField(_("began"))
    ended = models.DateTimeField(_("over"), null=True)
    value = models.FloatField(_("figure"))
    n = models.PositiveBigIntegerField(_("made of"))
    lo = models.FloatField(null=True)
    hi = models.FloatField(null=True)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    definition = models.CharField(max_length=12)

    objects = RingingQuerySet.as_manager()

    class Meta:
        verbose_name = _("ringing")
        verbose_name_plural = _("ringings")
        indexes = [models.Index(fields=["alert", "-began", "-id"], name="ringing_newest")]
        constraints = [models.UniqueConstraint(fields=["alert"], condition=Q(ended=None), name="rings_once_at_a_time")]

    def __str__(self) -> str:
        return f"{self.alert}, {self.began:%d.%m.%Y}"
