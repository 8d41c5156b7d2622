"""The company: its name, where its desk is found, how strict its doors are."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Organisation
from otklik.core.staff.models.attending import REASON_LONGEST
from otklik.core.staff.zones import zone_choices

MOST_REASONS = 12
"""More nobody reads through on the way to lunch."""


class OrganisationForm(forms.ModelForm):
    name = forms.CharField(label=_("Name of the company"), max_length=120, help_text=_("clients see it in letters"))
    language = forms.ChoiceField(label=_("Language for clients"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    time_zone = forms.ChoiceField(label=_("Time zone"))
    pause_reasons = forms.CharField(
        label=_("Reasons of a pause"),
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("one on each line; whoever goes on a break chooses, leads see it. Empty: nobody is asked"),
    )

    class Meta:
        model = Organisation
        fields = ("name", "site_url", "language", "time_zone", "undo_seconds", "second_factor", "pause_reasons")
        widgets = {"second_factor": forms.RadioSelect}
        labels = {"site_url": _("Address of this desk"), "undo_seconds": _("Seconds to take a reply back")}
        help_texts = {
            "site_url": _("links in letters lead here; empty: %(address)s") % {"address": settings.PUBLIC_URL},
            "undo_seconds": _("a sent reply waits so long, 0 to 60; everybody may choose otherwise in their profile"),
            "second_factor": _("asked from the next sign-in on; whoever has none is led to connect one"),
        }

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        self.fields["time_zone"].choices = zone_choices(self.instance.time_zone)  # type: ignore[attr-defined]
        self.fields["second_factor"].widget.attrs["class"] = "column"
        self.initial["pause_reasons"] = "\n".join(self.instance.pause_reasons)

    def clean_pause_reasons(self) -> list[str]:
        """One on each line, each once."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["pause_reasons"].splitlines())
        told = list(dict.fromkeys(filter(None, lines)))
        if len(told) > MOST_REASONS:
            raise forms.ValidationError(_("At most %(most)s reasons."), params={"most": MOST_REASONS})
        if long := next((one for one in told if len(one) > REASON_LONGEST), ""):
            raise forms.ValidationError(
                _("“%(reason)s…” is too long: at most %(most)s characters."),
                params={"reason": long[:20], "most": REASON_LONGEST},
            )
        return told


class CompanyForm(OrganisationForm):
    """The first step of the wizard: what everything else needs."""

    pause_reasons = None  # type: ignore[assignment]

    class Meta(OrganisationForm.Meta):
        fields = ("name", "site_url", "language", "time_zone")  # type: ignore[assignment]

    def __init__(self, *arguments: Any, **details: Any) -> None:
        forms.ModelForm.__init__(self, *arguments, **details)
        self.fields["time_zone"].choices = zone_choices(self.instance.time_zone)  # type: ignore[attr-defined]
