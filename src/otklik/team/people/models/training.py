"""Courses in waves, with points before and after of the same people (METRICS P4)."""

from collections.abc import Mapping

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Skill, User
from otklik.team.people.access import of_people

POINTS = [MaxValueValidator(100)]


class Course(models.Model):
    name = models.CharField(_("course"), max_length=120, unique=True)
    outside = models.BooleanField(_("taught by somebody outside"), default=False)
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("skill"))

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class WaveQuerySet(models.QuerySet["Wave"]):
    def visible_to(self, user: User) -> "WaveQuerySet":
        """Who leads sees all waves, of people only their own (`Seat`); everybody else those they take part in."""
        if user.leads:
            return self
        return self.filter(seats__person=user).distinct()


class Wave(models.Model):
    """Who learns it together, and when."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="waves", verbose_name=_("course"))
    teacher = models.CharField(_("who teaches"), max_length=120, blank=True)
    starts_on = models.DateField(_("from day"))
    ends_on = models.DateField(_("until day"))
    people = models.ManyToManyField(User, through="people.Seat", related_name="+", verbose_name=_("who learns"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("wave of a course")
        verbose_name_plural = _("waves of courses")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="wave_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return str(self.course)

    @transaction.atomic
    def points(self, told: Mapping[int, tuple[int | None, int | None]]) -> None:
        """Before and after, 0 to 100, by the number of the person; None is not known."""
        rows = list(self.seats.select_for_update().filter(person__in=told))
        for seat in rows:
            seat.before, seat.after = told[seat.person_id]
            if any(value is not None and not 0 <= value <= 100 for value in (seat.before, seat.after)):
                raise Refused(_("Points lie between 0 and 100."))
        Seat.objects.bulk_update(rows, ["before", "after"])


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, user: User) -> "SeatQuerySet":
        return self.filter(of_people(user, "person")).distinct()


class Seat(models.Model):
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="seats", verbose_name=_("wave"))
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    before = models.PositiveSmallIntegerField(_("points before"), null=True, validators=POINTS)
    after = models.PositiveSmallIntegerField(_("points after"), null=True, validators=POINTS)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in a wave")
        verbose_name_plural = _("places in waves")
        ordering = ["person__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "person"], name="one_seat_in_a_wave"),
            models.CheckConstraint(
                condition=(Q(before=None) | Q(before__lte=100)) & (Q(after=None) | Q(after__lte=100)),
                name="seat_points_to_a_hundred",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
