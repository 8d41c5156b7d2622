"""Hours of a shift, a template, the rules."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from otklik.core.calendar.spoken import read, written
from otklik.core.journal.refused import Refused
from otklik.core.staff.models import Team
from otklik.team.shifts.hours import Hours
from otklik.team.shifts.models import Rules, Shift, ShiftTemplate
from otklik.team.shifts.models.shift import breaks_as_text

TIME = {"type": "time", "step": "300"}


class BreaksField(forms.CharField):
    """Cleans to pairs of times; shows pairs as text."""

    def __init__(self, **details: Any) -> None:
        widget = forms.TextInput(attrs={"placeholder": "13:00–14:00", "autocomplete": "off"})
        super().__init__(**{"required": False, "max_length": 120, "widget": widget, **details})

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return read(super().to_python(value) or "")


class HoursForm(forms.Form):
    """Hours of one's own for one day, where no template fits."""

    starts = forms.TimeField(label=_("Begins"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"))
    ends = forms.TimeField(
        label=_("Ends"),
        widget=forms.TimeInput(attrs=TIME, format="%H:%M"),
        help_text=_("Not after the beginning: on the next day."),
    )
    breaks = BreaksField(label=_("Breaks"), help_text=_("With commas between them; not paid."))

    @classmethod
    def begun(cls, shift: Shift | None) -> dict[str, Any]:
        if shift is None:
            return {"starts": "09:00", "ends": "18:00", "breaks": "13:00–14:00"}
        hours = shift.hours
        return {"starts": hours.starts, "ends": hours.ends, "breaks": breaks_as_text(shift.pauses, shift.zone)}

    @property
    def hours(self) -> Hours:
        told = self.cleaned_data
        return Hours.of(told["starts"], told["ends"], told["breaks"])

    def refuse(self, error: Refused) -> None:
        self.add_error(error.field if error.field in self.fields else None, error.text)


class TemplateForm(forms.ModelForm):
    breaks = BreaksField(label=_("Breaks"), help_text=_("With commas between them; not paid."))

    class Meta:
        model = ShiftTemplate
        fields = ("name", "short", "starts", "ends", "breaks")
        widgets: ClassVar[dict[str, Any]] = {
            name: forms.TimeInput(attrs=TIME, format="%H:%M") for name in ("starts", "ends")
        }

    def __init__(self, line: Team, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.instance.line = line

    def _get_validation_exclusions(self) -> set[str]:
        """The line is set already, and letters are looked for in it."""
        return super()._get_validation_exclusions() - {"line", "is_active"}  # type: ignore[misc]


class RulesForm(forms.ModelForm):
    class Meta:
        model = Rules
        fields = ("week_hours", "accounting", "rest_hours", "ahead_days")
