"""A span of working time the way people say it: a number and its unit."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MINUTES, HOURS = "60", "3600"


class AmountWidget(forms.MultiWidget):
    template_name = "setup/widgets/amount.html"

    def __init__(self) -> None:
        number = forms.NumberInput(attrs={"min": 1, "step": "any", "inputmode": "decimal", "class": "input"})
        unit = forms.Select(
            choices=[(MINUTES, _("minutes")), (HOURS, _("hours"))], attrs={"class": "input", "aria-label": _("unit")}
        )
        super().__init__({"": number, "unit": unit})

    def decompress(self, value: timedelta | None) -> list[Any]:
        if value is None:
            return [None, HOURS]
        seconds = int(value.total_seconds())
        unit = 3600 if seconds % 3600 == 0 else 60
        return [f"{seconds / unit:g}", str(unit)]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0"


class AmountField(forms.MultiValueField):
    """Cleans to a timedelta of at least a minute."""

    widget = AmountWidget

    def __init__(self, **details: Any) -> None:
        number = forms.FloatField(min_value=0.01, max_value=10_000)
        unit = forms.ChoiceField(choices=[(MINUTES, ""), (HOURS, "")])
        super().__init__((number, unit), require_all_fields=True, **details)

    def compress(self, values: list[Any]) -> timedelta | None:
        if not values or values[0] is None:
            return None  # one that may be left empty
        span = timedelta(seconds=round(values[0] * int(values[1])))
        if span < timedelta(minutes=1):
            raise forms.ValidationError(_("At least a minute."))
        return span
