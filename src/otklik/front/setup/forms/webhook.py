"""A webhook: where to, and what of."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from otklik.desk.automation.calling import check_address
from otklik.desk.automation.models import Endpoint
from otklik.desk.automation.moments import EVENTS
from otklik.desk.tickets.errors import Invalid


class WebhookForm(forms.ModelForm):
    events = forms.MultipleChoiceField(
        label=_("Events"),
        choices=lambda: [(name, one.label) for name, one in EVENTS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("rules and macros may call it beside these"),
    )

    class Meta:
        model = Endpoint
        fields = ("name", "url", "events", "is_active")
        labels = {"name": _("Name of the webhook"), "url": _("Address"), "is_active": _("On")}
        help_texts = {
            "url": _(
                "https://…, reachable from this server; addresses inside the house are allowed by OTKLIK_EGRESS_ALLOW"
            )
        }
        widgets = {
            "url": forms.URLInput(attrs={"placeholder": "https://"}),
            "is_active": forms.CheckboxInput(attrs={"role": "switch"}),
        }

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_url(self) -> str:
        try:
            return check_address(self.cleaned_data["url"])
        except Invalid as error:
            raise ValidationError(error.text) from None
