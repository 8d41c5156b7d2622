"""A week of a line that was published."""

from collections import defaultdict
from datetime import date, timedelta

from django.db import models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.journal.news import publish
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team, User
from otklik.team.shifts import events, telling

SEVEN = timedelta(days=7)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


class WeekManager(models.Manager["Week"]):
    def is_published(self, line: int, day: date) -> bool:
        return self.filter(line=line, monday=monday_of(day)).exists()

    @transaction.atomic
    def publish(self, line: Team, monday: date, *, by: User, accepted: int = 0) -> "Week":
        """The people of the line see what is ahead and are told, each once.  `accepted` rules it breaks `by` knew of.

        What has begun stays unpublished: nobody knew of it, so nobody is measured by it.  Raises Refused for a week in
        which nothing is ahead, or one that is published already.
        """
        from otklik.team.shifts.models.shift import Shift, zone_of

        Team.objects.select_for_update(no_key=True).get(pk=line.pk)
        if self.is_published(line.pk, monday):
            raise Refused(_now("This week is published already: changes are told one by one."))
        now = clock.now()
        if now.astimezone(zone_of(line)).date() >= monday + SEVEN:
            raise Refused(_now("This week is over: only what is ahead can be published."))
        ahead = Shift.objects.of_week(line.pk, monday).filter(starts_at__gt=now).order_by("pk")
        shifts = list(ahead.select_for_update(of=("self",)).select_related("person"))
        of: dict[User, int] = defaultdict(int)
        for shift in shifts:
            of[shift.person] += 1
        if not of:
            raise Refused(_now("No shift of this week is ahead: plan one first."))
        Shift.objects.filter(pk__in=[one.pk for one in shifts]).update(published_at=now)
        week = self.create(line=line, monday=monday, published_by=by)
        for person, count in of.items():
            telling.published(person, line, monday, count)
        publish(events.WeekPublished(line.pk, monday.isoformat(), sum(of.values()), accepted), by=by)
        return week


class Week(models.Model):
    """From now on shifts of this line that begin in these seven days are known to their people."""

    line = models.ForeignKey(Team, models.CASCADE, related_name="+", verbose_name=_("line"))
    monday = models.DateField(_("week from"))
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))

    objects: WeekManager = WeekManager()

    class Meta:
        verbose_name = _("published week")
        verbose_name_plural = _("published weeks")
        constraints = [models.UniqueConstraint(fields=["line", "monday"], name="a_week_is_published_once")]

    def __str__(self) -> str:
        return f"{self.line} {self.monday}"
