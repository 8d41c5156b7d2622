"""An indicator, and what is planned for it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team, User
from otklik.team.indicators import events
from otklik.team.indicators.period import Period, Span
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.metric import Better, Metric
from otklik.team.metrics.measure import Measure

FEWEST_USUAL = 30
"""Fewer cases say little (METRICS C1)."""


class Of(models.TextChoices):
    """Whose figure it is; the plan of a person may hold figures of their line or of the department, too."""

    OWN = "own", _("the person's own")
    LINE = "line", _("of the line")
    DEPARTMENT = "department", _("of the whole department")


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, user: User) -> "IndicatorQuerySet":
        """One's own, of the people and lines one leads, of the department for who leads; everything for some."""
        if user.sees_everything:
            return self
        own = models.Q(person=user)
        if not user.leads:
            return self.filter(own)
        lines, nobody = list(user.team_ids), models.Q(person=None)
        theirs = User.objects.filter(memberships__team__in=lines)
        whole = nobody & models.Q(models.Q(team=None) | models.Q(team__in=lines))
        return self.filter(own | models.Q(person__in=theirs) | whole)

    def in_force(self, period: Period) -> "IndicatorQuerySet":
        """Those of this span that count in the period; what they plan is asked of `Plan.objects.in_force`."""
        begun = models.Exists(Plan.objects.filter(indicator=models.OuterRef("pk"), starts_on__lte=period.first))
        alive = models.Q(ends_on=None) | models.Q(ends_on__gt=period.first)
        return self.filter(alive, begun, span=period.span)


class Indicator(models.Model):
    """A metric of the layer in the plan of a person, a line (no person) or the department (neither).

    What is planned for it stands in its `plans`, each a version of its own.
    """

    metric = models.CharField(_("metric"), max_length=32)
    person = models.ForeignKey(User, models.PROTECT, null=True, related_name="indicators", verbose_name=_("person"))
    of = models.CharField(_("whose figure"), max_length=10, choices=Of)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+", verbose_name=_("line"))
    span = models.CharField(_("period"), max_length=7, choices=Span, default=Span.MONTH)
    ends_on = models.DateField(_("until day"), null=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"), default=clock.now, editable=False)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        indexes = [models.Index(fields=["person", "span"], name="indicator_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(of=Of.OWN, person__isnull=False, team=None)
                | models.Q(of=Of.LINE, team__isnull=False)
                | models.Q(of=Of.DEPARTMENT, team=None),
                name="indicator_is_of_somebody",
            ),
            models.UniqueConstraint(
                fields=["metric", "person", "of", "team", "span"],
                condition=models.Q(ends_on=None),
                name="one_running_indicator_of_a_kind",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return str(self.measured.name)

    @property
    def measured(self) -> Metric:
        return METRICS[self.metric]

    @property
    def key(self) -> str:
        """Of the side from which its figure is asked for: the person, the line, nothing."""
        return {Of.OWN: str(self.person_id), Of.LINE: str(self.team_id)}.get(Of(self.of), "")

    @property
    def owner(self) -> tuple[int | None, int | None]:
        """Whose plan it is in: number of a person, or of a line, or of neither."""
        return (self.person_id, None) if self.person_id else (None, self.team_id)

    def make_sense(self) -> None:
        """Raises Refused where the metric says nothing of whom the figure is wanted, or of a period."""
        metric = self.measured
        if metric.stands:
            raise Refused(_("What stands now belongs to no period, so it cannot be planned."), "metric")
        if self.of == Of.OWN and not metric.knows("agent"):
            raise Refused(
                _("This figure is not known of single people: choose that of a line, or of the whole department."), "of"
            )
        if self.of == Of.LINE and not metric.knows("line"):
            raise Refused(_("Incidents belong to no line: choose the figure of the whole department."), "of")

    @transaction.atomic
    def plan(self, *, by: User, starts_on: date | None = None, **figures: Any) -> "Plan":
        """What is wanted from a period on.  A first plan may begin with the running period, a change with the next.

        `figures` are floor, target, stretch, weight and fewest.  Raises Refused for what cannot be planned.
        """
        running = Period.now(self.span)
        if self.pk is None:
            self.save()
        last = self.plans.select_for_update().order_by("-number").first()
        earliest = running.move(1) if last else running
        first = Period.of(self.span, starts_on or earliest.first)
        if first.first < earliest.first:
            raise Refused(
                _("A change begins with the next period: what has begun stays as it was agreed."), "starts_on"
            )
        plan = Plan(indicator=self, number=last.number + 1 if last else 1, starts_on=first.first, by=by, **figures)
        plan.make_sense()
        plan.save()
        told = events.IndicatorPlanned(indicator_id=self.pk, version=plan.number, starts_on=plan.starts_on.isoformat())
        publish(told, by=by)
        return plan

    @transaction.atomic
    def end(self, *, by: User) -> None:
        """It counts to the end of the running period."""
        if self.ends_on is not None:
            raise Refused(_("This indicator has ended already."))
        self.ends_on = Period.now(self.span).ends
        self.save(update_fields=["ends_on"])
        publish(events.IndicatorEnded(indicator_id=self.pk, ends_on=self.ends_on.isoformat()), by=by)


class PlanQuerySet(models.QuerySet["Plan"]):
    def in_force(self, indicators: IndicatorQuerySet, period: Period) -> list["Plan"]:
        """Of each of these indicators the newest plan that had begun with the period, in the order of owners."""
        rows = self.filter(indicator__in=indicators.in_force(period), starts_on__lte=period.first)
        newest = rows.order_by("indicator", "-starts_on", "-number").distinct("indicator")
        found = newest.select_related("indicator__person", "indicator__team")
        return sorted(found, key=lambda plan: _place(plan.indicator))


def _place(indicator: Indicator) -> tuple[int, str, int]:
    """People by name, then lines, then the department."""
    if indicator.person:
        return 0, indicator.person.name, indicator.pk
    return (1, indicator.team.name, indicator.pk) if indicator.team else (2, "", indicator.pk)


class Plan(models.Model):
    """One version of what is wanted; figures are in the unit of the metric, the weight in per cent.

    `floor` is what earns nothing, `target` what earns all, beyond `stretch` nothing earns more; with fewer readings
    than `fewest` nothing is said.  Rows are only ever added.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="plans", verbose_name=_("indicator"))
    number = models.PositiveSmallIntegerField(_("version"))
    starts_on = models.DateField(_("from day"))
    floor = models.FloatField(_("floor"))
    target = models.FloatField(_("target"))
    stretch = models.FloatField(_("ceiling"), null=True)
    weight = models.DecimalField(
        _("weight, %"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(100)],
    )
    fewest = models.PositiveIntegerField(_("smallest sample"), default=FEWEST_USUAL, validators=[MinValueValidator(1)])
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=clock.now, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan of an indicator")
        verbose_name_plural = _("plans of indicators")
        constraints = [models.UniqueConstraint(fields=["indicator", "number"], name="one_version_of_a_plan")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.number}"

    def make_sense(self) -> None:
        """Raises Refused unless floor, target and ceiling go the way in which the metric gets better.

        Marks of clients say nothing of a person before there are thirty (METRICS P7).
        """
        metric = METRICS.get(self.indicator.metric)
        if metric is None or metric.better == Better.NEITHER:
            raise Refused(_("A metric without a better direction cannot be a plan."), "metric")
        self.indicator.make_sense()
        sign = 1 if metric.better == Better.UP else -1
        if sign * self.target <= sign * self.floor:
            words = (
                _("More is better here: the target is above the floor.")
                if sign > 0
                else _("Less is better here: the target is below the floor.")
            )
            raise Refused(words, "target")
        if self.stretch is not None and sign * self.stretch < sign * self.target:
            raise Refused(_("The ceiling lies beyond the target, or is left empty."), "stretch")
        if metric.measure == Measure.SCORE and self.fewest < FEWEST_USUAL:
            raise Refused(_("Clients' marks need a sample of at least 30."), "fewest")
