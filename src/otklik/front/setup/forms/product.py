"""A product of the directory."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from otklik.desk.clients.models import Product
from otklik.front.setup.forms.named import Named


class ProductForm(Named, forms.ModelForm):
    class Meta:
        model = Product
        fields = ("name", "is_active")
        labels = {"name": _("Name of the product"), "is_active": _("In use")}
        help_texts = {"is_active": _("what is not in use is not offered, and stands on the requests that have it")}
        widgets = {"is_active": forms.CheckboxInput(attrs={"role": "switch"})}

    def __init__(self, *arguments: Any, **details: Any) -> None:
        super().__init__(*arguments, **details)
        if not self.instance.pk:
            self.fields.pop("is_active")
