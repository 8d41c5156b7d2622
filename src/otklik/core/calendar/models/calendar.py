"""A calendar of working hours."""

import secrets
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from otklik.core.calendar.hours import Pairs, shortened
from otklik.core.calendar.russia import ProductionDay, ProductionYear, production_year
from otklik.core.calendar.validators import validate_week, validate_zone
from otklik.core.formulas import WorkingTime
from otklik.core.formulas.timetable import WEEKDAYS

if TYPE_CHECKING:
    from otklik.core.calendar.models.exception import CalendarException

_ready: dict[int, tuple[int, WorkingTime]] = {}
"""The compiled calendar of each row, with the version it was made from."""


def office_week() -> dict[str, Pairs]:
    return {day: [["09:00", "18:00"]] for day in WEEKDAYS[:5]}


def new_version() -> int:
    """Drawn, not counted: a number that a rolled-back change has used never comes back with other content."""
    return secrets.randbits(62)


class BusinessCalendarQuerySet(models.QuerySet["BusinessCalendar"]):
    def default(self) -> "BusinessCalendar":
        return self.get(is_default=True)

    def load_russian_holidays(self, calendar: "BusinessCalendar", year: int) -> ProductionYear:
        return calendar.load_russian_holidays(year)

    def update(self, **values: Any) -> int:
        return super().update(**{"version": new_version(), **values})


class BusinessCalendar(models.Model):
    """Weekly hours in one time zone: `{"mon": [["09:00", "13:00"], ["14:00", "18:00"]]}`; a missing day is free.

    A window that ends no later than it begins runs past midnight.  `version` changes with every change of the hours
    or of an exception, so that all processes see a new one at the next question.
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Moscow", validators=[validate_zone])
    weekly = models.JSONField(_("working week"), default=office_week, validators=[validate_week])
    is_default = models.BooleanField(_("default"), default=False)
    version = models.BigIntegerField(default=new_version, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = BusinessCalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("business calendar")
        verbose_name_plural = _("business calendars")
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=models.Q(is_default=True),
                name="one_default_calendar",
                violation_error_message=_("Another calendar is the default one."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Hours that cannot be read are never stored: ValidationError."""
        validate_zone(self.time_zone)
        validate_week(self.weekly)
        self.version = new_version()
        if update_fields is not None:
            update_fields = [*update_fields, "version"]
        super().save(update_fields=update_fields, **kwargs)

    def working_time(self) -> WorkingTime:
        """The hours made ready for questions; no query while the version stays the same."""
        version, ready = _ready.get(self.pk or 0, (None, None))
        if ready is None or version != self.version:
            ready = WorkingTime.of(self.as_data())
            if self.pk:
                _ready[self.pk] = (self.version, ready)
        return ready

    def as_data(self) -> dict[str, Any]:
        """The calendar as `core.formulas` takes it."""
        dated = self.exceptions.values_list("date", "windows") if self.pk else ()
        exceptions = {day.isoformat(): windows for day, windows in dated}
        return {"tz": self.time_zone, "weekly": self.weekly, "exceptions": exceptions}

    @transaction.atomic
    def make_default(self) -> None:
        others = type(self).objects.select_for_update().filter(is_default=True).exclude(pk=self.pk)
        others.update(is_default=False)
        self.is_default = True
        self.save(update_fields=["is_default"])

    def close_on(self, day: date, name: str = "") -> "CalendarException":
        return self.open_on(day, [], name)

    def open_on(self, day: date, windows: Pairs, name: str = "") -> "CalendarException":
        """These hours instead of the week's on one date; replaces what was set for it before."""
        values = {"windows": windows, "name": name, "is_imported": False}
        return self.exceptions.update_or_create(date=day, defaults=values)[0]

    def follow_week_on(self, day: date) -> None:
        self.exceptions.filter(date=day).delete()

    @transaction.atomic
    def load_russian_holidays(self, year: int) -> ProductionYear:
        """Russia's production calendar of a year; dates set by hand stay, a second load replaces the first.

        The answer says whether the moved days of the year are published yet.
        """
        try:
            production = production_year(year)
        except ValueError as error:
            raise ValidationError(
                _("There is no production calendar for the year %(year)s.") % {"year": year}
            ) from error
        type(self).objects.select_for_update().get(pk=self.pk)
        self.exceptions.filter(date__year=year, is_imported=True).delete()
        kept = set(self.exceptions.filter(date__year=year).values_list("date", flat=True))
        self.exceptions.bulk_create(
            self.exceptions.model(calendar=self, date=day, windows=windows, name=special.name[:120], is_imported=True)
            for day, special in production.days.items()
            if day not in kept and (windows := self._windows_on(day, special)) is not None
        )
        self.touch()
        return production

    def _windows_on(self, day: date, special: ProductionDay) -> Pairs | None:
        """The hours of a date of the production calendar; `None` when the week already says so."""
        if not special.works:
            return []
        hours: Pairs = self._hours_of(day) or (self._hours_of(special.like) if special.like else [])
        if not hours:
            return None
        return shortened(hours) if special.is_short else hours

    def _hours_of(self, day: date) -> Pairs:
        return self.weekly.get(WEEKDAYS[day.weekday()], [])

    def touch(self) -> None:
        """Let every process compile the calendar anew."""
        self.version = new_version()
        type(self).objects.filter(pk=self.pk).update(version=self.version)
