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
        fields = (
            *("surveys_of_person", "survey_days", "act_days", "relation_days"),
            *("surveys_of_client", "survey_share", "surveys_of_role", "notices_a_day", "hours"),
        )
        help_texts = {
            "surveys_of_person": _("0: nobody is asked"),
            "surveys_of_client": _("so many people, within the same days"),
            "survey_share": _("whichever of the two is more"),
            "surveys_of_role": _("as of those who decide; empty: no limit of its own"),
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
