"""A change of how the department works, and what was to be better by it (METRICS G6)."""

from datetime import date, datetime, timedelta

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.team.metrics.days import day_of, midnight
from otklik.team.metrics.scope import Scope

WINDOWS = (4, 6, 8, 13)
"""Weeks before and after; at least four, so that one odd week does not decide."""


class ImprovementQuerySet(models.QuerySet["Improvement"]):
    def visible_to(self, user: User) -> "ImprovementQuerySet":
        """Of the whole department, and of one's own lines."""
        if user.sees_everything:
            return self
        return self.filter(models.Q(team=None) | models.Q(team__in=user.team_ids))

    def begun_in(self, scope: Scope) -> "ImprovementQuerySet":
        """Those that a chart of this period and these lines marks."""
        first, last = day_of(scope.start), day_of(scope.end)
        rows = self.filter(starts_on__gte=first, starts_on__lt=last).order_by("starts_on", "pk")
        return rows if scope.teams is None else rows.filter(models.Q(team=None) | models.Q(team__in=scope.teams))


class Improvement(models.Model):
    """What is tried, by which metric it is judged, when, and which change would matter: fixed before it begins.

    `least` is the smallest change that matters, in the unit of the metric; of counts a share of the earlier count.
    """

    class Decision(models.TextChoices):
        KEEP = "keep", _("keep it")
        ADJUST = "adjust", _("adjust it")
        BACK = "back", _("take it back")

    name = models.CharField(_("what changes"), max_length=120)
    hypothesis = models.CharField(_("what we expect and why"), max_length=500)
    metric = models.CharField(_("metric"), max_length=32)
    least = models.FloatField(_("smallest change that matters"), validators=[MinValueValidator(0)])
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line"))
    starts_on = models.DateField(_("begins on"))
    weeks = models.PositiveSmallIntegerField(_("weeks before and after"), choices=[(n, n) for n in WINDOWS], default=4)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    written_at = models.DateTimeField(default=clock.now, editable=False)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    lesson = models.CharField(_("what we learnt"), max_length=500, blank=True)

    objects = ImprovementQuerySet.as_manager()

    class Meta:
        verbose_name = _("improvement")
        verbose_name_plural = _("improvements")
        ordering = ["-starts_on", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def judged_on(self) -> date:
        """Before this day there is no verdict: whoever looks early finds what they hope for."""
        return self.starts_on + timedelta(weeks=self.weeks)

    @property
    def is_fixed_in_advance(self) -> bool:
        return day_of(self.written_at) <= self.starts_on

    def is_ripe(self, now: datetime) -> bool:
        return day_of(now) >= self.judged_on

    def before(self, windows: int = 1) -> Scope:
        """The window right before it, or one that is further back."""
        return self._window(self.starts_on - timedelta(weeks=self.weeks * windows))

    def after(self) -> Scope:
        return self._window(self.starts_on)

    def decide(self, decision: str, lesson: str, by: User) -> None:
        self.decision, self.lesson, self.decided_by, self.decided_at = decision, lesson, by, clock.now()
        self.save(update_fields=["decision", "lesson", "decided_by", "decided_at"])

    def _window(self, first: date) -> Scope:
        start, end = midnight(first), midnight(first + timedelta(weeks=self.weeks))
        return Scope(start, end, None if self.team_id is None else [self.team_id])
