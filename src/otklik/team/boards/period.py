"""From which day to which a board shows its figures."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import User
from otklik.team.metrics.days import midnight, today
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
    """Days of the organisation, both included; of the last one only what was before `until`, where that is given."""

    first: date
    last: date
    until: datetime | None = None

    @classmethod
    def of(cls, span: str) -> "Period":
        """As it is today."""
        day = today()
        if span == Span.MONTH:
            return cls(day.replace(day=1), day)
        if span == Span.LAST_MONTH:
            last = day.replace(day=1) - timedelta(days=1)
            return cls(last.replace(day=1), last)
        return cls(day - timedelta(days=int(span) - 1), day)

    def before(self) -> "Period":
        """As many days right before."""
        length = self.last - self.first + timedelta(days=1)
        return Period(self.first - length, self.first - timedelta(days=1))

    def scope(self, reader: User) -> Scope:
        """Of all that the reader may see."""
        return Scope.visible_to(reader, midnight(self.first), midnight(self.last + timedelta(days=1)))
