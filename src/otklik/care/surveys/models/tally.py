"""What a survey brought of those who were asked on one day, once nobody of them can answer any more."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.care.surveys.models.version import Version
from otklik.core.staff.models import Team


class Tally(models.Model):
    """Of one version, way of asking and line (None: of no line); a day is one of UTC.

    `completed` and `partial` are of `asked`; `given` marks of its first scale are theirs, `good` of these the good
    ones.  `marks` has of every mark, also of whoever rated unasked, how many came soon and how many late: by number of
    the question ("score" is the mark of an answer) and value.  `groups` has how many were asked and answered by what
    was known of them: by side and key.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="tallies", db_index=False)
    source = models.CharField(max_length=8)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", verbose_name=_("line"))
    day = models.DateField()
    asked = models.PositiveIntegerField()
    failed = models.PositiveIntegerField()
    completed = models.PositiveIntegerField()
    partial = models.PositiveIntegerField()
    given = models.PositiveIntegerField()
    good = models.PositiveIntegerField()
    marks = models.JSONField(default=dict)
    groups = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("day of a survey")
        verbose_name_plural = _("days of surveys")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "source", "team", "day"], name="one_tally_of_a_day", nulls_distinct=False
            )
        ]


class Tallied(models.Model):
    """Up to which day, that day not included, all are tallied; what was asked later is counted where it lies.

    `way` is the number of the way of counting (`tallying.WAY`) by which they are.
    """

    until = models.DateField()
    way = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("tallying of surveys")
        verbose_name_plural = _("tallyings of surveys")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_tallying_of_surveys")]
