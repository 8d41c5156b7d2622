"""The contact policy of the department, and lines with which an answer may begin."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from otklik.desk.clients.models import ContactPolicy, Opener


class ContactPolicyForm(forms.ModelForm):
    class Meta:
        model = ContactPolicy
        fields = ("surveys_of_person", "surveys_of_client", "survey_days", "notices_a_day", "hours")
        help_texts = {
            "surveys_of_person": _("0: nobody is asked"),
            "hours": _("by the client's clock, as 9:00-21:00; empty: at any time"),
        }

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        for field in self.fields.values():
            field.label = capfirst(str(field.label))


class OpenerForm(forms.ModelForm):
    class Meta:
        model = Opener
        fields = ("language", "situation", "text", "is_active")
        widgets = {"text": forms.Textarea({"rows": 3}), "is_active": forms.CheckboxInput({"role": "switch"})}

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        for field in self.fields.values():
            field.label = capfirst(str(field.label))
        self.fields["language"] = forms.ChoiceField(label=self.fields["language"].label, choices=settings.LANGUAGES)
