"""A line of support: who answers, in which hours, how fast."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from otklik.core.calendar.models import BusinessCalendar
from otklik.core.staff.models import Team, User
from otklik.desk.channels.signature_field import SignatureField
from otklik.front.setup.forms.amount import AmountField


class LineForm(forms.ModelForm):
    first_answer = AmountField(label=_("First answer within"))
    next_answer = AmountField(label=_("Each next answer within"))
    resolution = AmountField(label=_("Solution or refusal within"))
    calendar = forms.ModelChoiceField(
        BusinessCalendar.objects.all(),
        label=_("Working hours"),
        empty_label=None,
        help_text=_("times run only in them"),
    )
    members = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("People"), required=False, widget=forms.CheckboxSelectMultiple
    )

    signature = SignatureField(
        help_text=_(
            "Markdown; below every letter of the line, where the mailbox has none of its own; empty: that of the brand"
        )
    )

    class Meta:
        model = Team
        fields = (
            "name",
            "level",
            "calendar",
            "first_answer",
            "next_answer",
            "resolution",
            "shows_drafts",
            "is_active",
            "signature",
        )
        labels = {"name": _("Name of the line"), "level": _("Level"), "is_active": _("Takes requests")}
        help_texts = {"level": _("1 meets the client first, 2 and 3 are the experts behind")}
        widgets = {
            "is_active": forms.CheckboxInput(attrs={"role": "switch"}),
            "shows_drafts": forms.CheckboxInput(attrs={"role": "switch"}),
        }

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        people = User.objects.filter(is_active=True).order_by("name")
        self.fields["members"].queryset = people  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["members"].initial = list(self.instance.members.values_list("pk", flat=True))
        else:
            self.fields.pop("is_active", None)
            for name in ("first_answer", "next_answer", "resolution"):
                self.fields[name].initial = getattr(self.instance, name)

    def clean_is_active(self) -> bool:
        """A line that mail leads to, or the last one, cannot be switched off."""
        stays: bool = self.cleaned_data["is_active"]
        if stays or not self.instance.pk:
            return stays
        if doors := list(self.instance.channels.filter(is_active=True)):
            names = {"names": ", ".join(str(door) for door in doors)}
            raise ValidationError(_now("Requests come in here through %(names)s; lead them elsewhere first.") % names)
        if not Team.objects.active().exclude(pk=self.instance.pk).exists():
            raise ValidationError(_now("This is the last line."))
        return stays

    @transaction.atomic
    def save(self, commit: bool = True) -> Team:
        team: Team = super().save(commit)
        team.set_members(self.cleaned_data["members"])
        return team
