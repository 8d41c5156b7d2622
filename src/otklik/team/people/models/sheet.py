"""Marks of interviewers, given alone, and what they found when marks lay apart (METRICS P2)."""

from collections.abc import Mapping

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import User
from otklik.team.people import events
from otklik.team.people.models.candidate import Candidate
from otklik.team.people.models.profile import LEVELS, ProfileCriterion

LONGEST = 1000


class SheetManager(models.Manager["Sheet"]):
    @transaction.atomic
    def give(self, candidate: Candidate, marks: Mapping[int, tuple[int, str]], *, by: User) -> "Sheet":
        """All marks at once, by the number of the criterion: level and what was seen.  They are never changed.

        Raises Refused for who does not interview, for a second sheet, a missing mark and a mark without evidence.
        """
        row = Candidate.objects.select_for_update(of=("self",)).select_related("vacancy").get(pk=candidate.pk)
        if not row.is_open:
            raise Refused(_("It was decided about this candidate already."))
        if not row.vacancy.interviewers.filter(pk=by.pk).exists():
            raise Refused(_("Only who interviews for this vacancy gives marks."))
        if self.filter(candidate=row, by=by).exists():
            raise Refused(_("You have given your marks: they stand as they are."))
        criteria = list(ProfileCriterion.objects.filter(profile=row.vacancy.profile_id))
        for one in criteria:
            level, evidence = marks.get(one.pk, (0, ""))
            if level not in LEVELS:
                raise Refused(_("Give every criterion a level from 1 to 5."), f"level_{one.pk}")
            if not evidence.strip():
                raise Refused(_("Write down what you saw or heard: a mark stands on that."), f"evidence_{one.pk}")
        sheet = self.create(candidate=row, by=by)
        Mark.objects.bulk_create(
            Mark(sheet=sheet, criterion=one, level=marks[one.pk][0], evidence=marks[one.pk][1].strip()[:LONGEST])
            for one in criteria
        )
        publish(events.CandidateScored(candidate_id=row.pk), by=by)
        return sheet


class Sheet(models.Model):
    """What one interviewer gave one candidate."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="sheets", verbose_name=_("candidate"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("interviewer"))
    at = models.DateTimeField(_("when"), default=clock.now)

    objects: SheetManager = SheetManager()

    class Meta:
        verbose_name = _("sheet of marks")
        verbose_name_plural = _("sheets of marks")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["candidate", "by"], name="one_sheet_of_an_interviewer")]

    def __str__(self) -> str:
        return f"{self.candidate_id}: {self.by_id}"


class Mark(models.Model):
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="marks", verbose_name=_("sheet"))
    criterion = models.ForeignKey(ProfileCriterion, models.PROTECT, related_name="+", verbose_name=_("criterion"))
    level = models.PositiveSmallIntegerField(_("level"))
    evidence = models.TextField(_("what was seen or heard"), max_length=LONGEST)

    class Meta:
        verbose_name = _("mark of an interview")
        verbose_name_plural = _("marks of interviews")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_interview_mark_of_a_criterion"),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=5) & ~models.Q(evidence=""),
                name="interview_mark_stands_on_evidence",
            ),
        ]

    def __str__(self) -> str:
        return str(self.level)


class Discussion(models.Model):
    """Marks of one criterion lay two levels apart or more: what was found when it was spoken about."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="discussions", verbose_name=_("candidate"))
    criterion = models.ForeignKey(ProfileCriterion, models.PROTECT, related_name="+", verbose_name=_("criterion"))
    words = models.TextField(_("what was found"), max_length=LONGEST)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=clock.now)

    class Meta:
        verbose_name = _("discussion of marks")
        verbose_name_plural = _("discussions of marks")
        constraints = [models.UniqueConstraint(fields=["candidate", "criterion"], name="one_discussion_of_a_spread")]

    def __str__(self) -> str:
        return self.words
