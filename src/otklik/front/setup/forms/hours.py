"""Working hours as a person writes them: "9:00–13:00, 14–18", an empty line for a day off."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dates import WEEKDAYS as NAMES
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.calendar.hours import Pairs
from otklik.core.calendar.models import BusinessCalendar
from otklik.core.calendar.spoken import read, week_words, written
from otklik.core.calendar.validators import validate_week
from otklik.core.formulas.timetable import WEEKDAYS
from otklik.core.staff.zones import zone_choices

__all__ = ["read", "week_words", "written"]


class HoursField(forms.CharField):
    """Cleans to pairs of times; shows pairs as text."""

    def __init__(self, **details: Any) -> None:
        widget = forms.TextInput(attrs={"placeholder": _("day off"), "autocomplete": "off"})
        super().__init__(**{"required": False, "max_length": 200, "widget": widget, **details})

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return read(super().to_python(value) or "")


class WeekForm(forms.Form):
    """Seven lines, Monday first."""

    def __init__(self, *arguments: Any, week: dict[str, Pairs] | None = None, **details: Any) -> None:
        super().__init__(*arguments, **details)
        for number, day in enumerate(WEEKDAYS):
            self.fields[day] = HoursField(label=NAMES[number].capitalize(), initial=(week or {}).get(day, []))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            validate_week(self.week)
        return data

    @property
    def week(self) -> dict[str, Pairs]:
        """As BusinessCalendar keeps it; a missing day is free."""
        return {day: self.cleaned_data[day] for day in WEEKDAYS if self.cleaned_data.get(day)}

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[day] for day in WEEKDAYS]


class CalendarForm(WeekForm):
    """A calendar: name, zone and the week."""

    name = forms.CharField(label=_("Name of the calendar"), max_length=120)
    time_zone = forms.ChoiceField(label=_("Time zone"))

    def __init__(self, *arguments: Any, instance: BusinessCalendar | None = None, **details: Any) -> None:
        self.instance = instance or BusinessCalendar()
        own = {"name": self.instance.name, "time_zone": self.instance.time_zone}
        super().__init__(*arguments, week=self.instance.weekly, initial=own, **details)
        self.fields["time_zone"].choices = zone_choices(self.instance.time_zone)  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if BusinessCalendar.objects.filter(name=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_now("There is a calendar of this name already."))
        return name

    @transaction.atomic
    def save(self) -> BusinessCalendar:
        self.instance.name = self.cleaned_data["name"]
        self.instance.time_zone = self.cleaned_data["time_zone"]
        self.instance.weekly = self.week
        self.instance.save()
        return self.instance


class ExceptionForm(forms.Form):
    """One date with hours of its own."""

    date = forms.DateField(label=_("Date"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    hours = HoursField(label=_("Hours"), help_text=_("empty: nobody works"))
    name = forms.CharField(label=_("Why"), required=False, max_length=120)

    def clean_date(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["date"]
        if not 2000 <= day.year <= 2099:
            raise ValidationError(_now("The year must lie between 2000 and 2099."))
        return day
