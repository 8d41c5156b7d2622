"""The words below letters, in the forms of whatever has some: mailboxes, lines, brands."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from otklik.desk.channels.places import LONGEST_SIGNATURE, unfit


class SignatureField(forms.CharField):
    """Markdown with places; a place that nobody could fill in is refused."""

    def __init__(self, **details: Any) -> None:
        area = forms.Textarea(attrs={"rows": 3, "spellcheck": "true"})
        usual = {"label": _("Signature"), "required": False, "max_length": LONGEST_SIGNATURE, "widget": area}
        super().__init__(**{**usual, **details})

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if wrong := unfit(text):
            words = gettext("Nobody can fill in %(place)s below a letter; {{agent}}, {{company}} and {{line}} can be.")
            raise forms.ValidationError(words % {"place": wrong[0]})
        return text
