"""Whose conversations are reviewed, how many, by whom; and each draw, so that it can be made again."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.care.quality.drawing import Candidate, drawn
from otklik.care.quality.models.reviewing import reviews
from otklik.care.quality.states import Risk
from otklik.core.journal import clock
from otklik.core.staff.models import Organisation, Team, User


class PlanQuerySet(models.QuerySet["Plan"]):
    def running(self) -> "PlanQuerySet":
        return self.filter(ended_at=None)


class Plan(models.Model):
    """`line`, `person` and `channel` narrow it, empty is all.  `next_at` is when the period is over and drawn from.

    `risks` are looked for every ten minutes, from `looked_at` on.
    """

    class Every(models.TextChoices):
        WEEK = "week", _("a week")
        MONTH = "month", _("a month")

    line = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line"), db_index=False
    )
    person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person"), db_index=False
    )
    channel = models.CharField(_("channel"), max_length=12, blank=True)
    count = models.PositiveSmallIntegerField(
        _("conversations of each person"), default=3, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    every = models.CharField(pgettext_lazy("plan", "how often"), max_length=5, choices=Every, default=Every.WEEK)
    controller = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("who reviews"), db_index=False
    )
    days = models.PositiveSmallIntegerField(
        _("reviewed within, business days"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    risks = ArrayField(
        models.CharField(max_length=10, choices=Risk), verbose_name=_("always looked at"), default=list, blank=True
    )
    begun_at = models.DateTimeField(default=clock.now, editable=False)
    next_at = models.DateTimeField(null=True, editable=False)
    looked_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("sampling plan")
        verbose_name_plural = _("sampling plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(next_at__isnull=False), name="running_plan_has_a_next_draw"
            ),
            models.CheckConstraint(
                condition=Q(person=None) | ~Q(person=models.F("controller")),
                name="nobody_is_planned_to_review_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.controller}: {self.count}"

    def suits(self, controller: User) -> bool:
        """Whether this person sees what the plan draws, and reviews at all."""
        if not reviews(controller):
            return False
        return controller.sees_everything or (self.line_id is not None and self.line_id in controller.team_ids)

    def schedule(self) -> None:
        """The next draw is at the end of the period in which we are."""
        self.next_at = next_turn(self.every, clock.now())


class Draw(models.Model):
    """One draw of a plan from [since, until): the seed, and from how many conversations how many were taken.

    `candidates` are these conversations as they stood then, [request, person, channel] each: what was drawn, merged or
    erased since is no longer found by asking again.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="draws")
    since = models.DateTimeField()
    until = models.DateTimeField()
    seed = models.BigIntegerField(_("seed"))
    count = models.PositiveSmallIntegerField()
    pool = models.PositiveIntegerField()
    candidates = models.JSONField(default=list)
    taken = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("draw of a sample")
        verbose_name_plural = _("draws of samples")
        constraints = [models.UniqueConstraint(fields=["plan", "until"], name="one_draw_of_a_period")]

    def again(self) -> list[Candidate]:
        """What this draw chose, whatever has become of it."""
        return drawn([Candidate(*one) for one in self.candidates], self.count, self.seed)


def next_turn(every: str, now: datetime) -> datetime:
    """The next Monday or first day of a month at midnight, by the clock of the organisation."""
    zone = ZoneInfo(Organisation.objects.current().time_zone)
    today = now.astimezone(zone).date()
    if every == Plan.Every.WEEK:
        day = today + timedelta(days=7 - today.weekday())
    else:
        day = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def turn_before(every: str, turn: datetime) -> datetime:
    """The turn before this one."""
    local = turn.astimezone(ZoneInfo(Organisation.objects.current().time_zone))
    if every == Plan.Every.WEEK:
        return local - timedelta(days=7)
    return (local - timedelta(days=1)).replace(day=1)
