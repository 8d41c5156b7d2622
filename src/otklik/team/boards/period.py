"""From which day to which a board shows its figures."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from otklik.core.journal import clock
from otklik.core.staff.models import User
from otklik.team.metrics.scope import Scope


class Span(models.TextChoices):
    """What a board shows when it is opened; a number is so many days up to today."""

    WEEK = "7", _("7 days")
    FOUR_WEEKS = "28", _("28 days")
    QUARTER = "91", _("91 days")
    MONTH = "month", _("this month")
    LAST_MONTH = "last_month", _("last month")


@dataclass(frozen=True)
class Period:
    """Local days, both included."""

    first: date
    last: date

    @classmethod
    def of(cls, span: str) -> "Period":
        """As it is today."""
        today = timezone.localtime(clock.now()).date()
        if span == Span.MONTH:
            return cls(today.replace(day=1), today)
        if span == Span.LAST_MONTH:
            last = today.replace(day=1) - timedelta(days=1)
            return cls(last.replace(day=1), last)
        return cls(today - timedelta(days=int(span) - 1), today)

    def scope(self, reader: User) -> Scope:
        """Of all that the reader may see."""
        return Scope.visible_to(reader, _midnight(self.first), _midnight(self.last + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
