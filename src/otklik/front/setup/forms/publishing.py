"""A class for everybody to read: its words for that page."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from otklik.desk.sla.models import ServiceClass


class PublishingForm(forms.ModelForm):
    """Words of the page; which button was pressed says whether it is published."""

    class Meta:
        model = ServiceClass
        fields = ("exclusions", "compensation")
        labels: ClassVar[dict[str, Any]] = {
            "exclusions": _("What is not covered"),
            "compensation": _("What a client gets when we are late"),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "exclusions": forms.Textarea(attrs={"rows": 3}),
            "compensation": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "exclusions": _("in plain words; pauses are said by themselves"),
            "compensation": _("empty: the page says nothing of it"),
        }
