"""The margin and the discount, and what an hour of work costs."""

from typing import Any, ClassVar

from django import forms

from otklik.team.value.models import Policy


class PolicyForm(forms.ModelForm):
    class Meta:
        model = Policy
        fields = ("margin", "discount")
        widgets: ClassVar[dict[str, Any]] = {
            "margin": forms.NumberInput(attrs={"step": "0.01", "inputmode": "decimal"}),
            "discount": forms.NumberInput(attrs={"step": "0.01", "inputmode": "decimal"}),
        }


class CostForm(forms.ModelForm):
    class Meta:
        model = Policy
        fields = ("hour_cost", "occupancy", "shrinkage")
        widgets: ClassVar[dict[str, Any]] = {
            name: forms.NumberInput(attrs={"step": "0.01", "inputmode": "decimal"})
            for name in ("hour_cost", "occupancy", "shrinkage")
        }
