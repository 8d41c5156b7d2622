"""A newcomer with a curator and checkpoints that are results of the described process (METRICS P3)."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal.news import publish
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.team.metrics.days import today
from otklik.team.people import events
from otklik.team.people.access import of_people

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_NEWCOMERS = 2
"""So many newcomers a curator has at once (SERVICE_PRACTICE; METRICS P3)."""
DAYS = (3, 14, 30, 60, 90)


class StandardStepManager(models.Manager["StandardStep"]):
    def now(self) -> "list[StandardStep]":
        """What every new plan begins with; the days of the guide until somebody has written the house's own."""
        return list(self.all()) or [
            StandardStep(day=day, result=result) for day, result in zip(DAYS, _usual(), strict=True)
        ]

    @transaction.atomic
    def rewrite(self, steps: "Sequence[tuple[int, str]]") -> None:
        """Plans that run already stay as they are."""
        if len({day for day, _result in steps}) < len(steps):
            raise Refused(_("Every day is named once."))
        if not steps:
            raise Refused(_("A plan has one checkpoint at least."))
        self.all().delete()
        self.bulk_create(StandardStep(day=day, result=result.strip()[:300]) for day, result in steps)


def _usual() -> tuple[str, ...]:
    return (
        _now("Signs in alone, has read the rules of the line"),
        _now("Answers simple requests, the curator reads each answer"),
        _now("Answers simple requests alone, promised dates are kept"),
        _now("Takes all topics of the line, asks for help in time"),
        _now("Works alone on all topics of the line"),
    )


class StandardStep(models.Model):
    """A checkpoint of the house's plan: by which day what has come of the work."""

    day = models.PositiveSmallIntegerField(_("day"), unique=True, validators=[MinValueValidator(1)])
    result = models.CharField(_("what has come of the work"), max_length=300)

    objects: StandardStepManager = StandardStepManager()

    class Meta:
        verbose_name = _("step of the plan for newcomers")
        verbose_name_plural = _("steps of the plan for newcomers")
        ordering = ["day"]

    def __str__(self) -> str:
        return self.result


class OnboardingQuerySet(models.QuerySet["Onboarding"]):
    def visible_to(self, user: User) -> "OnboardingQuerySet":
        """One's own, those one is the curator of, those of one's people; head and administrator all."""
        return self.filter(of_people(user, "person") | models.Q(curator=user)).distinct()

    def running(self) -> "OnboardingQuerySet":
        return self.filter(ended_on=None)


class OnboardingManager(models.Manager.from_queryset(OnboardingQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def begin(self, person: User, curator: User, begins_on: date, *, by: User) -> "Onboarding":
        """With the checkpoints of the house's plan.  Raises Refused for a curator who has two newcomers already."""
        list(User.objects.hold(person.pk, curator.pk))
        if person.pk == curator.pk:
            raise Refused(_("A newcomer is not their own curator."), "curator")
        if self.filter(person=person).running().exists():
            raise Refused(_("This newcomer has a plan already."), "person")
        if self.filter(curator=curator).running().count() >= MOST_NEWCOMERS:
            raise Refused(_("This curator has two newcomers already: ask somebody else."), "curator")
        row: Onboarding = self.create(person=person, curator=curator, begins_on=begins_on, made_by=by)
        Checkpoint.objects.bulk_create(
            Checkpoint(onboarding=row, day=step.day, due_on=begins_on + timedelta(days=step.day), result=step.result)
            for step in StandardStep.objects.now()
        )
        publish(events.OnboardingBegun(onboarding_id=row.pk, person_id=person.pk), by=by)
        return row


class Onboarding(models.Model):
    person = models.ForeignKey(User, models.PROTECT, related_name="onboardings", verbose_name=_("newcomer"))
    curator = models.ForeignKey(User, models.PROTECT, related_name="newcomers", verbose_name=_("curator"))
    begins_on = models.DateField(_("first day at work"))
    ended_on = models.DateField(_("over since"), null=True, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects: OnboardingManager = OnboardingManager()

    class Meta:
        verbose_name = _("onboarding")
        verbose_name_plural = _("onboardings")
        ordering = ["-begins_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(person=models.F("curator")), name="newcomer_has_another_as_curator"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_on=None), name="one_onboarding_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @transaction.atomic
    def end(self, *, by: User | None) -> None:
        """Over before its time, as when somebody leaves: what was not due yet is not owed."""
        row = Onboarding.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if row.ended_on:
            raise Refused(_("This onboarding is over already."))
        self.checkpoints.filter(judged_on=None, due_on__gt=today()).delete()
        self.ended_on = today()
        self.save(update_fields=["ended_on"])


class Checkpoint(models.Model):
    """Passed or not on a day, with a word; `wellbeing` is how the newcomer feels, 1 to 5, as they say themselves."""

    onboarding = models.ForeignKey(Onboarding, models.CASCADE, related_name="checkpoints", verbose_name=_("onboarding"))
    day = models.PositiveSmallIntegerField(_("day"))
    due_on = models.DateField(_("until"))
    result = models.CharField(_("what has come of the work"), max_length=300)
    passed = models.BooleanField(_("passed"), null=True)
    word = models.CharField(_("what was seen"), max_length=500, blank=True)
    wellbeing = models.PositiveSmallIntegerField(
        _("how the newcomer feels, 1 to 5"), null=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    judged_on = models.DateField(_("looked at"), null=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        ordering = ["day", "pk"]
        indexes = [models.Index(fields=["due_on"], name="checkpoint_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(judged_on=None, passed=None)
                | (
                    models.Q(judged_on__isnull=False, passed__isnull=False, judged_by__isnull=False)
                    & ~models.Q(word="")
                ),
                name="checkpoint_is_judged_with_a_word",
            )
        ]

    def __str__(self) -> str:
        return self.result

    @property
    def is_late(self) -> bool:
        return self.passed is not True and self.due_on < today()

    @property
    def in_time(self) -> bool:
        return self.passed is True and self.judged_on is not None and self.judged_on <= self.due_on

    @transaction.atomic
    def judge(self, passed: bool, word: str, wellbeing: int | None, *, by: User) -> None:
        """What is not passed may be looked at again, and then counts as late.  The newcomer does not judge."""
        plan = Onboarding.objects.select_for_update(of=("self",)).get(pk=self.onboarding_id)
        row = Checkpoint.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if row.passed or plan.ended_on:
            raise Refused(_("This checkpoint is passed, or the onboarding is over."))
        if by.pk == plan.person_id:
            raise Refused(_("The curator or a lead looks at it."))
        if not word.strip():
            raise Refused(_("Say what was seen."), "word")
        self.passed, self.word, self.judged_on, self.judged_by = passed, word.strip()[:500], today(), by
        self.wellbeing = wellbeing if wellbeing in range(1, 6) else row.wellbeing
        self.save()
        publish(events.CheckpointJudged(onboarding_id=plan.pk, day=self.day), by=by)
        if not plan.checkpoints.exclude(passed=True).exists():
            plan.ended_on = today()
            plan.save(update_fields=["ended_on"])
