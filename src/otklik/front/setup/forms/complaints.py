"""Terms of complaints."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from otklik.care.complaints.managers import candidates
from otklik.care.complaints.models import ComplaintPolicy
from otklik.core.staff.models import User


class ComplaintPolicyForm(forms.ModelForm):
    class Meta:
        model = ComplaintPolicy
        fields = ("acknowledge_days", "progress_days", "legal_days", "manager", "bodies")
        help_texts = {
            "legal_days": _("10 for demands of consumers for money; other trades have their own: ask a lawyer"),
            "manager": _("empty: a lead of the line, then the head"),
            "bodies": _("named to a client who does not agree with the answer"),
        }

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        fit = [person.pk for person in candidates(None, None, self.instance.manager)]
        self.fields["manager"].queryset = User.objects.filter(pk__in=fit).order_by("name")  # type: ignore[attr-defined]
        self.fields["manager"].empty_label = _("not chosen")  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.label = capfirst(str(field.label))
