"""Who may work alone on what, and until when; and whether the test measures anything (METRICS P4)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Skill, User
from otklik.team.metrics.days import today
from otklik.team.people import events
from otklik.team.people.access import answers_for, of_people, runs_people

MONTHS, MONTHS_OF_PRODUCT = 12, 6
RETAKE = timedelta(days=7)
REMINDED = (30, 7)
"""So many days before it ends one is told."""


def months_later(day: date, months: int) -> date:
    """The same day of the month, or its last."""
    place = day.year * 12 + day.month - 1 + months
    first = date(place // 12, place % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)


class AttestationQuerySet(models.QuerySet["Attestation"]):
    def visible_to(self, user: User) -> "AttestationQuerySet":
        return self.filter(of_people(user, "person")).distinct()

    def valid(self) -> "AttestationQuerySet":
        return self.filter(passed=True, ended_on=None, valid_until__gte=today())

    @transaction.atomic
    def end_product(self, skill: Skill, *, by: User) -> int:
        """The product has changed so much that all of its attestations end today; returns how many."""
        if not runs_people(by):
            raise Refused(_("The head or the administrator says so."))
        count = self.filter(skill=skill, of_product=True).valid().update(ended_on=today())
        publish(events.AttestationsEnded(skill_id=skill.pk, count=count), by=by)
        return count


class AttestationManager(models.Manager.from_queryset(AttestationQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def take(
        self, person: User, skill: Skill, *, passed: bool, of_product: bool, word: str, by: User, on: date | None = None
    ) -> "Attestation":
        """Raises Refused for oneself, without a word, and within seven days of one that was not passed."""
        list(User.objects.hold(person.pk))
        day = on or today()
        if not answers_for(by, person):
            raise Refused(_("A lead of this person or the head attests, nobody themselves."), "person")
        if day > today():
            raise Refused(_("That day has not come yet."), "taken_on")
        if not word.strip():
            raise Refused(_("Say what was shown."), "word")
        failed = self.filter(person=person, skill=skill, passed=False, taken_on__gt=day - RETAKE)
        if failed.exists():
            raise Refused(_("Once more seven days after the last try at the earliest."), "taken_on")
        until = months_later(day, MONTHS_OF_PRODUCT if of_product else MONTHS) if passed else None
        row: Attestation = self.create(
            **{"person": person, "skill": skill, "taken_on": day, "passed": passed, "of_product": of_product},
            **{"valid_until": until, "word": word.strip()[:500], "by": by},
        )
        told = {"attestation_id": row.pk, "person_id": person.pk, "skill_id": skill.pk}
        publish(events.SkillAttested(**told), by=by)
        return row


class Attestation(models.Model):
    """`valid_until` is the last day of one that was passed; `ended_on` where a change of the product ended it.

    `reminded` is of how many days before the end one was told last.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="attestations", verbose_name=_("person"))
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="attestations", verbose_name=_("skill"))
    taken_on = models.DateField(_("on which day"))
    passed = models.BooleanField(_("passed"))
    of_product = models.BooleanField(_("knowledge of a product"), default=False)
    valid_until = models.DateField(_("valid until"), null=True)
    ended_on = models.DateField(_("ended by a change of the product"), null=True)
    word = models.CharField(_("what was shown"), max_length=500)
    reminded = models.PositiveSmallIntegerField(default=0, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("attested by"))
    written_at = models.DateTimeField(default=clock.now, editable=False)

    objects: AttestationManager = AttestationManager()

    class Meta:
        verbose_name = _("attestation")
        verbose_name_plural = _("attestations")
        ordering = ["-taken_on", "-pk"]
        indexes = [models.Index(fields=["valid_until"], name="attestation_ends", condition=Q(passed=True))]
        constraints = [
            models.CheckConstraint(
                condition=Q(passed=True, valid_until__isnull=False) | Q(passed=False, valid_until=None),
                name="attestation_passed_has_an_end",
            ),
            models.CheckConstraint(condition=~Q(person=models.F("by")), name="nobody_attests_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.skill_id}: {self.person_id}"

    @property
    def is_valid(self) -> bool:
        return bool(self.passed and self.ended_on is None and self.valid_until and self.valid_until >= today())

    @property
    def ends_soon(self) -> bool:
        assert self.valid_until or not self.is_valid
        return self.is_valid and self.valid_until <= today() + timedelta(days=REMINDED[0])  # type: ignore[operator]


class KnowledgeTestManager(models.Manager["KnowledgeTest"]):
    @transaction.atomic
    def enter(
        self, name: str, skill: Skill, held_on: date, answers: Mapping[User, Sequence[int]], *, by: User
    ) -> "KnowledgeTest":
        """Each person's answers, 1 right and 0 wrong, as many for everybody.  Raises Refused."""
        widths = {len(row) for row in answers.values()}
        if not answers or len(widths) != 1 or widths == {0}:
            raise Refused(_("Everybody has the same number of answers."), "answers")
        if any(value not in (0, 1) for row in answers.values() for value in row):
            raise Refused(_("An answer is 1, right, or 0, wrong."), "answers")
        test = self.create(name=name.strip()[:120], skill=skill, held_on=held_on, made_by=by)
        AnswerSheet.objects.bulk_create(
            AnswerSheet(test=test, person=person, answers=list(row)) for person, row in answers.items()
        )
        return test


class KnowledgeTest(models.Model):
    name = models.CharField(_("name"), max_length=120)
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+", verbose_name=_("skill"))
    held_on = models.DateField(_("held on"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects: KnowledgeTestManager = KnowledgeTestManager()

    class Meta:
        verbose_name = _("knowledge test")
        verbose_name_plural = _("knowledge tests")
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.name


class AnswerSheet(models.Model):
    test = models.ForeignKey(KnowledgeTest, models.CASCADE, related_name="sheets", verbose_name=_("test"))
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    answers = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("answers"))

    class Meta:
        verbose_name = _("answers of a person")
        verbose_name_plural = _("answers of people")
        constraints = [models.UniqueConstraint(fields=["test", "person"], name="one_sheet_of_answers")]

    def __str__(self) -> str:
        return f"{self.test_id}: {self.person_id}"
