"""What happened on a day and may explain a figure: a change, an incident, a training."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import Team, User
from otklik.team.metrics.days import day_of
from otklik.team.metrics.scope import Scope


class AnnotationQuerySet(models.QuerySet["Annotation"]):
    def visible_to(self, user: User) -> "AnnotationQuerySet":
        """Of the whole department, and of one's own lines."""
        if user.sees_everything:
            return self
        return self.filter(models.Q(team=None) | models.Q(team__in=user.team_ids))

    def within(self, scope: Scope) -> "AnnotationQuerySet":
        """Those that a chart of this period and these lines marks, the earliest first."""
        first, last = day_of(scope.start), day_of(scope.end)
        rows = self.filter(on__gte=first, on__lt=last).order_by("on", "pk")
        return rows if scope.teams is None else rows.filter(models.Q(team=None) | models.Q(team__in=scope.teams))

    def before(self, day: date, pk: int) -> "AnnotationQuerySet":
        """Those that stand further down than this one, in the order of the list."""
        return self.filter(models.Q(on__lt=day) | models.Q(on=day, pk__lt=pk))


class Annotation(models.Model):
    """`team` None is the whole department."""

    class Kind(models.TextChoices):
        CHANGE = "change", _("a change")
        INCIDENT = "incident", _("an incident")
        TRAINING = "training", _("a training")
        OTHER = "other", _("something else")

    on = models.DateField(_("day"))
    words = models.CharField(_("what happened"), max_length=160)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.CHANGE)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    written_at = models.DateTimeField(default=clock.now, editable=False)

    objects = AnnotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("note on a chart")
        verbose_name_plural = _("notes on charts")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["-on", "-id"], name="annotation_day")]

    def __str__(self) -> str:
        return self.words

    def may_be_removed_by(self, user: User) -> bool:
        """One's own; who leads the department takes away any."""
        return self.by_id == user.pk or (user.leads and user.sees_everything)
