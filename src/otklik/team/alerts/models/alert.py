"""A figure that is watched: of what, by which condition, and who is told."""

from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import News, publish
from otklik.core.staff.models import Role, Team, User
from otklik.team.alerts import events
from otklik.team.metrics.days import midnight
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.metric import Metric
from otklik.team.metrics.layer.question import Question
from otklik.team.metrics.scope import Scope

MOST = 200
"""So many alerts may be in use at once: a round of the job reads all of them."""
LEAST_WEEKS, MOST_WEEKS = 4, 13
FEWEST_USUAL = 20
DETAILS = ("name", "metric", "team", "side", "key", "kind", "way", "bound", "days", "weeks", "fewest", "whom")
"""What a person says of one."""
TWICE = 2
"""What stands now goes up and down by the minute: its condition begins and ends when it was seen so twice in a row."""


WITH_READERS = [name for name, metric in METRICS.items() if metric.has_readers]


class AlertQuerySet(models.QuerySet["Alert"]):
    def visible_to(self, user: User) -> "AlertQuerySet":
        """Everything for those who look at the whole department, else those of one's own lines.

        What is counted of complaints that one person may know of is for their eyes, and the head's.
        """
        seen = self if user.sees_everything else self.filter(team__in=user.team_ids)
        return seen if user.role == Role.HEAD else seen.exclude(~models.Q(owner=user), metric__in=WITH_READERS)

    def in_use(self) -> "AlertQuerySet":
        return self.filter(retired_at=None)

    def awake(self) -> "AlertQuerySet":
        """Those that the job looks at."""
        return self.in_use().filter(paused_at=None)


class Alert(models.Model):
    """`team` None is the whole department; `side` and `key` narrow the figure to one value of one side.

    A threshold compares the figure of the last `days` closed days (0: as it stands now) with `bound`, in the unit of
    the metric.  An anomaly compares the last closed day with the same weekday of the last `weeks` weeks.  Fewer than
    `fewest` readings are not enough data (of counts: usual ones), and then nothing begins and nothing ends.
    """

    class Kind(models.TextChoices):
        THRESHOLD = "threshold", _("a bound that I name")
        ANOMALY = "anomaly", _("what is unusual for this weekday")

    class Way(models.TextChoices):
        ABOVE = "above", _("above it")
        BELOW = "below", _("below it")
        EITHER = "either", _("to either side")

    class Whom(models.TextChoices):
        OWNER = "owner", _("me")
        LEADS = "leads", _("who leads the line")
        CHOSEN = "chosen", _("people whom I choose")

    class Days(models.IntegerChoices):
        NOW = 0, _("as it stands now")
        DAY = 1, _("over the last day")
        WEEK = 7, _("over the last 7 days")
        MONTH = 28, _("over the last 28 days")

    name = models.CharField(_("name"), max_length=120)
    metric = models.CharField(_("metric"), max_length=32)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line"))
    side = models.CharField(_("side"), max_length=8, blank=True)
    key = models.CharField(max_length=20, blank=True)
    kind = models.CharField(_("rings by"), max_length=9, choices=Kind, default=Kind.THRESHOLD)
    way = models.CharField(_("rings"), max_length=6, choices=Way, default=Way.ABOVE)
    bound = models.FloatField(_("bound"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("which time"), choices=Days, default=Days.DAY)
    weeks = models.PositiveSmallIntegerField(
        _("weeks compared"), default=8, validators=[MinValueValidator(LEAST_WEEKS), MaxValueValidator(MOST_WEEKS)]
    )
    fewest = models.PositiveIntegerField(_("smallest sample"), default=FEWEST_USUAL)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("whose"))
    whom = models.CharField(_("whom it tells"), max_length=6, choices=Whom, default=Whom.OWNER)
    people = models.ManyToManyField(User, related_name="+", blank=True, verbose_name=_("people"))
    made_at = models.DateTimeField(default=clock.now, editable=False)
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    retired_at = models.DateTimeField(_("not in use since"), null=True, blank=True, editable=False)
    judged_on = models.DateField(null=True, editable=False)
    streak = models.PositiveSmallIntegerField(default=0, editable=False)
    """How often in a row the figure was seen on the other side of the condition."""

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["-id"], name="alert_in_use", condition=models.Q(retired_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="anomaly") | models.Q(bound__isnull=False), name="threshold_has_a_bound"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def measured(self) -> Metric:
        return METRICS[self.metric]

    @property
    def is_anomaly(self) -> bool:
        return self.kind == self.Kind.ANOMALY

    @property
    def window(self) -> int:
        """Days that one look covers."""
        return 1 if self.is_anomaly else max(1, self.days)

    @property
    def needed(self) -> int:
        """How often in a row the figure must be seen on the other side before something begins or ends."""
        return TWICE if self.measured.stands else 1

    def scope(self, day: date) -> Scope:
        """What is looked at when this day has closed; what must mature is looked at when it has, what stands now."""
        if self.measured.stands:
            return self.between(day, day + timedelta(days=1))
        last = self.last_day(day)
        return self.between(last - timedelta(days=self.window - 1), last)

    def between(self, first: date, last: date) -> Scope:
        """These days, of its line; records are counted as its owner sees them."""
        viewer = self.owner if self.measured.records else None
        whole = Scope(midnight(first), midnight(last + timedelta(days=1)), viewer=viewer)
        return whole if self.team_id is None else whole.of_team(self.team_id)

    def last_day(self, day: date) -> date:
        return day - timedelta(days=self.measured.matures.days)

    def question(self, scope: Scope) -> Question:
        return Question(self.measured, scope, {self.side: self.key} if self.side else {})

    def is_due(self, day: date) -> bool:
        """Whether the job has to look: what stands now each time, all else once for each closed day."""
        return self.measured.stands or self.judged_on is None or self.judged_on < day

    @transaction.atomic
    def make(self, people: list[User], *, by: User) -> None:
        self.owner = by
        self.save()
        self.people.set(people)
        publish(events.AlertMade(alert_id=self.pk, metric=self.metric), by=by)

    @transaction.atomic
    def change(self, people: list[User], *, by: User) -> None:
        """It begins anew by what it says now: the stretch for which it rang is over, and nobody is told of that."""
        self._hold()
        self._forget()
        self.save(update_fields=[*DETAILS, "judged_on", "streak"])
        self.people.set(people)
        publish(events.AlertChanged(alert_id=self.pk), by=by)

    @transaction.atomic
    def pause(self, *, by: User) -> None:
        self._hold()
        if self.paused_at is None:
            self.paused_at = clock.now()
            self._put_down(events.AlertPaused(alert_id=self.pk), by)

    @transaction.atomic
    def resume(self, *, by: User) -> None:
        self._hold()
        if self.paused_at is not None:
            self.paused_at = None
            self._put_down(events.AlertResumed(alert_id=self.pk), by)

    @transaction.atomic
    def retire(self, *, by: User) -> None:
        self._hold()
        if self.retired_at is None:
            self.retired_at = clock.now()
            self._put_down(events.AlertRetired(alert_id=self.pk), by)

    def _hold(self) -> None:
        """Wait for a round that looks at it now, so that nothing it begins is missed, and read what others did."""
        kept = Alert.objects.select_for_update().get(pk=self.pk)
        self.paused_at, self.retired_at = kept.paused_at, kept.retired_at

    def _put_down(self, news: News, by: User) -> None:
        self._forget()
        self.save(update_fields=["paused_at", "retired_at", "judged_on", "streak"])
        publish(news, by=by)

    def _forget(self) -> None:
        self.judged_on, self.streak = None, 0
        self.ringings.filter(ended=None).update(ended=clock.now())
