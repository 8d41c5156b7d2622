"""A shift of a person on a line."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import TimestamptzRange

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team, User
from otklik.team.shifts import events, telling
from otklik.team.shifts.access import works_on
from otklik.team.shifts.hours import Hours, Span
from otklik.team.shifts.models.template import ShiftTemplate
from otklik.team.shifts.models.week import SEVEN, Week

if TYPE_CHECKING:
    from otklik.team.shifts.hours import Moments


def zone_of(line: Team) -> ZoneInfo:
    return ZoneInfo(line.calendar.time_zone)


class ShiftQuerySet(models.QuerySet["Shift"]):
    def published(self) -> "ShiftQuerySet":
        return self.exclude(published_at=None)

    def seen_by(self, user: User) -> "ShiftQuerySet":
        """Whose figures the reader may see: one's own; who leads those of their lines, the head and administrators
        all.  A plan that nobody was told of has no figures.
        """
        known = self.published()
        if not user.leads:
            return known.filter(person=user)
        return known if user.sees_everything else known.filter(Q(person=user) | Q(line__in=list(user.team_ids)))

    def of_week(self, line: int, monday: date) -> "ShiftQuerySet":
        return self.filter(line=line, day__gte=monday, day__lt=monday + SEVEN)

    def of_day(self, person: User, start: datetime, end: datetime) -> "ShiftQuerySet":
        """What a person knows of their day: published, the earliest first."""
        mine = self.published().filter(person=person).meeting(start, end)
        return mine.select_related("line__calendar").order_by("starts_at")

    def meeting(self, start: datetime, end: datetime) -> "ShiftQuerySet":
        return self.filter(starts_at__lt=end, ends_at__gt=start)


class ShiftManager(models.Manager.from_queryset(ShiftQuerySet)):  # type: ignore[misc]
    @transaction.atomic
    def plan(
        self, person: User, line: Team, day: date, hours: Hours, *, by: User, template: ShiftTemplate | None = None
    ) -> "Shift":
        """The person works on this line from that date on at these hours, instead of what stood there.

        In a published week it holds at once and is told.  Raises Refused: the hours make no sense, the shift meets
        another of the person or has begun, or the person is not of the line.
        """
        self.hold(person, line=line)
        if not works_on(person.pk, line.pk):
            raise Refused(_now("%(name)s is not of this line.") % {"name": person})
        moments = hours.on(day, zone_of(line))
        shift = self.filter(person=person, line=line, day=day).first()
        if shift is None:
            shift = self.model(person=person, line=line, day=day)
        elif shift.has_begun:
            raise Refused(_now("This shift has begun: its plan stays. Approve an exception instead."))
        if moments.start <= clock.now():
            raise Refused(_now("That moment is over: only what is ahead can be planned."))
        return shift.become(moments, template, by=by)

    def hold(self, *people: User, line: Team | None = None) -> None:
        """Nobody else plans them until the transaction ends, nor publishes the line.

        The order is line, people, shifts, swaps, for everybody: so nobody waits in a ring.
        """
        if line:
            Team.objects.select_for_update(no_key=True).get(pk=line.pk)
        list(User.objects.hold(*(one.pk for one in people)))

    @transaction.atomic
    def copy_week(self, line: Team, monday: date, *, by: User) -> tuple[int, int]:
        """The hours of the week before, on the same weekdays, where nothing stands yet.

        Returns how many were put, and how many could not: the person is away then, works elsewhere, or left the line.
        """
        from otklik.core.staff.models import Absence

        rows = self.of_week(line.pk, monday - SEVEN).select_related("person", "template", "line__calendar")
        before = list(rows.order_by("day", "pk"))
        self.hold(*(shift.person for shift in before), line=line)
        there = set(self.of_week(line.pk, monday).values_list("person", "day"))
        put = left = 0
        for shift in before:
            day = shift.day + SEVEN
            if (shift.person_id, day) in there:
                continue
            try:
                with transaction.atomic():
                    made = self.plan(shift.person, line, day, shift.hours, by=by, template=shift.template)
                    if Absence.objects.meeting(made.starts_at, made.ends_at).filter(user=made.person).exists():
                        raise Refused("")
            except Refused:
                left += 1
            else:
                put += 1
        return put, left

    def change_hands(self, hands: "dict[Shift, User]") -> None:
        """Each of these shifts goes to this person, all at once; the people are held.  Raises Refused."""
        moving = [one.pk for one in hands]
        for shift, person in hands.items():
            shift.check_free(shift.starts_at, shift.ends_at, person, but=moving)
        whose = [When(pk=shift.pk, then=Value(person.pk)) for shift, person in hands.items()]
        self.filter(pk__in=moving).update(person=Case(*whose))

    @transaction.atomic
    def leave_out(self, person: int) -> None:
        """Who works here or on a line no more has no shifts ahead there; leads, and who wanted to swap, are told.

        The shifts of before stay, and are counted.
        """
        from otklik.team.shifts.models.swap import Swap

        held = User.objects.hold(person).get()
        stays = held.is_active and held.answers
        lines = set(held.teams.values_list("pk", flat=True)) if stays else set[int]()
        theirs = self.filter(person=held, starts_at__gt=clock.now()).exclude(line__in=lines).order_by("pk")
        ahead = list(theirs.select_for_update(of=("self",)).select_related("line__calendar", "person"))
        Swap.objects.meaning(*ahead).end()
        Swap.objects.bringing(held, but=lines).end()
        self.filter(pk__in=[one.pk for one in ahead]).delete()
        for line in {one.line for one in ahead}:
            there = sorted((one for one in ahead if one.line == line), key=lambda one: one.starts_at)
            telling.left_out(held, line, there)
        for one in ahead:
            if one.published_at:
                publish(events.ShiftChanged(one.line_id, person, one.day.isoformat(), "removed"))


class Shift(models.Model):
    """`day` is the date on the wall of the line on which it begins; night shifts end on the next.

    `breaks` lie within it and are not paid.  `published_at` says since when its person knows of it.  What has begun is
    not changed any more: adherence would be measured against a plan that was made afterwards.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="shifts", verbose_name=_("who"), db_index=False)
    line = models.ForeignKey(Team, models.CASCADE, related_name="shifts", verbose_name=_("line"), db_index=False)
    template = models.ForeignKey(ShiftTemplate, models.SET_NULL, null=True, blank=True, related_name="+")
    day = models.DateField(_("day"))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    breaks = ArrayField(DateTimeRangeField(), default=list, blank=True, verbose_name=_("breaks"))
    night = models.PositiveIntegerField(_("seconds of night"), default=0)
    published_at = models.DateTimeField(_("published"), null=True)

    objects: ShiftManager = ShiftManager()

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_has_a_length"),
            models.CheckConstraint(  # adherence to a plan that nobody knew of is none
                condition=Q(published_at=None) | Q(published_at__lt=F("starts_at")), name="shift_published_before_it"
            ),
            models.UniqueConstraint(
                fields=["line", "day", "person"],
                name="one_shift_a_day_on_a_line",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            ExclusionConstraint(
                name="one_shift_at_a_time",
                expressions=[
                    (models.Func("starts_at", "ends_at", function="tstzrange", output_field=DateTimeRangeField()),
                     RangeOperators.OVERLAPS),
                    ("person", RangeOperators.EQUAL),
                ],
                deferrable=models.Deferrable.IMMEDIATE,  # two that change hands meet for a moment
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["person", "starts_at"], name="shift_of_person"),
            models.Index(fields=["starts_at"], name="shift_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.day}"

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.line)

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def pauses(self) -> list[Span]:
        return [(one.lower, one.upper) for one in self.breaks]

    @property
    def paid(self) -> timedelta:
        """Without breaks."""
        return self.ends_at - self.starts_at - sum((end - start for start, end in self.pauses), timedelta())

    @property
    def hours(self) -> Hours:
        """As they stand on the wall of the line."""
        starts, ends, *rest = (one.astimezone(self.zone).time() for one in (self.starts_at, self.ends_at, *self._edges))
        return Hours(starts, ends, tuple(zip(rest[::2], rest[1::2], strict=True)))

    @property
    def _edges(self) -> list[datetime]:
        return [edge for pause in self.pauses for edge in pause]

    def become(self, moments: "Moments", template: ShiftTemplate | None, *, by: User) -> "Shift":
        """These hours and breaks from now on; the person is told when they know of the week."""
        from otklik.team.shifts.models.swap import Swap

        self.check_free(moments.start, moments.end, self.person)
        is_new = not self.pk
        same_hours = (self.starts_at, self.ends_at) == (moments.start, moments.end)
        changed = not is_new and not (same_hours and self.pauses == list(moments.breaks))
        if changed:
            Swap.objects.meaning(self).end()  # nobody agreed to these hours
        self.starts_at, self.ends_at, self.night, self.template = moments.start, moments.end, moments.night, template
        self.breaks = [TimestamptzRange(*one) for one in moments.breaks]
        if self.published_at is None and Week.objects.is_published(self.line_id, self.day):
            self.published_at = clock.now()
        self.save()
        if self.published_at and (is_new or changed):
            telling.changed(self, is_new=is_new, same_hours=same_hours)
            self._publish("put" if is_new else "changed", by)
        return self

    @transaction.atomic
    def remove(self, *, by: User) -> None:
        """Raises Refused when it has begun, or was taken out or given to somebody else since it was read."""
        from otklik.team.shifts.models.swap import Swap

        Shift.objects.hold(self.person, line=self.line)
        same = Shift.objects.filter(pk=self.pk, person=self.person_id)
        kept = same.select_related("line__calendar", "person").first()
        if kept is None:
            raise Refused(_now("The roster has changed meanwhile: look at it again."))
        if kept.has_begun:
            raise Refused(_now("This shift has begun: its plan stays. Approve an exception instead."))
        Swap.objects.meaning(kept).end()
        if kept.published_at:
            telling.removed(kept)
            kept._publish("removed", by)
        kept.delete()

    def check_free(self, start: datetime, end: datetime, person: User, but: Iterable[int] = ()) -> None:
        """Raises Refused when the person works then, or that day on this line; shifts `but` are not looked at."""
        left_out = [*but, self.pk or 0]
        met = Shift.objects.filter(person=person).exclude(pk__in=left_out)
        met = met.meeting(start, end) | met.filter(line=self.line, day=self.day)
        if found := met.select_related("line__calendar").first():
            raise Refused(
                _now("%(name)s works then already: %(line)s, %(hours)s.")
                % {"name": person, "line": found.line, "hours": telling.hours_of(found)}
            )

    def _publish(self, how: str, by: User) -> None:
        publish(events.ShiftChanged(self.line_id, self.person_id, self.day.isoformat(), how), by=by)


def breaks_as_text(pairs: Iterable[Span], place: ZoneInfo) -> str:
    """As they are written for editing."""
    return ", ".join("–".join(f"{at.astimezone(place):%H:%M}" for at in one) for one in pairs)
