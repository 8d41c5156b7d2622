"""The margin and the discount."""

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
