"""A goal: what it serves, how it is judged, what became of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team, User
from otklik.team.goals import events
from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.layer.catalogue import METRICS
from otklik.team.metrics.layer.metric import Metric

MOST_ACTIVE = 5
"""Goals of one level that are followed at once; of a person as many (SERVICE_PRACTICE 30)."""
WINDOWS = (4, 13, 26, 52)
"""Weeks of which the figure of a measured goal is taken."""


class Level(models.TextChoices):
    """From why the company is there down to one person; each answers "why" by one above it."""

    VISION = "vision", _("vision")
    MISSION = "mission", _("mission")
    STRATEGY = "strategy", _("strategy")
    YEAR = "year", _("goal of the year")
    LINE = "line", _("goal of a line")
    PERSON = "person", _("goal of a person")

    @property
    def rank(self) -> int:
        return list(Level).index(self)

    @property
    def is_high(self) -> bool:
        return self.rank <= Level.YEAR.rank

    @property
    def is_judged(self) -> bool:
        """A vision, a mission and a strategy are followed, not reached on a day."""
        return self.rank >= Level.YEAR.rank


class Kind(models.TextChoices):
    MEASURED = "measured", _("by a figure")
    YES_NO = "yes_no", _("reached or not")


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("a goal", "draft")
    ACTIVE = "active", _("agreed")
    JUDGED = "judged", _("judged")
    DROPPED = "dropped", pgettext_lazy("a goal", "dropped")


class Verdict(models.TextChoices):
    """METRICS G1 and G2: "partly" is no, with the list of what is missing."""

    CONFIRMED = "confirmed", _("reached, and surely")
    REACHED = "reached", _("reached, not confirmed")
    NOT_REACHED = "not_reached", _("not reached")
    YES = "yes", _("yes")
    NO = "no", _("no")


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, user: User) -> "GoalQuerySet":
        """Where the department goes everybody reads; of people themselves, their leads, and who sees everything."""
        if user.sees_everything:
            return self
        shown = ~models.Q(level=Level.PERSON) | models.Q(owner=user) | models.Q(judge=user)
        if user.leads:
            shown |= models.Q(owner__memberships__team__in=user.team_ids)
        return self.filter(shown).distinct()

    def standing(self) -> "GoalQuerySet":
        """What is not given up."""
        return self.exclude(state=State.DROPPED)

    def orphans(self) -> "GoalQuerySet":
        """What answers no "why", or one that was given up."""
        nothing = models.Q(parent=None) | models.Q(parent__state=State.DROPPED)
        return self.standing().filter(nothing).exclude(level=Level.VISION)

    def childless(self) -> "GoalQuerySet":
        """Goals of the year and above for which nothing is done."""
        from otklik.team.goals.models.task import PlanTask  # a task knows its goal

        below = models.Exists(Goal.objects.standing().filter(parent=models.OuterRef("pk")))
        works = models.Exists(PlanTask.objects.exclude(state="dropped").filter(goal=models.OuterRef("pk")))
        return self.filter(state=State.ACTIVE).exclude(level=Level.PERSON).exclude(below).exclude(works)

    def followed(self, since: date) -> "GoalQuerySet":
        """Drafts, agreed ones, and those judged since a day, in the order of levels and days."""
        lately = models.Q(state=State.JUDGED, judged_at__gte=midnight(since))
        rows = self.filter(models.Q(state__in=(State.DRAFT, State.ACTIVE)) | lately)
        return rows.order_by("level", "due_on", "pk")


class Goal(models.Model):
    """A measured goal names metric, line, base, target and the weeks of its figure; a yes/no goal has criteria.

    `base`, `target`, `current` and `figure` are in the unit of the metric; `current` is counted once a day.
    `strict` is "more than" (or "less than"), else "at least".
    """

    level = models.CharField(_("level"), max_length=8, choices=Level)
    statement = models.CharField(_("what we want"), max_length=200)
    reason = models.CharField(_("why, in words"), max_length=500, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("serves")
    )
    owner = models.ForeignKey(User, models.PROTECT, related_name="goals", verbose_name=_("owner"))
    judge = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who judges")
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line"))
    kind = models.CharField(_("how it is judged"), max_length=8, choices=Kind, default=Kind.YES_NO)
    metric = models.CharField(_("metric"), max_length=32, blank=True)
    base = models.FloatField(_("from"), null=True, blank=True)
    target = models.FloatField(_("target"), null=True, blank=True)
    strict = models.BooleanField(_("beyond the target, not only up to it"), default=True)
    weeks = models.PositiveSmallIntegerField(
        _("weeks of the figure"), default=13, validators=[MinValueValidator(4), MaxValueValidator(52)]
    )
    due_on = models.DateField(_("by which day"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT, editable=False)
    agreed_at = models.DateTimeField(_("agreed"), null=True, editable=False)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict, blank=True, editable=False)
    judged_at = models.DateTimeField(_("judged"), null=True, editable=False)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    figure = models.FloatField(_("figure at the verdict"), null=True, editable=False)
    definition = models.CharField(_("definition of the metric"), max_length=16, blank=True, editable=False)
    current = models.FloatField(_("figure now"), null=True, editable=False)
    counted_on = models.DateField(_("counted"), null=True, editable=False)
    lesson = models.CharField(_("what we learnt"), max_length=500, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        indexes = [models.Index(fields=["state", "level"], name="goal_by_level")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=State.JUDGED) | ~models.Q(verdict=""), name="goal_judged_has_a_verdict"
            ),
            models.CheckConstraint(
                condition=models.Q(judge=None) | ~models.Q(judge=models.F("owner")),
                name="goal_judge_is_not_its_owner",
                violation_error_message=_("Whoever owns a goal does not judge it: choose somebody else."),
            ),
        ]

    def __str__(self) -> str:
        return self.statement

    @property
    def measured(self) -> Metric | None:
        return METRICS.get(self.metric) if self.kind == Kind.MEASURED else None

    @property
    def is_due(self) -> bool:
        """Its day is over, so a figure is of whole days."""
        return self.state == State.ACTIVE and self.due_on is not None and self.due_on < today()

    @property
    def is_redefined(self) -> bool:
        """Its metric is counted by other rules than when it was agreed."""
        return bool(self.definition and self.measured and self.measured.fingerprint != self.definition)

    def make_sense(self) -> None:
        """Raises Refused for what can never be judged, and for a "why" that does not lie above."""
        level = Level(self.level)
        if self.parent and (self.parent.pk == self.pk or Level(self.parent.level).rank >= level.rank):
            raise Refused(_("A goal serves one that lies above it."), "parent")
        if level == Level.LINE and self.team is None:
            raise Refused(_("Say of which line."), "team")
        if not level.is_judged:
            return
        if self.due_on is None:
            raise Refused(_("A goal has a day on which it is judged."), "due_on")
        if self.judge_id == self.owner_id:
            raise Refused(_("Whoever owns a goal does not judge it: choose somebody else."), "judge")
        if self.kind == Kind.MEASURED:
            self._figure_makes_sense()
        elif self.judge is None:
            raise Refused(_("Say who judges it: somebody else than its owner."), "judge")

    def lies_ahead(self) -> None:
        """Raises Refused for a day that cannot be reached any more."""
        if self.due_on is not None and self.due_on <= today():
            raise Refused(_("The day of a goal lies ahead."), "due_on")

    def hand_to(self, heir: User) -> None:
        """Whoever owned or judged it has left; nobody owns and judges the same goal."""
        row = Goal.objects.select_for_update().get(pk=self.pk)
        row.owner = row.owner if row.owner.is_active else heir
        judge = row.judge if row.judge and row.judge.is_active else None
        row.judge = judge if judge and judge.pk != row.owner_id else None
        row.save(update_fields=["owner", "judge"])

    def _figure_makes_sense(self) -> None:
        metric = METRICS.get(self.metric)
        if metric is None or not metric.better or metric.stands:
            raise Refused(_("Choose a metric that has a better direction and a period."), "metric")
        if self.level == Level.PERSON and not metric.knows("agent"):
            raise Refused(_("This figure is not known of single people: choose another one."), "metric")
        if self.level != Level.PERSON and self.team and not metric.knows("line"):
            raise Refused(_("This figure is not known of lines."), "team")
        if self.base is None or self.target is None:
            raise Refused(_("Say from where and how far."), "target")
        if self.base == self.target:
            raise Refused(_("Between the same two figures there is no way to go."), "target")

    @transaction.atomic
    def agree(self, *, by: User) -> None:
        """From now on it is followed.  Raises Refused when there are enough of its level, or nothing to judge it by."""
        row = Goal.objects.select_for_update().get(pk=self.pk)
        if row.state != State.DRAFT:
            raise Refused(_("This goal is agreed already."))
        row.make_sense()
        row.lies_ahead()
        if Level(row.level).is_judged and row.kind == Kind.YES_NO and not row.criteria.exists():
            raise Refused(_("Write down what must be seen to call it reached."))
        alike = Goal.objects.filter(level=row.level, state=State.ACTIVE)
        if row.level == Level.PERSON:
            alike = alike.filter(owner=row.owner)
        elif row.level == Level.LINE:
            alike = alike.filter(team=row.team)
        list(alike.select_for_update().order_by("pk").values_list("pk"))  # two that are agreed on at once wait here
        if alike.count() >= MOST_ACTIVE:
            words = _("There are %(most)s goals of this level already: whoever follows more follows none.")
            raise Refused(words % {"most": MOST_ACTIVE})
        row.state, row.agreed_at = State.ACTIVE, clock.now()
        row.definition = row.measured.fingerprint if row.measured else ""
        row.save(update_fields=["state", "agreed_at", "definition"])
        self.state, self.agreed_at, self.definition = row.state, row.agreed_at, row.definition
        publish(events.GoalAgreed(goal_id=self.pk, owner_id=self.owner_id), by=by)

    @transaction.atomic
    def change(self, why: str, *, by: User, **wanted: Any) -> None:
        """Of an agreed goal the old words and figures stay to be read, with the reason: a drifting course is seen."""
        if not why.strip():
            raise Refused(_("Say why the goal changes: what was agreed before stays to be read."), "why")
        row = Goal.objects.select_for_update(of=("self",)).select_related("parent", "team").get(pk=self.pk)
        if row.state != State.ACTIVE:
            raise Refused(_("Only an agreed goal is changed; a draft is written anew."))
        was = {name: getattr(row, name) for name in CHANGES} | {"owner": row.owner_id, "judge": row.judge_id}
        for name, value in wanted.items():
            setattr(row, name, value)
        row.make_sense()
        row.lies_ahead()
        row.save(update_fields=list(wanted))
        told = {name: _plain(value) for name, value in was.items()}
        GoalChange.objects.create(goal=row, was=told, why=why.strip()[:500], by=by)
        publish(events.GoalChanged(goal_id=self.pk, owner_id=self.owner_id), by=by)
        self.refresh_from_db()

    @transaction.atomic
    def judge_it(self, reckon: "Callable[[Goal], tuple[str, float | None]]", *, by: User, lesson: str = "") -> None:
        """Once, after its day; the owner never.  `reckon` says verdict and figure of the row that is held."""
        row = Goal.objects.select_for_update().get(pk=self.pk)
        if not row.is_due:
            raise Refused(_("It is judged once, when its day is over."))
        if by.pk == row.owner_id:
            raise Refused(_("Whoever owns a goal does not judge it: choose somebody else."))
        self.verdict, self.figure = reckon(row)
        self.state, self.judged_at, self.judged_by, self.lesson = State.JUDGED, clock.now(), by, lesson.strip()[:500]
        self.save(update_fields=["state", "verdict", "figure", "judged_at", "judged_by", "lesson"])
        publish(events.GoalJudged(goal_id=self.pk, owner_id=self.owner_id, verdict=self.verdict), by=by)

    @transaction.atomic
    def drop(self, why: str, *, by: User) -> None:
        if not why.strip():
            raise Refused(_("Say why it is given up."), "why")
        row = Goal.objects.select_for_update().get(pk=self.pk)
        if row.state not in (State.DRAFT, State.ACTIVE):
            raise Refused(_("This goal is over already."))
        self.state, self.lesson = State.DROPPED, why.strip()[:500]
        self.save(update_fields=["state", "lesson"])
        publish(events.GoalDropped(goal_id=self.pk, owner_id=self.owner_id), by=by)


CHANGES = ("statement", "base", "target", "strict", "weeks", "due_on")
"""What of an agreed goal may change, with a reason."""


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


class GoalChange(models.Model):
    """What an agreed goal was before it was changed; rows are only ever added."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="changes", verbose_name=_("goal"))
    was = models.JSONField(_("before"))
    why = models.CharField(_("why"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=clock.now)

    class Meta:
        verbose_name = _("change of a goal")
        verbose_name_plural = _("changes of goals")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.why
