"""The company: its name, where its desk is found, how strict its doors are."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from otklik.core.staff.models import Organisation
from otklik.core.staff.zones import zone_choices


class OrganisationForm(forms.ModelForm):
    name = forms.CharField(label=_("Name of the company"), max_length=120, help_text=_("clients see it in letters"))
    language = forms.ChoiceField(label=_("Language for clients"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    time_zone = forms.ChoiceField(label=_("Time zone"))

    class Meta:
        model = Organisation
        fields = ("name", "site_url", "language", "time_zone", "undo_seconds", "second_factor")
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


class CompanyForm(OrganisationForm):
    """The first step of the wizard: what everything else needs."""

    class Meta(OrganisationForm.Meta):
        fields = ("name", "site_url", "language", "time_zone")  # type: ignore[assignment]

    def __init__(self, *arguments: Any, **details: Any) -> None:
        forms.ModelForm.__init__(self, *arguments, **details)
        self.fields["time_zone"].choices = zone_choices(self.instance.time_zone)  # type: ignore[attr-defined]
