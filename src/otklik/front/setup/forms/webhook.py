"""A webhook: where to, and what of."""

from django import forms
from django.utils.translation import gettext_lazy as _

from otklik.desk.automation.models import Endpoint
from otklik.desk.automation.moments import EVENTS
from otklik.front.setup.forms.called import ADDRESS_HELP, CalledForm, address_input


class WebhookForm(CalledForm):
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
        help_texts = {"url": ADDRESS_HELP}
        widgets = {
            "url": address_input(),
            "is_active": forms.CheckboxInput(attrs={"role": "switch"}),
        }
