"""Months and quarters, in the days of the organisation."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from otklik.team.metrics.days import midnight, today
from otklik.team.metrics.scope import Scope


class Span(models.TextChoices):
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")

    @property
    def months(self) -> int:
        return 3 if self == Span.QUARTER else 1


@dataclass(frozen=True)
class Period:
    """`first` is the first day, `ends` the day after the last one."""

    span: Span
    first: date

    @classmethod
    def of(cls, span: str, day: date) -> "Period":
        """The one that the day is in."""
        months = Span(span).months
        return cls(Span(span), date(day.year, day.month - (day.month - 1) % months, 1))

    @classmethod
    def now(cls, span: str) -> "Period":
        return cls.of(span, today())

    @property
    def ends(self) -> date:
        return self.move(1).first

    @property
    def is_over(self) -> bool:
        return self.ends <= today()

    @property
    def last_month(self) -> date:
        """The month in which it is closed."""
        return _shifted(self.first, self.span.months - 1)

    def move(self, periods: int) -> "Period":
        """So many periods later, or earlier."""
        return Period(self.span, _shifted(self.first, self.span.months * periods))

    def scope(self) -> Scope:
        return Scope(midnight(self.first), midnight(self.ends))


def _shifted(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
