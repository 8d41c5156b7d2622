"""What webhooks and data panels have in common: a program of others under an address."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from otklik.desk.automation.addresses import check_address
from otklik.desk.tickets.errors import Invalid
from otklik.front.setup.forms.named import Named

ADDRESS_HELP = _("https://…, reachable from this server; addresses inside the house are allowed by OTKLIK_EGRESS_ALLOW")


def address_input() -> forms.URLInput:
    return forms.URLInput(attrs={"placeholder": "https://"})


class CalledForm(Named, forms.ModelForm):
    def clean_url(self) -> str:
        try:
            return check_address(self.cleaned_data["url"])
        except Invalid as error:
            raise ValidationError(error.text) from None
