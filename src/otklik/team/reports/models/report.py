"""A report: what is sent, how often, to whom."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from otklik.core.formulas import WorkingTime
from otklik.core.journal import clock
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team, User
from otklik.team.boards.models import Board
from otklik.team.reports.moments import Days, Every, Rhythm, Weekday

MOST_REPORTS = 50
"""Of one person."""
MOST_READERS = 50
RHYTHM = ("every", "weekday", "hour")
DETAILS = ("name", "subject", "board", *RHYTHM)


class Subject(models.TextChoices):
    DEPARTMENT = "department", _("figures of the service")
    BOARD = "board", _("an own board")


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> "ReportQuerySet":
        """One's own and those one gets; who leads the department sees all."""
        if user.leads and user.sees_everything:
            return self.all()
        return self.filter(Q(owner=user) | Q(pk__in=Reader.objects.filter(person=user).values("report")))

    def due(self, now: datetime) -> "ReportQuerySet":
        return self.filter(is_on=True, next_at__lte=now)

    @transaction.atomic
    def make(self, readers: Sequence[User], *, by: User, **details: Any) -> "Report":
        """A report of this person, from the next moment on.  Raises Refused."""
        User.objects.select_for_update().get(pk=by.pk)
        if self.filter(owner=by).count() >= MOST_REPORTS:
            raise Refused(_("You have fifty reports, which is the most: remove one first."))
        report = Report(owner=by, **details)
        report.plan()
        report.make_sense(readers)
        report.save()
        report.send_to(readers)
        return report


class Report(models.Model):
    """`hour` is of the wall clock of the owner; `next_at` is the next moment, None when there is none."""

    name = models.CharField(_("name"), max_length=80)
    owner = models.ForeignKey(User, models.CASCADE, related_name="reports", verbose_name=_("made by"))
    subject = models.CharField(_("what"), max_length=10, choices=Subject, default=Subject.DEPARTMENT)
    board = models.ForeignKey(
        Board, models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name=_("own board")
    )
    every = models.CharField(_("how often"), max_length=5, choices=Every, default=Every.WEEK)
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday, default=Weekday.MONDAY)
    hour = models.PositiveSmallIntegerField(
        _("hour"), default=9, validators=[MinValueValidator(0), MaxValueValidator(23)]
    )
    is_on = models.BooleanField(_("is sent"), default=True)
    next_at = models.DateTimeField(_("next"), null=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=clock.now, editable=False)
    readers = models.ManyToManyField(User, through="reports.Reader", related_name="+", verbose_name=_("readers"))

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report by mail")
        verbose_name_plural = _("reports by mail")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["next_at"], name="report_due", condition=Q(is_on=True))]
        constraints = [
            models.CheckConstraint(condition=Q(hour__lte=23), name="report_hour_of_a_day"),
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=7), name="report_day_of_a_week"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rhythm(self) -> Rhythm:
        zone = ZoneInfo(self.owner.time_zone)
        return Rhythm(self.every, self.weekday, self.hour, zone, lambda day: self._is_working(day, zone))

    def days(self, moment: datetime) -> Days:
        """What the letter of this moment tells of."""
        return self.rhythm.days(moment)

    def plan(self) -> None:
        """The next moment, from now on."""
        self.next_at = self.rhythm.after(clock.now())

    def make_sense(self, readers: Sequence[User]) -> None:
        """Raises Refused."""
        if not self.name.strip():
            raise Refused(_("A report needs a name."), "name")
        if self.subject == Subject.BOARD and self.board is None:
            raise Refused(_("Say which board."), "board")
        if self.subject != Subject.BOARD:
            self.board = None
        if not readers:
            raise Refused(_("Say who gets it."), "readers")
        if len(readers) > MOST_READERS:
            raise Refused(_("Fifty readers is the most."), "readers")
        if self.board and (blind := self._who_does_not_see(self.board, readers)):
            told = _("They do not see this board: %(who)s. Share it with them, or choose other readers.")
            raise Refused(told % {"who": ", ".join(one.name for one in blind)}, "readers")

    @transaction.atomic
    def change(self, readers: Sequence[User], **details: Any) -> None:
        """Any of DETAILS; who said that they do not want it stays so.  Raises Refused.

        Another rhythm counts from now on; without one the next moment stays, even one that the job has yet to find.
        """
        kept = self._hold()
        for name in DETAILS:
            setattr(self, name, details.get(name, getattr(self, name)))
        if any(getattr(self, name) != getattr(kept, name) for name in RHYTHM):
            self.plan()
        self.make_sense(readers)
        self.save(update_fields=[*DETAILS, "next_at"])
        self.send_to(readers)

    def send_to(self, readers: Sequence[User]) -> None:
        Reader.objects.filter(report=self).exclude(person__in=readers).delete()
        Reader.objects.bulk_create([Reader(report=self, person=one) for one in readers], ignore_conflicts=True)

    @transaction.atomic
    def switch(self, *, on: bool) -> None:
        """What was due while it was off is not made up for."""
        self._hold()
        if self.is_on != on:
            self.is_on = on
            self.plan()
            self.save(update_fields=["is_on", "next_at"])

    def _hold(self) -> "Report":
        """The row as it is kept, which nobody else changes meanwhile; what others may have done since counts here."""
        kept = Report.objects.select_for_update().get(pk=self.pk)
        self.is_on, self.next_at = kept.is_on, kept.next_at
        return kept

    @staticmethod
    def _who_does_not_see(board: Board, readers: Sequence[User]) -> list[User]:
        return [one for one in readers if not Board.objects.visible_to(one).filter(pk=board.pk).exists()]

    def _is_working(self, day: date, zone: ZoneInfo) -> bool:
        """A day on which one of the owner's lines opens; of whoever is in none, any line."""
        midnight, times = datetime.combine(day, time.min, tzinfo=zone), self._times
        return any(one.next_opening(midnight).astimezone(zone).date() == day for one in times) if times else True

    @cached_property
    def _times(self) -> list[WorkingTime]:
        lines = list(Team.objects.active().select_related("calendar"))
        own = [one for one in lines if one.pk in self.owner.team_ids] or lines
        return [team.calendar.working_time() for team in own]


class Reader(models.Model):
    """That a colleague gets a report; `stopped_at` since when they do not want it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="read_by", verbose_name=_("report by mail"))
    person = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("reader"))
    stopped_at = models.DateTimeField(_("not wanted since"), null=True, editable=False)

    class Meta:
        verbose_name = _("reader of a report")
        verbose_name_plural = _("readers of reports")
        constraints = [models.UniqueConstraint(fields=["report", "person"], name="one_reader_of_a_report")]

    def want(self, *, it: bool) -> None:
        self.stopped_at = None if it else clock.now()
        self.save(update_fields=["stopped_at"])
