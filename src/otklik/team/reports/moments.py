"""When a report is due: local wall-clock moments of its owner, and which days each letter tells of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

FARTHEST = 62
"""Days to look ahead; a calendar without a working day in two months has none."""


class Every(models.TextChoices):
    DAY = "day", _("each working day")
    WEEK = "week", _("each week")
    MONTH = "month", _("each month, on the first")


class Weekday(models.IntegerChoices):
    MONDAY = 1, _("on Monday")
    TUESDAY = 2, _("on Tuesday")
    WEDNESDAY = 3, _("on Wednesday")
    THURSDAY = 4, _("on Thursday")
    FRIDAY = 5, _("on Friday")
    SATURDAY = 6, _("on Saturday")
    SUNDAY = 7, _("on Sunday")


@dataclass(frozen=True)
class Days:
    """Local days, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Rhythm:
    """`weekday` from 1 (Monday), of a weekly one; `hour` of the wall clock in `zone`."""

    every: str
    weekday: int
    hour: int
    zone: ZoneInfo
    is_working: Callable[[date], bool] = lambda day: True

    def falls_on(self, day: date) -> bool:
        match self.every:
            case Every.DAY:
                return self.is_working(day)
            case Every.WEEK:
                return day.isoweekday() == self.weekday
            case _:
                return day.day == 1

    def after(self, moment: datetime) -> datetime | None:
        """The first moment later than this one; None when there is none within two months."""
        return next((one for one in self._around(moment, 1) if one > moment), None)

    def latest(self, moment: datetime) -> datetime | None:
        """The last moment up to this one: what was slept through before it is not made up for."""
        return next((one for one in self._around(moment, -1) if one <= moment), None)

    def _around(self, moment: datetime, step: int) -> Iterator[datetime]:
        today = moment.astimezone(self.zone).date()
        for away in range(-1, FARTHEST):
            day = today + timedelta(days=away * step)
            if self.falls_on(day):
                yield datetime.combine(day, time(self.hour), tzinfo=self.zone)

    def days(self, moment: datetime) -> Days:
        """What is over: the day before, the seven days before, the month before."""
        today = moment.astimezone(self.zone).date()
        yesterday = today - timedelta(days=1)
        match self.every:
            case Every.DAY:
                return Days(yesterday, yesterday)
            case Every.WEEK:
                return Days(today - timedelta(days=7), yesterday)
            case _:
                last = today.replace(day=1) - timedelta(days=1)
                return Days(last.replace(day=1), last)
