"""A rule: when, if, then."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.recent import Recent
from otklik.core.staff.models import User
from otklik.desk.automation.events import RulePaused

KEPT_SECONDS = 5.0
"""Every act on a ticket asks whether any rule listens; another process may see a change this much later."""
_heard: Recent[frozenset[str]] = Recent(KEPT_SECONDS)
DAYS = tuple(range(7))


class Trigger(models.TextChoices):
    EVENT = "event", _("something happened")
    DUE = "due", _("a moment is near or has passed")
    SINCE = "since", _("nothing has changed for some time")
    SCHEDULE = "schedule", _("at fixed times")


TIMED = (Trigger.DUE, Trigger.SINCE, Trigger.SCHEDULE)


class RuleManager(models.Manager["Rule"]):
    def in_force(self) -> "models.QuerySet[Rule]":
        """In the order in which they run."""
        return self.filter(is_active=True, paused_at=None).order_by("position", "id")

    def heard(self) -> frozenset[str]:
        """Names of the events for which some rule listens, as they were some seconds ago."""
        return _heard.get(self._read_heard)

    def _read_heard(self) -> frozenset[str]:
        names = self.in_force().filter(trigger=Trigger.EVENT).order_by().values_list("what", flat=True)
        return frozenset(names)

    def timed(self) -> "models.QuerySet[Rule]":
        return self.in_force().filter(trigger__in=TIMED)

    def forget(self) -> None:
        """A rule was changed: read them anew."""
        _heard.forget()


class Rule(models.Model):
    """One rule.

    `what` names the event, the moment or the state; `minutes` lie before (negative) or after it; `days` and `at_time`
    are those of a schedule.  `conditions` and `acts` are plain values that `facts` and `acts` read.  `hourly` bounds
    how often it may run in an hour: past that it pauses itself, and leads read why.  `active_from` is since when it
    stands in force, `looked_at` up to when its moments have been looked through.
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    is_active = models.BooleanField(_("on"), default=True)
    position = models.PositiveSmallIntegerField(default=0)
    stops = models.BooleanField(_("rules below it do not run any more"), default=False)

    trigger = models.CharField(_("when"), max_length=8, choices=Trigger, default=Trigger.EVENT)
    what = models.CharField(max_length=20, blank=True)
    minutes = models.IntegerField(default=0)
    days = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    at_time = models.TimeField(null=True, blank=True)

    matches_any = models.BooleanField(default=False)
    conditions = models.JSONField(default=list, blank=True)
    acts = models.JSONField(default=list)

    hourly = models.PositiveIntegerField(
        _("times an hour at most"), default=200, validators=[MinValueValidator(1), MaxValueValidator(10_000)]
    )
    paused_at = models.DateTimeField(_("paused"), null=True, editable=False)
    paused_why = models.CharField(max_length=300, blank=True, editable=False)
    active_from = models.DateTimeField(default=clock.now, editable=False)
    looked_at = models.DateTimeField(default=clock.now, editable=False)
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", editable=False, db_index=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    objects: RuleManager = RuleManager()

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **named: Any) -> None:
        super().save(*args, **named)
        Rule.objects.forget()

    @property
    def state(self) -> str:
        """on, off or paused."""
        return "paused" if self.paused_at else "on" if self.is_active else "off"

    def begin(self, by: User | None = None) -> None:
        """Keep it as it is now: what falls due from this moment on is its own, what lies before is not."""
        self.paused_at, self.paused_why = None, ""
        self.active_from = self.looked_at = self.changed_at = clock.now()
        self.changed_by = by
        if self.pk is None:
            last = Rule.objects.order_by("-position").values_list("position", flat=True).first()
            self.position = 0 if last is None else last + 1
        self.save()

    def switch(self, on: bool, *, by: User | None) -> None:
        """On or off; switching on ends a pause."""
        self.is_active = on
        self.begin(by)

    @transaction.atomic
    def step(self, by: int) -> None:
        """Change places with the rule before (-1) or after (1); at the end nothing happens."""
        row = list(Rule.objects.select_for_update().order_by("position", "id"))
        here = next(place for place, one in enumerate(row) if one.pk == self.pk)
        row.insert(min(max(here + by, 0), len(row) - 1), row.pop(here))
        for place, one in enumerate(row):
            one.position = place
        Rule.objects.bulk_update(row, ["position"])
        Rule.objects.forget()

    def pause(self, why: str) -> None:
        """It runs too often: off until somebody has looked at it."""
        self.paused_at, self.paused_why = clock.now(), why[:300]
        self.save(update_fields=["paused_at", "paused_why"])
        publish(RulePaused(rule_id=self.pk, name=self.name, why=self.paused_why))

    def looked(self, until: datetime) -> None:
        """Its moments have been looked through up to then."""
        Rule.objects.filter(pk=self.pk).update(looked_at=until)
