"""Vacancies and candidates; a person decides about a person, and what was known is kept only for a time."""

from datetime import date, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from otklik.core.datamap import GONE
from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team, User
from otklik.team.metrics.days import today
from otklik.team.people import events
from otklik.team.people.access import may_hire, runs_people
from otklik.team.people.models.profile import HiringProfile

FEWEST_INTERVIEWERS = 2
KEPT_OPEN, KEPT_DECIDED, KEPT_HIRED = timedelta(days=365), timedelta(days=180), timedelta(days=365)
"""From the first day here, from the decision, and from the first day at work: then the words go (policies)."""


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    def visible_to(self, user: User) -> "VacancyQuerySet":
        """Head and administrator, leads of the line, and who interviews for it."""
        if runs_people(user):
            return self
        shown = Q(interviewers=user)
        if user.leads:
            shown |= Q(team__in=list(user.team_ids))
        return self.filter(shown).distinct()


class Vacancy(models.Model):
    title = models.CharField(_("post"), max_length=120)
    profile = models.ForeignKey(HiringProfile, models.PROTECT, related_name="vacancies", verbose_name=_("profile"))
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line"))
    interviewers = models.ManyToManyField(User, related_name="+", verbose_name=_("who interviews"))
    opened_on = models.DateField(_("opened on"), default=clock.house_today, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = VacancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("vacancy")
        verbose_name_plural = _("vacancies")
        ordering = [models.F("closed_on").desc(nulls_first=True), "-pk"]

    def __str__(self) -> str:
        return self.title

    def may_decide(self, user: User) -> bool:
        return may_hire(user, self.team)

    @transaction.atomic
    def close(self, *, by: User) -> None:
        row = Vacancy.objects.select_for_update().get(pk=self.pk)
        if row.closed_on:
            raise Refused(_("This vacancy is closed already."))
        if self.candidates.filter(stage=Stage.OPEN).exists():
            raise Refused(_("Somebody still waits for a decision: decide about every candidate first."))
        self.closed_on = today()
        self.save(update_fields=["closed_on"])


class Stage(models.TextChoices):
    OPEN = "open", pgettext_lazy("a candidate", "being looked at")
    HIRED = "hired", pgettext_lazy("a candidate", "taken")
    REFUSED = "refused", pgettext_lazy("a candidate", "not taken")
    WITHDRAWN = "withdrawn", pgettext_lazy("a candidate", "did not want to")


class ApplicantQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, user: User) -> "ApplicantQuerySet":
        """With the vacancy; whoever was taken sees their own profile."""
        if runs_people(user):
            return self
        return self.filter(Q(vacancy__in=Vacancy.objects.visible_to(user)) | Q(person=user))

    def outlived(self) -> "ApplicantQuerySet":
        return self.filter(erased_at=None, keep_until__lt=today())


class Candidate(models.Model):
    """Somebody who wants to work here.

    `score` and `group` are what was proposed when the decision was signed.  `keep_until` is the last day of the words.
    """

    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="candidates", verbose_name=_("vacancy"))
    name = models.CharField(_("name"), max_length=120)
    contact = models.CharField(_("how to reach them"), max_length=200, blank=True)
    source = models.CharField(_("where from"), max_length=120, blank=True)
    note = models.TextField(
        _("experience and results of tests"),
        max_length=4000,
        blank=True,
        help_text=_("Nothing of health, family, faith or views: it is not asked and not kept."),
    )
    came_on = models.DateField(_("came on"), default=clock.house_today, editable=False)
    stage = models.CharField(_("state"), max_length=9, choices=Stage, default=Stage.OPEN, editable=False)
    word = models.TextField(_("why so"), max_length=1000, blank=True, editable=False)
    score = models.FloatField(_("score"), null=True, editable=False)
    group = models.CharField(_("group"), max_length=6, blank=True, editable=False)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    person = models.OneToOneField(
        User, models.PROTECT, null=True, related_name="candidacy", verbose_name=_("works here as"), editable=False
    )
    hired_on = models.DateField(_("first day at work"), null=True, editable=False)
    comment = models.TextField(_("what they say of it"), max_length=1000, blank=True, editable=False)
    keep_until = models.DateField(_("kept until"), editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = ApplicantQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        ordering = ["-came_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage="open", decided_by=None, decided_at=None)
                | (~Q(stage="open") & Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(word="")),
                name="candidate_is_decided_about_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(stage="hired", person__isnull=False, hired_on__isnull=False)
                | (~Q(stage="hired") & Q(person=None, hired_on=None)),
                name="candidate_who_was_taken_works_here",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *arguments: object, **details: object) -> None:
        if self.keep_until is None:
            self.keep_until = self.came_on + KEPT_OPEN
        super().save(*arguments, **details)  # type: ignore[arg-type]

    @property
    def is_open(self) -> bool:
        return self.stage == Stage.OPEN

    @transaction.atomic
    def decide(
        self, stage: str, word: str, *, by: User, person: User | None = None, hired_on: date | None = None
    ) -> None:
        """What becomes of them, signed by who may decide.

        To take somebody needs two sheets of marks at least and a word about every wide spread; nothing decides by
        itself.  Raises Refused.
        """
        from otklik.team.people.assessing import assessment

        row = Candidate.objects.select_for_update(of=("self",)).select_related("vacancy__team").get(pk=self.pk)
        if not row.vacancy.may_decide(by):
            raise Refused(_("The head or a lead of the line decides."))
        if row.stage != Stage.OPEN or row.erased_at:
            raise Refused(_("It was decided about this candidate already."))
        if stage not in (Stage.HIRED, Stage.REFUSED, Stage.WITHDRAWN):
            raise Refused(_("Choose what becomes of the candidate."), "stage")
        if not word.strip():
            raise Refused(_("Say why: a decision about a person has a reason."), "word")
        told = assessment(row)
        if stage == Stage.HIRED:
            if told.sheets < FEWEST_INTERVIEWERS:
                raise Refused(_("At least two interviewers give their marks first."), "stage")
            if any(one.is_undiscussed for one in told.rows):
                raise Refused(_("Marks lie far apart: write down what you found when you discussed it."), "stage")
            if person is None or hired_on is None:
                raise Refused(_("Say who they are here, and their first day."), "person")
            if Candidate.objects.filter(person=person).exists():
                raise Refused(_("This colleague was taken by another vacancy."), "person")
            self.person, self.hired_on = person, hired_on
        self.stage, self.word, self.decided_by, self.decided_at = stage, word.strip()[:1000], by, clock.now()
        self.score, self.group = told.score, told.group
        self.keep_until = hired_on + KEPT_HIRED if stage == Stage.HIRED and hired_on else today() + KEPT_DECIDED
        self.save()
        publish(events.CandidateDecided(candidate_id=self.pk, outcome=stage), by=by)

    @transaction.atomic
    def say(self, comment: str, *, by: User) -> None:
        """What the person says of their own profile."""
        if by.pk != self.person_id:
            raise Refused(_("Only whom it is about says this."))
        self.comment = comment.strip()[:1000]
        self.save(update_fields=["comment"])

    @transaction.atomic
    def erase(self, *, by: User | None) -> None:
        """Name, contact and all words go; levels, dates and the decision stay as figures of nobody."""
        from otklik.team.people.models.sheet import Discussion, Mark

        row = Candidate.objects.select_for_update(of=("self",)).get(pk=self.pk)
        if row.erased_at:
            raise Refused(_("It is erased already."))
        if row.stage == Stage.OPEN:
            self.stage, self.decided_by, self.decided_at = Stage.WITHDRAWN, by or row.made_by, clock.now()
        self.name = self.word = GONE
        self.contact = self.source = self.note = self.comment = ""
        self.erased_at = clock.now()
        self.save()
        Mark.objects.filter(sheet__candidate=self).update(evidence=GONE)
        Discussion.objects.filter(candidate=self).update(words=GONE)
        publish(events.CandidateErased(candidate_id=self.pk), by=by)
